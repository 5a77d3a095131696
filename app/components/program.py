"""The frame of one programme's page: its parts, and putting it away. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import Text, button, dialog, empty, icon, link_button, note


def program_page(
    stored: Any, part: Any, is_missing: Any, settings: rx.Component, members: rx.Component
) -> rx.Component:
    """Show one part of the programme with the way to the other, or that it is not there for this viewer."""
    missing = empty(
        "folder-x",
        "This programme was not found",
        "It may have been removed, or it is not yours to manage.",
        link_button("To the programmes", "/programs", look="primary"),
    )
    shown = rx.el.div(
        parts(stored, part),
        rx.el.div(
            rx.cond(
                stored.is_archived,
                note("This programme is archived: nothing new can be booked in it. Its sessions remain.", look="warn"),
                rx.fragment(),
            ),
            rx.cond(part == "members", members, settings),
            class_name="stack grow",
        ),
        class_name="with-parts",
    )
    return rx.cond(
        is_missing,
        rx.el.div(missing, class_name="card"),
        rx.cond(stored.id != 0, shown, rx.fragment()),
    )


def parts(stored: Any, part: Any) -> rx.Component:
    """List the parts of the page."""
    base = f"/programs/{stored.id}"
    return rx.el.nav(
        rx.el.a(
            icon("arrow-left"),
            rx.el.span("All programmes", class_name="desk-word"),
            href="/programs",
            class_name="part-link to-all",
        ),
        part_link("Settings", base, "sliders-horizontal", part == "settings"),
        part_link(
            "Members",
            f"{base}?part=members",
            "users",
            part == "members",
            rx.el.span(stored.members, class_name="part-count"),
        ),
        aria_label="Parts of this programme",
        class_name="parts no-print",
    )


def part_link(label: str, href: Text, icon_name: str, is_here: Any, *more: rx.Component) -> rx.Component:
    """Show the way to one part; the one that is open is marked."""
    return rx.el.a(
        icon(icon_name),
        label,
        *more,
        href=href,
        class_name="part-link",
        custom_attrs={"aria-current": rx.cond(is_here, "page", "false")},
    )


def archive_part(stored: Any, *, on_ask: Any, on_restore: Any) -> rx.Component:
    """Put the programme away, or open it again; for managers of the organisation."""
    restore = rx.el.div(
        rx.el.p("Restore the programme, and its people can book again.", class_name="muted"),
        rx.el.div(button("Restore the programme", icon_name="archive-restore", on_click=on_restore)),
        class_name="stack",
    )
    archive = rx.el.div(
        rx.el.p("When a programme is over, archive it. It can be restored at any time.", class_name="muted"),
        rx.el.div(button("Archive the programme …", look="danger", icon_name="archive", on_click=on_ask(True))),
        class_name="stack",
    )
    shown = rx.el.section(
        rx.el.h2("Archive"),
        rx.cond(stored.is_archived, restore, archive),
        class_name="card part",
    )
    return rx.cond(stored.may_archive, shown, rx.fragment())


def archive_question(stored: Any, is_open: Any, *, on_yes: Any, on_no: Any) -> rx.Component:
    """Ask once, and say what it means."""
    return dialog(
        "Archive this programme?",
        rx.el.p(rx.el.strong(stored.name, class_name="break")),
        rx.el.ul(
            rx.el.li("Nothing new can be booked in it, and nobody can join it or be assigned."),
            rx.el.li("Sessions that exist remain, also those to come: cancel them one by one if they shall not be."),
            rx.el.li("People, relationships and history are kept. You can restore it at any time."),
            class_name="bullets",
        ),
        is_open=is_open,
        on_close=on_no,
        foot=[
            button("Keep it running", on_click=on_no),
            button("Archive", look="danger", icon_name="archive", on_click=on_yes),
        ],
    )
