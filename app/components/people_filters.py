"""What the list of people is narrowed to and sorted by. It knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, icon, select


@dataclass(frozen=True)
class People:
    """What is shown, as Vars of the like-named parts of the state, and what happens, as handlers."""

    found: Any
    shown: Any
    order: Any
    is_narrowed: Any
    typed_anew: Any
    picked: Any
    tag_error: Any
    announce_href: Any
    asks_cohort: Any
    cohort_errors: Any
    search: Any
    choose: Any
    choose_order: Any
    go_to: Any
    clear: Any
    pick: Any
    pick_page: Any
    drop_picked: Any
    tag: Any
    ask_cohort: Any
    close_cohort: Any
    set_cohort: Any
    send_access: Any


ORDERS = (
    ("name", "Name, A–Z"),
    ("name-", "Name, Z–A"),
    ("email", "E-mail, A–Z"),
    ("email-", "E-mail, Z–A"),
    ("added", "Added last"),
    ("added-", "Added first"),
    ("last", "Latest session"),
    ("last-", "Longest without a session"),
)


def filters(box: People) -> rx.Component:
    """Show search and filters."""
    found = box.found
    assigned = (("yes", "Assigned"), ("no", "Not assigned"))
    standing = (("", "Active"), ("deactivated", "Deactivated"), ("all", "All people"))
    return rx.el.div(
        _search(box),
        rx.cond(found.programs.length() > 1, _filter(box, "program", "Programme", found.programs), rx.fragment()),
        _filter(box, "role", "Role", found.roles),
        rx.cond(found.cohorts.length() > 0, _filter(box, "cohort", "Cohort", found.cohorts), rx.fragment()),
        rx.cond(found.tags.length() > 0, _filter(box, "tag", "Tag", found.tags), rx.fragment()),
        _fixed(box, "assigned", "Assignments", (("", "Any"), *assigned)),
        _fixed(box, "show", "Show", standing),
        class_name="people-filters",
        role="search",
        aria_label="People",
    )


def _search(box: People) -> rx.Component:
    return rx.el.div(
        rx.el.label("Search", html_for="people-search"),
        rx.el.div(
            icon("search"),
            rx.el.input(
                id="people-search",
                type="search",
                key=box.typed_anew,
                placeholder="First name, last name or e-mail",
                default_value=box.shown["q"],
                on_change=box.search.debounce(200),
                class_name="input",
                auto_complete="off",
            ),
            class_name="people-search",
        ),
        class_name="field wide",
    )


def _filter(box: People, name: str, label: str, choices: Any) -> rx.Component:
    options = rx.foreach(choices, lambda one: rx.el.option(one.label, value=one.value))
    return _labelled(box, name, label, rx.el.option("Any", value=""), options)


def _fixed(box: People, name: str, label: str, choices: tuple[tuple[str, str], ...]) -> rx.Component:
    return _labelled(box, name, label, *(rx.el.option(word, value=value) for value, word in choices))


def _labelled(box: People, name: str, label: str, *options: rx.Component) -> rx.Component:
    control = select(
        f"filter-{name}",
        *options,
        value=box.shown[name],
        on_change=lambda value: box.choose(name, value),
    )
    return rx.el.div(rx.el.label(label, html_for=f"filter-{name}"), control, class_name="field")


def heading(box: People) -> rx.Component:
    """Say how many are found, and choose their order."""
    found = box.found
    total = found.total.to_string(use_json=False)
    some = rx.cond(found.range_words, found.range_words, "0")
    count = rx.el.p(
        rx.el.strong(some),
        rx.cond(found.total == 1, " person", " people"),
        rx.cond(found.forgave, " · nothing fits exactly; these are spelled alike", ""),
        id="people-count",
        tab_index=-1,
        role="status",
        class_name="muted",
        custom_attrs={"data-total": total},
    )
    clear = button("Clear all", look="quiet", icon_name="x", on_click=box.clear)
    order = rx.el.div(
        rx.el.label("Sort by", html_for="people-order"),
        select(
            "people-order",
            *(rx.el.option(word, value=value) for value, word in ORDERS),
            value=box.order,
            on_change=box.choose_order,
        ),
        class_name="people-order",
    )
    return rx.el.div(
        rx.el.div(count, rx.cond(box.is_narrowed, clear, rx.fragment()), class_name="row"),
        order,
        class_name="row-apart",
    )
