"""The people somebody works with: current ones, all of them, the Assign box, and the window that ends an assignment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, dialog, field, icon, link_button, select
from app.components.people_search import Search, people_search
from app.components.person_coming import coming_sessions, reason_field
from app.components.person_lists import pages


@dataclass(frozen=True)
class PairActs:
    """What can be done with a pair; `end` is given the relationship's id and the other's name."""

    end: Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Box:
    """What the Assign box shows, as Vars, and what it can do."""

    finder: Any
    chosen: Any
    programs: Any
    program: Any
    key: Any
    errors: Any
    search: Any
    close_search: Any
    choose: Callable[[Any], Any]
    choose_program: Any
    save: Any


@dataclass(frozen=True)
class Ending:
    """What the window that ends an assignment shows, and what it can do."""

    relationship_id: Any
    name: Any
    coming: Any
    key: Any
    errors: Any
    submit: Any
    close: Any


def current_pairs(person: Any, word: Any, acts: PairActs) -> rx.Component:
    """List whom they work with now, on one side."""
    listed = rx.el.ul(rx.foreach(person.pairs, lambda line: pair(line, end_button(line, acts))), class_name="list")
    nobody = rx.el.p("Nobody is assigned yet.", class_name="muted person-nothing")
    return rx.el.section(
        rx.el.h2(word.capitalize(), id="pairs-title"),
        rx.cond(person.pairs.length() > 0, listed, nobody),
        pages(person.pager),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "pairs-title"},
    )


def relationships(person: Any, acts: PairActs) -> rx.Component:
    """List all their relationships, those that ended last."""
    open_button = lambda line: rx.fragment(  # noqa: E731
        rx.el.a(
            "Open", rx.el.span(" with ", line.other, class_name="visually-hidden"), href=line.href, class_name="button"
        ),
        end_button(line, acts),
    )
    listed = rx.el.ul(rx.foreach(person.pairs, lambda line: pair(line, open_button(line))), class_name="list")
    return rx.el.section(
        rx.el.h2("Relationships", id="pairs-title"),
        rx.cond(person.pairs.length() > 0, listed, rx.el.p("There are none yet.", class_name="muted person-nothing")),
        pages(person.pager),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "pairs-title"},
    )


def works_with(person: Any) -> rx.Component:
    """List what the viewer and this person have together, with the ways on."""
    ways = lambda line: rx.el.div(  # noqa: E731
        rx.cond(line.book_href, link_button("Book", line.book_href, icon_name="calendar-plus"), rx.fragment()),
        link_button("Open", line.href, icon_name="list-checks"),
        rx.cond(
            line.messages_href, link_button("Messages", line.messages_href, icon_name="message-square"), rx.fragment()
        ),
        class_name="row pair-ways",
    )
    listed = rx.el.ul(
        rx.foreach(person.pairs, lambda line: pair(line, ways(line), is_mine=~person.is_me)), class_name="list"
    )
    return rx.el.section(
        rx.el.h2(rx.cond(person.is_me, "You work with", "You work together"), id="pairs-title"),
        rx.cond(person.pairs.length() > 0, listed, rx.el.p("Nobody yet.", class_name="muted")),
        class_name="card stack",
        custom_attrs={"aria-labelledby": "pairs-title"},
    )


def pair(line: Any, ways: rx.Component, *, is_mine: Any = False) -> rx.Component:
    """Show one of them, how far the two are, when they meet next, and what can be done.

    Where `is_mine` the other is the viewer, who is told what they work on rather than their own name.
    """
    other = rx.fragment(
        rx.el.a(line.other, href=line.other_href, class_name="strong break"),
        rx.el.span(line.word, " · ", line.program, class_name="muted small break"),
    )
    mine = rx.fragment(
        rx.el.span(line.program, class_name="strong break"),
        rx.el.span("You are the ", line.word.lower(), class_name="muted small break"),
    )
    bar = rx.el.span(rx.el.span(style={"width": line.percent}), class_name="progress", aria_hidden="true")
    ahead = rx.cond(line.next_words, line.next_words, "Nothing arranged")
    return rx.el.li(
        avatar(line.initials) if is_mine is False else rx.cond(is_mine, rx.fragment(), avatar(line.initials)),
        rx.el.div(
            other if is_mine is False else rx.cond(is_mine, mine, other),
            rx.el.span(bar, line.progress, class_name="row-tight small"),
            rx.el.span(rx.cond(line.is_active, ahead, "Ended"), " · ", line.since, class_name="small muted"),
            class_name="stack-s grow",
        ),
        rx.el.div(ways, class_name="row pair-acts"),
        class_name="pair",
    )


def end_button(line: Any, acts: PairActs) -> rx.Component:
    """Offer to end an assignment."""
    named = rx.el.span(" of ", line.other, class_name="visually-hidden")
    offer = button(rx.fragment("End assignment", named), on_click=acts.end(line.id, line.other), id=f"end-{line.id}")
    return rx.cond(line.may_end, offer, rx.fragment())


def assign_box(person: Any, word: Any, box: Box) -> rx.Component:
    """Search for somebody, choose the programme, and save (A3)."""
    finder = people_search(
        "other",
        word.capitalize(),
        chosen=box.chosen,
        finder=box.finder,
        search=Search(box.search, box.close_search, box.choose),
        error=box.errors["other"],
    )
    chosen = rx.fragment(program_choice(box), button("Save", look="primary", type="submit", id="assign-save"))
    return rx.el.form(
        rx.el.h2("Assign ", word.capitalize(), id="assign-title"),
        rx.el.input(type="hidden", name="person_id", value=person.id.to_string(use_json=False), read_only=True),
        rx.el.input(type="hidden", name="side", value=person.part, read_only=True),
        rx.el.input(type="hidden", name="key", value=box.key, read_only=True),
        finder,
        rx.cond(box.chosen.id != 0, chosen, rx.fragment()),
        rx.el.p(box.errors["form"], class_name="form-error", role="alert"),
        on_submit=box.save,
        class_name="card stack assign-box",
        custom_attrs={"aria-labelledby": "assign-title", "noValidate": True},
    )


def program_choice(box: Box) -> rx.Component:
    """Ask for the programme; where only one fits it is chosen already."""
    options = rx.foreach(box.programs, lambda one: rx.el.option(one.name, value=one.id.to_string(use_json=False)))
    chooser = select(
        "program",
        rx.el.option("Choose a programme …", value=""),
        options,
        error=box.errors["program"],
        value=box.program,
        on_change=box.choose_program,
    )
    none = rx.el.p(
        icon("info"), "They already work together in every programme that fits.", class_name="row-tight small"
    )
    asked = field("Programme", chooser, name="program", error=box.errors["program"])
    return rx.cond(box.programs.length() > 0, asked, none)


def end_dialog(ending: Ending) -> rx.Component:
    """Say what ends, and ask which of the future sessions are cancelled (A5)."""
    body = rx.el.form(
        rx.el.input(
            type="hidden",
            name="relationship_id",
            value=ending.relationship_id.to_string(use_json=False),
            read_only=True,
        ),
        rx.el.input(type="hidden", name="key", value=ending.key, read_only=True),
        rx.el.p("Booking and messages close. What was done stays, and the two can be assigned again."),
        coming_sessions(ending.coming, "Sessions still to come", "Tick those to cancel; the others still take place."),
        reason_field(ending.errors["reason"], "Both of them read it. Needed where a session is cancelled."),
        rx.el.p(ending.errors["form"], class_name="form-error", role="alert", id="end-error", tab_index=-1),
        id="end-form",
        on_submit=ending.submit,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )
    foot = [
        button("Keep it", on_click=ending.close),
        button("End assignment", look="danger", type="submit", form="end-form"),
    ]
    title = rx.cond(ending.name, f"End the assignment of {ending.name}?", "End this assignment?")
    return dialog(title, body, is_open=ending.relationship_id != 0, on_close=ending.close, foot=foot)
