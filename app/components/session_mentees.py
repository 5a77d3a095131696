"""The window that lists who is in a session, with its search and its file. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import avatar, dialog, empty, link_button


def mentee_list(found: Any, search: Any, close: Any) -> rx.Component:
    """Show who is enrolled, invited, waiting; `search` is given what was typed, `close` closes the window."""
    box = rx.el.input(
        id="mentees-search",
        type="search",
        class_name="input",
        placeholder="Name or e-mail",
        default_value="",
        on_change=search.debounce(200),
        auto_complete="off",
        custom_attrs={"aria-label": "Search by name or e-mail"},
    )
    file = link_button(
        "Download CSV",
        f"/sessions/{found.session_id}/people.csv",
        icon_name="download",
        custom_attrs={"reloadDocument": True, "download": ""},
    )
    nobody = empty("users", "Nobody is here yet", "Nobody has enrolled or was invited so far.")
    listed = rx.fragment(
        rx.el.div(box, file, class_name="row-apart mentees-tools"),
        rx.cond(
            found.rows.length() > 0,
            rx.el.ul(
                rx.foreach(found.rows, lambda one: _mentee(one, found.shows_email)),
                class_name="mentees",
                aria_label="People",
            ),
            rx.el.p("Nobody fits.", class_name="muted", role="status"),
        ),
    )
    return dialog(
        f"{found.people.capitalize()} of “{found.title}”",
        rx.cond(found.total > 0, listed, nobody),
        is_open=found.session_id > 0,
        on_close=close,
        look="wide",
    )


def _mentee(one: Any, manages: Any) -> rx.Component:
    """Show one of them. A host who manages nothing has no page of theirs to go to."""
    page = rx.el.a(one.name, href=f"/people/{one.id}", class_name="strong break", dir="auto")
    name = rx.cond(manages, page, rx.el.span(one.name, class_name="strong break", dir="auto"))
    return rx.el.li(
        avatar(one.initials),
        rx.el.div(name, rx.el.span(one.email, class_name="muted small break"), class_name="stack-s tight grow"),
        rx.el.div(
            rx.el.span(one.word), rx.el.span(one.came, class_name="muted small"), class_name="stack-s tight mentees-how"
        ),
        key=one.id,
    )
