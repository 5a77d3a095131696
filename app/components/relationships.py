"""The list of relationships: search, filters, one line each. It knows no state and decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, empty, icon, link_button, select


@dataclass(frozen=True)
class Pairs:
    """What is shown, as Vars, and what happens, as handlers. `found` is queries.relationships.PairList."""

    found: Any
    typed: Any
    typed_anew: Any
    program: Any
    pairs: Any
    is_filtered: Any
    is_personal: Any
    address: Any
    choices: Sequence[tuple[str, str]]
    search: Any
    choose_program: Any
    choose_pairs: Any
    go_to: Any
    clear: Any


def relationships(box: Pairs) -> rx.Component:
    """Show the list with its filters."""
    return rx.el.div(
        filters(box),
        rx.el.p(count_words(box.found), class_name="muted small", role="status"),
        rx.cond(box.found.rows.length() > 0, table(box.found), nothing(box)),
        rx.cond(box.found.pages > 1, pager(box), rx.fragment()),
        class_name="stack relationships",
        custom_attrs={"data-pairs-address": box.address},
    )


def filters(box: Pairs) -> rx.Component:
    """Show search and filters."""
    programs = rx.foreach(box.found.programs, lambda one: rx.el.option(one.name, value=one.id.to_string()))
    search = rx.el.input(
        id="relationship-search",
        type="search",
        placeholder="Name, e-mail or programme",
        default_value=box.typed,
        on_change=box.search.debounce(300),
        key=box.typed_anew.to_string(),
        class_name="input",
        auto_complete="off",
    )
    standing = [rx.el.option(word, value=value) for value, word in box.choices]
    return rx.el.div(
        labelled("Search", "relationship-search", search, "pair-search"),
        labelled(
            "Programme",
            "relationship-program",
            select(
                "relationship-program",
                rx.el.option("All programmes", value=""),
                programs,
                value=box.program,
                on_change=box.choose_program,
            ),
        ),
        labelled(
            "State",
            "relationship-state",
            select(
                "relationship-state",
                rx.el.option("All", value=""),
                *standing,
                value=box.pairs,
                on_change=box.choose_pairs,
            ),
        ),
        rx.cond(box.is_filtered, button("Clear all", look="quiet", icon_name="x", on_click=box.clear), rx.fragment()),
        class_name="pair-filters",
        role="search",
    )


def labelled(label: str, name: str, control: rx.Component, class_name: str = "") -> rx.Component:
    """Put a label above a filter."""
    return rx.el.div(rx.el.label(label, html_for=name), control, class_name=f"field {class_name}")


def count_words(found: Any) -> Any:
    """Say how many there are."""
    return rx.cond(
        found.total == 1, "1 relationship", rx.cond(found.total > 0, found.total.to_string() + " relationships", "")
    )


def table(found: Any) -> rx.Component:
    """Show the lines under their heads; on a phone each is a card."""
    heads = (found.words.mentor, found.words.mentee, "Programme", "Progress", "Next session")
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                *(rx.el.th(head, scope="col") for head in heads),
                rx.el.th(rx.el.span("Open", class_name="visually-hidden"), scope="col"),
            )
        ),
        rx.el.tbody(rx.foreach(found.rows, row)),
        class_name="pair-table",
    )


def row(pair: Any) -> rx.Component:
    """Show one relationship."""
    name = pair.mentor.name + " and " + pair.mentee.name
    view = rx.el.a(
        "View",
        rx.el.span(" ", name, class_name="visually-hidden"),
        icon("chevron-right"),
        href=pair.href,
        class_name="button",
    )
    return rx.el.tr(
        rx.el.td(who(pair.mentor), class_name=rx.cond(pair.mentor.is_me, "pair-who is-me", "pair-who")),
        rx.el.td(who(pair.mentee), class_name=rx.cond(pair.mentee.is_me, "pair-who is-me", "pair-who")),
        rx.el.td(rx.el.span(pair.program, class_name="break"), class_name="pair-program"),
        rx.el.td(progress(pair.progress, pair.percent), class_name="pair-progress"),
        rx.el.td(standing(pair), class_name="pair-next"),
        rx.el.td(view, class_name="pair-view"),
        key=pair.id,
    )


def who(person: Any) -> rx.Component:
    """Show one of the two, with the way to their details."""
    return rx.el.div(
        avatar(person.initials),
        rx.el.span(
            rx.el.a(person.name, href=person.href, class_name="break"),
            rx.cond(person.is_me, rx.el.span(" (you)", class_name="muted"), ""),
            class_name="clamp",
        ),
        class_name="row-tight",
    )


def progress(words: Any, percent: Any) -> rx.Component:
    """Show how far they are: in words, and as a bar."""
    bar = rx.el.span(rx.el.span(style={"width": percent}), class_name="pair-bar", aria_hidden="true")
    return rx.el.div(rx.el.span(words), bar, class_name="stack-s")


def standing(pair: Any) -> rx.Component:
    """Say what comes next, or why nothing does."""
    idle = rx.cond(
        pair.is_done,
        rx.el.span(icon("check", size=14), "All completed", class_name="pair-standing good"),
        rx.el.span(icon("calendar-x-2", size=14), "Nothing arranged", class_name="pair-standing warn"),
    )
    going = rx.cond(
        pair.next_words,
        rx.el.span(icon("calendar-days", size=14), pair.next_words, class_name="pair-standing"),
        idle,
    )
    return rx.cond(
        pair.is_ended, rx.el.span(icon("archive", size=14), "Ended", class_name="pair-standing muted"), going
    )


def nothing(box: Pairs) -> rx.Component:
    """Say why the list is empty."""
    none_match = empty(
        "search-x",
        "No relationship matches.",
        "Search for another name, or take the filters away.",
        button("Clear all", on_click=box.clear),
    )
    own = empty(
        "users",
        "You have no relationships yet.",
        "As soon as a manager has brought you together with somebody, you find them here.",
    )
    all_ = empty(
        "users",
        "There are no relationships yet.",
        "They begin when somebody is assigned, or with their first booking.",
        link_button("Book Session", "/book", look="primary", icon_name="calendar-plus"),
    )
    return rx.el.div(
        rx.cond(box.is_filtered, none_match, rx.cond(box.is_personal, own, all_)),
        class_name="card",
    )


def pager(box: Pairs) -> rx.Component:
    """Lead through the pages."""
    page, pages = box.found.page, box.found.pages
    return rx.el.nav(
        button("Previous", icon_name="chevron-left", on_click=box.go_to(page - 1), disabled=page <= 1),
        rx.el.span("Page ", page, " of ", pages, class_name="muted"),
        button("Next", icon_name="chevron-right", on_click=box.go_to(page + 1), disabled=page >= pages),
        class_name="row pager",
        aria_label="Pages",
    )
