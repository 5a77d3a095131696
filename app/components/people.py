"""The list of people: rows, pages, what can be done with several. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import answered_box, avatar, button, empty, icon, icon_button, link_button, select
from app.components.people_cohort import cohort_window
from app.components.people_filters import People, filters, heading


def people(box: People) -> rx.Component:
    """Show the list, or how to begin where there is nobody yet."""
    return rx.cond(box.found.has_nobody, _beginning(box), rx.el.div(*_parts(box), class_name="people stack"))


def _parts(box: People) -> list[rx.Component]:
    return [
        rx.el.div(*adding(""), class_name="people-adding"),
        filters(box),
        heading(box),
        rx.cond(box.picked.length() > 0, _several(box), rx.fragment()),
        cohort_window(box),
        rx.cond(box.found.rows.length() > 0, _table(box), _nobody(box)),
        rx.cond(box.found.total > 20, _pager(box), rx.fragment()),
    ]


def _beginning(box: People) -> rx.Component:
    """Lead a new organisation on: first a programme, then people."""
    programs = empty(
        "blocks",
        "First a programme, then people",
        "People belong to programmes: there they are matched, and meet. Make the first one, then add who takes part.",
        link_button("Make a programme", "/programs", look="primary", icon_name="plus"),
    )
    waits = empty(
        "users",
        "Nobody is here yet",
        "A programme is needed first. A manager of your organisation makes it, and makes you its manager.",
    )
    people = empty(
        "users",
        "Nobody is here yet but you",
        "Add people one by one, or all at once from a table (CSV or XLSX).",
        rx.el.div(*adding(""), class_name="row"),
    )
    first = rx.cond(box.found.may_add_programs, programs, waits)
    return rx.el.div(rx.cond(box.found.has_programs, people, first), class_name="card")


def adding(class_name: str = "people-on-desk") -> tuple[rx.Component, ...]:
    """Show the ways to add people; beside the heading there is room for them on desks only."""
    return (
        link_button("Multi-User Upload", "/people/upload", icon_name="upload", class_name=class_name),
        link_button("Add a person", "/people/new", look="primary", icon_name="user-plus", class_name=class_name),
    )


def _several(box: People) -> rx.Component:
    """What can be done with those chosen."""
    tags = rx.el.datalist(rx.foreach(box.found.tags, lambda one: rx.el.option(value=one.value)), id="known-tags")
    tagging = rx.el.form(
        rx.el.label("Tag", html_for="tag-name"),
        rx.el.input(
            id="tag-name",
            name="name",
            class_name="input",
            list="known-tags",
            max_length=100,
            auto_complete="off",
            custom_attrs={"aria-describedby": "tag-error"},
        ),
        tags,
        button("Add tag", type="submit", icon_name="tag"),
        class_name="row",
        on_submit=box.tag,
    )
    cohort = button("Set cohort", icon_name="users", on_click=box.ask_cohort)
    deeds = rx.el.div(
        rx.cond(box.found.has_programs, cohort, rx.fragment()),
        button("Send first-access link", icon_name="key-round", on_click=box.send_access),
        link_button("Announce", box.announce_href, icon_name="megaphone"),
        icon_button("x", "Select nobody", on_click=box.drop_picked),
        class_name="row",
    )
    return rx.el.section(
        rx.el.p(rx.el.strong(box.picked.length()), " selected", role="status"),
        tagging,
        _untagging(box),
        deeds,
        rx.el.span(box.tag_error, class_name="form-error", id="tag-error", role="alert"),
        class_name="people-several",
        aria_label="With the selected people",
    )


def _untagging(box: People) -> rx.Component:
    """Taking a tag away is chosen from those there are."""
    choices = rx.foreach(box.found.tags, lambda one: rx.el.option(one.label, value=one.value))
    form = rx.el.form(
        rx.el.label("Remove tag", html_for="untag-name", class_name="visually-hidden"),
        rx.el.input(type="hidden", name="does", value="remove", read_only=True),
        rx.el.select(choices, id="untag-name", name="name", class_name="input"),
        button("Remove tag", type="submit"),
        class_name="row",
        on_submit=box.tag,
    )
    return rx.cond(box.found.tags.length() > 0, form, rx.fragment())


def _table(box: People) -> rx.Component:
    here = box.found.rows
    everybody = rx.el.input(
        type="checkbox", id="pick-page", on_change=lambda _: box.pick_page(), custom_attrs={"aria-label": "Select page"}
    )
    heads = ("Name", "Roles", "Tags", "Assigned", "Next session", "Last session", "Added")
    head = rx.el.tr(
        rx.el.th(everybody, scope="col", class_name="people-cell-pick"), *(rx.el.th(one, scope="col") for one in heads)
    )
    return rx.el.table(
        rx.el.caption("People", class_name="visually-hidden"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(here, lambda person: _row(box, person))),
        class_name="people-table",
    )


def _row(box: People, person: Any) -> rx.Component:
    pick = answered_box(
        box.picked.contains(person.id),
        on_change=lambda _: box.pick(person.id),
        custom_attrs={"aria-label": f"Select {person.name}"},
    )
    return rx.el.tr(
        rx.el.td(rx.el.label(pick), class_name="people-cell-pick"),
        rx.el.td(_who(person), class_name="people-cell-who"),
        rx.el.td(rx.el.ul(rx.foreach(person.roles, _role)), class_name="people-cell-roles"),
        rx.el.td(
            rx.el.ul(rx.foreach(person.tags, lambda tag: rx.el.li(tag, class_name="people-tag"))),
            class_name="people-cell-tags",
        ),
        _cell("Assigned", rx.cond(person.assigned > 0, person.assigned.to_string(use_json=False), "–")),
        _cell("Next session", rx.cond(person.next_words, person.next_words, "–")),
        _cell("Last session", rx.cond(person.last_words, person.last_words, "–")),
        _cell("Added", person.added),
        key=person.id,
    )


def _who(person: Any) -> rx.Component:
    gone = rx.el.span(icon("user-x", size=14), "Deactivated", class_name="people-gone")
    return rx.el.div(
        avatar(person.initials),
        rx.el.div(
            rx.el.a(person.name, href=f"/people/{person.id}", class_name="strong people-name"),
            rx.el.span(person.email, class_name="muted small people-email", title=person.email),
            rx.cond(person.is_deactivated, gone, rx.fragment()),
            class_name="stack-s tight grow",
        ),
        class_name="row-tight",
    )


def _role(role: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(role.word, class_name="strong"),
        rx.cond(role.program, rx.el.span(" · ", role.program), rx.fragment()),
        rx.cond(role.cohort, rx.el.span(" · ", role.cohort, class_name="muted"), rx.fragment()),
    )


def _cell(label: str, value: Any) -> rx.Component:
    """Show a fact; a phone, which shows no heads, names it beside it."""
    return rx.el.td(value, class_name="people-cell-fact", custom_attrs={"data-label": label})


def _nobody(box: People) -> rx.Component:
    clear = button("Clear all", on_click=box.clear, icon_name="x")
    other = empty("user-search", "Nobody fits", "Search for a part of the name or the e-mail, or drop a filter.", clear)
    return rx.el.div(other, class_name="card")


def _pager(box: People) -> rx.Component:
    found = box.found
    sizes = rx.el.div(
        rx.el.label("Items per page", html_for="people-per"),
        select(
            "people-per",
            *(rx.el.option(str(size), value="" if size == 50 else str(size)) for size in (20, 50, 100)),
            value=box.shown["per"],
            on_change=lambda value: box.choose("per", value),
        ),
        class_name="people-order",
    )
    pages = rx.el.nav(
        button("Previous", icon_name="chevron-left", on_click=box.go_to(found.page - 1), disabled=found.page <= 1),
        rx.el.span("Page ", found.page, " of ", found.pages, class_name="muted"),
        button(
            "Next", icon_name="chevron-right", on_click=box.go_to(found.page + 1), disabled=found.page >= found.pages
        ),
        class_name="row",
        aria_label="Pages",
    )
    return rx.el.div(sizes, pages, class_name="row-apart")
