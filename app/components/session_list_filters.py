"""What the list of sessions is narrowed to and sorted by. It knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, icon, icon_button, select

PARTS = (("upcoming", "Upcoming"), ("live", "Live"), ("completed", "Completed"), ("all", "All"))
COLUMNS = (
    ("id", "ID"),
    ("title", "Title"),
    ("mentor", ""),
    ("schedule", "Schedule"),
    ("enrolment", "Enrolment"),
    ("type", "Type"),
    ("status", "Status"),
)
"""The columns by the names they are sorted by; the mentor's is called as the organisation calls one."""


@dataclass(frozen=True)
class Box:
    """What is shown, as Vars of the like-named parts of the states, and what happens, as handlers."""

    found: Any
    typed: Any
    typed_anew: Any
    per_page: Any
    is_narrowed: Any
    groups: Any
    picked: Any
    picks_all: Any
    picked_count: Any
    picked_query: Any
    page_is_picked: Any
    search: Any
    show_part: Any
    sort_by: Any
    open_filters: Any
    close_filters: Any
    apply_filters: Any
    drop_filter: Any
    clear: Any
    choose_per_page: Any
    go_to: Any
    pick: Any
    pick_page: Any
    pick_all: Any
    drop_picked: Any
    message: Any
    ask: Any
    ask_picked: Any
    show_mentees: Any
    duplicate: Any


def narrowing(box: Box) -> rx.Component:
    """Show the parts of the list, the search, the way to the filters, and what they are set to."""
    ways = button("Filters", icon_name="list-filter", on_click=box.open_filters, id="sessions-filters")
    line = rx.el.div(_parts(box), _search(box), ways, class_name="sessions-narrowing")
    return rx.fragment(line, rx.cond(box.found.chips.length() > 0, _chips(box), rx.fragment()))


def _parts(box: Box) -> rx.Component:
    def part(name: str, label: str) -> rx.Component:
        pressed = rx.cond(box.found.part == name, "true", "false")
        return rx.el.button(
            label,
            type="button",
            class_name="button",
            on_click=box.show_part(name),
            custom_attrs={"aria-pressed": pressed},
        )

    return rx.el.div(
        *(part(*one) for one in PARTS), class_name="segmented sessions-parts", role="group", aria_label="Which sessions"
    )


def _search(box: Box) -> rx.Component:
    """It searches when Enter is pressed."""
    field = rx.el.input(
        id="sessions-search",
        name="q",
        type="search",
        key=box.typed_anew,
        placeholder=f"Title or {box.found.mentor.lower()}, then Enter",
        default_value=box.typed,
        class_name="input",
        auto_complete="off",
        max_length=100,
        custom_attrs={"aria-label": f"Search by title or {box.found.mentor.lower()}"},
    )
    return rx.el.form(
        icon("search"),
        field,
        rx.el.button("Search", type="submit", class_name="visually-hidden", tab_index=-1),
        class_name="sessions-search",
        on_submit=box.search,
        role="search",
        aria_label="Sessions",
    )


def _chips(box: Box) -> rx.Component:
    def chip(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                one.label,
                icon("x", size=14),
                type="button",
                class_name="chip",
                on_click=box.drop_filter(one.name, one.value),
                custom_attrs={"aria-label": f"Clear the filter {one.label}"},
            ),
            key=one.name + one.value,
        )

    clear = button("Clear all", look="quiet", icon_name="x", on_click=box.clear)
    chips = rx.el.ul(rx.foreach(box.found.chips, chip), class_name="row-tight sessions-chips", aria_label="Filters set")
    return rx.el.div(chips, clear, class_name="row")


def filters_dialog(box: Box) -> rx.Component:
    """Let the filters be ticked, and applied together."""

    def tick(name: Any, one: Any) -> rx.Component:
        box_ = rx.el.input(type="checkbox", name=f"{name}:{one.value}", default_checked=one.is_on)
        return rx.el.label(box_, rx.el.span(one.label, class_name="break"), class_name="check")

    def group(one: Any) -> rx.Component:
        ticks = rx.el.div(rx.foreach(one.choices, lambda choice: tick(one.name, choice)), class_name="sessions-ticks")
        return rx.el.fieldset(rx.el.legend(one.label, class_name="label"), ticks, class_name="field", key=one.name)

    form = rx.el.form(
        rx.foreach(box.groups, group),
        rx.el.div(
            button("Back", on_click=box.close_filters),
            button("Apply", type="submit", look="primary"),
            class_name="row-apart sessions-apply",
        ),
        class_name="stack",
        on_submit=box.apply_filters,
    )
    return dialog("Filters", form, is_open=box.groups.length() > 0, on_close=box.close_filters, look="wide")


def count(box: Box) -> rx.Component:
    """Say how many are found; a phone, which shows no heads, chooses the order here."""
    found = box.found
    some = rx.cond(found.range_words, found.range_words, "0")
    words = rx.el.p(
        rx.el.strong(some),
        rx.cond(found.total == 1, " session", " sessions"),
        rx.el.span(" · Times in ", found.zone_words),
        id="sessions-count",
        tab_index=-1,
        role="status",
        class_name="muted",
    )
    columns = (rx.el.option(word or found.mentor, value=name) for name, word in COLUMNS)
    turn = icon_button("arrow-up-down", "The other way round", look="", on_click=box.sort_by(found.sorted_by))
    order = rx.el.div(
        rx.el.label("Sort by", html_for="sessions-order"),
        select("sessions-order", *columns, value=found.sorted_by, on_change=box.sort_by),
        turn,
        class_name="sessions-order",
    )
    return rx.el.div(words, order, class_name="row-apart")
