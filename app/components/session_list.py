"""The list of all sessions: rows, pages, what can be done with several. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import answered_box, button, empty, icon, icon_button, link_button, select, status_badge
from app.components.groups import copy_button
from app.components.session_list_filters import COLUMNS, Box, count, narrowing

LEAVES: dict[str, Any] = {"custom_attrs": {"reloadDocument": True, "download": ""}}


def session_list(box: Box) -> rx.Component:
    """Show the list, narrowed and sorted, page by page."""
    found = box.found
    return rx.el.div(
        narrowing(box),
        count(box),
        rx.cond(box.picked_count > 0, _several(box), rx.fragment()),
        rx.cond(found.rows.length() > 0, _table(box), _nothing(box)),
        rx.cond(found.total > 0, _foot(box), rx.fragment()),
        class_name="sessions stack",
    )


def _several(box: Box) -> rx.Component:
    """What can be done with those chosen; all pages of what the filters show can be."""
    everything = button(f"Select all {box.found.total}", look="quiet", icon_name="check-check", on_click=box.pick_all)
    said = rx.el.p(
        rx.cond(box.picks_all, "All ", ""),
        rx.el.strong(box.picked_count),
        " selected",
        role="status",
        tab_index=-1,
        id="sessions-picked",
        class_name="grow",
    )
    return rx.el.section(
        rx.el.div(
            said,
            rx.cond(box.found.total > box.picked_count, everything, rx.fragment()),
            icon_button("x", "Select none", on_click=box.drop_picked),
            class_name="row-tight sessions-several-head",
        ),
        rx.el.div(
            button("Cancel", icon_name="calendar-x", on_click=box.ask_picked("cancel")),
            button("Delete", look="danger", icon_name="trash-2", on_click=box.ask_picked("delete")),
            _file(f"/sessions/export.csv?{box.picked_query}", "Export CSV"),
            _file(f"/sessions/export.xlsx?{box.picked_query}", "Export XLSX"),
            button("Message participants", icon_name="megaphone", on_click=box.message),
            class_name="row-tight sessions-several-acts",
        ),
        class_name="sessions-several",
        aria_label="With the selected sessions",
    )


def _file(href: Any, label: str) -> rx.Component:
    return link_button(label, href, icon_name="download", **LEAVES)


def _table(box: Box) -> rx.Component:
    found = box.found
    all_here = answered_box(
        box.page_is_picked,
        on_change=lambda _: box.pick_page(),
        custom_attrs={"aria-label": "Select page"},
    )
    head = rx.el.tr(
        rx.el.th(rx.el.label(all_here), scope="col", class_name="sessions-pick"),
        *(_head(box, name, word or found.mentor) for name, word in COLUMNS),
        rx.el.th(rx.el.span("What can be done", class_name="visually-hidden"), scope="col"),
    )
    table = rx.el.table(
        rx.el.caption("Sessions", class_name="visually-hidden"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(found.rows, lambda one: _row(box, one))),
        class_name="sessions-table",
    )
    return rx.el.div(table, class_name="sessions-scroll")


def _head(box: Box, name: str, word: Any) -> rx.Component:
    is_sorted = box.found.sorted_by == name
    arrow = rx.cond(box.found.direction == "descending", icon("arrow-down", size=14), icon("arrow-up", size=14))
    return rx.el.th(
        rx.el.button(word, rx.cond(is_sorted, arrow, rx.fragment()), type="button", on_click=box.sort_by(name)),
        scope="col",
        custom_attrs={"aria-sort": rx.cond(is_sorted, box.found.direction, "none")},
    )


def _row(box: Box, one: Any) -> rx.Component:
    tick = answered_box(
        box.picks_all | box.picked.contains(one.id),
        on_change=lambda _: box.pick(one.id),
        custom_attrs={"aria-label": f"Select {one.title}, {one.id}"},
    )
    title = rx.el.a(one.title, href=f"/s/{one.id}", class_name="strong break", dir="auto")
    host = rx.el.a(one.host, href=f"/people/{one.host_id}", class_name="break", dir="auto")
    when = rx.cond(
        one.day,
        rx.fragment(rx.el.span(one.day), rx.el.span(one.hours, class_name="muted")),
        rx.el.span("No time yet", class_name="muted"),
    )
    return rx.el.tr(
        rx.el.td(rx.el.label(tick), class_name="sessions-pick"),
        _cell("ID", one.id, "sessions-id"),
        rx.el.td(title, rx.el.span(one.program, class_name="muted small break"), class_name="sessions-title"),
        _cell(box.found.mentor, host, "sessions-person sessions-host"),
        _cell("Schedule", rx.el.span(when, class_name="sessions-when"), "sessions-when-cell"),
        _cell("Enrolment", _enrolment(box, one), "sessions-person sessions-enrolment"),
        _cell("Type", one.type_word, "sessions-type"),
        rx.el.td(status_badge(one.status, one.word), class_name="sessions-status"),
        rx.el.td(_acts(box, one), class_name="sessions-acts"),
        key=one.id,
    )


def _cell(label: Any, value: Any, class_name: str = "") -> rx.Component:
    """Show a fact; a phone, which shows no heads, names it beside it."""
    return rx.el.td(value, class_name=f"sessions-fact {class_name}", custom_attrs={"data-label": label})


def _enrolment(box: Box, one: Any) -> rx.Component:
    """Count who takes part; the count opens the list of them. A one-to-one names its one participant."""
    has_invited = one.invited > 0
    counted = rx.el.button(
        rx.el.span(one.enrolled, " / ", one.places, rx.cond(has_invited, ",", "")),
        rx.cond(has_invited, rx.fragment(" ", rx.el.span(one.invited, " invited")), rx.fragment()),
        type="button",
        class_name="sessions-count",
        title="See who they are",
        on_click=box.show_mentees(one.id),
    )
    named = rx.el.a(one.mentee, href=f"/people/{one.mentee_id}", class_name="break", dir="auto")
    return rx.cond(one.mentee_id > 0, named, counted)


def _acts(box: Box, one: Any) -> rx.Component:
    edit = rx.el.a(
        icon("pencil"),
        href=one.edit_href,
        class_name="button quiet icon-only",
        title=one.edit_word,
        custom_attrs={"aria-label": f"{one.edit_word}: {one.title}"},
    )
    again = icon_button("copy-plus", f"Duplicate {one.title}", on_click=box.duplicate(one.id))
    delete = icon_button("trash-2", f"Delete {one.title}", on_click=box.ask("delete", one.id))
    may_delete = (one.status == "scheduled") | (one.status == "pending")
    return rx.el.div(
        copy_button(one),
        rx.cond(one.edit_href, edit, rx.fragment()),
        rx.cond(one.type != "one_to_one", again, rx.fragment()),
        rx.cond(may_delete, delete, rx.fragment()),
        class_name="row-tight",
    )


def _nothing(box: Box) -> rx.Component:
    clear = button("Clear all", icon_name="x", on_click=box.clear)
    narrowed = empty(
        "search", "No session fits", "Search for a part of the title or the name, or drop a filter.", clear
    )
    everything = button("See all sessions", on_click=box.show_part("all"))
    none = empty(
        "calendar", "No session is here", "Sessions of another status are under All and in the filters.", everything
    )
    first = empty(
        "calendar-plus",
        "There are no sessions yet",
        "Book one for a pair, or create a group session.",
        link_button("Session Booking", "/book", icon_name="calendar-plus"),
    )
    is_all = (box.found.part == "all") & ~box.is_narrowed
    return rx.el.div(rx.cond(box.is_narrowed, narrowed, rx.cond(is_all, first, none)), class_name="card")


def _foot(box: Box) -> rx.Component:
    found = box.found
    sizes = rx.el.div(
        rx.el.label("Items per page", html_for="sessions-per"),
        select(
            "sessions-per",
            *(rx.el.option(size, value=size) for size in ("20", "50", "100")),
            value=box.per_page,
            on_change=box.choose_per_page,
        ),
        class_name="sessions-per",
    )
    pages = rx.el.nav(
        button("Previous", icon_name="chevron-left", on_click=box.go_to(found.page - 1), disabled=found.page <= 1),
        rx.el.span(found.range_words, class_name="muted"),
        button(
            "Next", icon_name="chevron-right", on_click=box.go_to(found.page + 1), disabled=found.page >= found.pages
        ),
        class_name="row",
        aria_label="Pages",
    )
    files = rx.el.div(
        _file(f"/sessions/export.csv?{found.query}", "Download CSV"),
        _file(f"/sessions/export.xlsx?{found.query}", "Download XLSX"),
        class_name="row",
    )
    return rx.el.div(sizes, pages, files, class_name="row-apart sessions-foot")
