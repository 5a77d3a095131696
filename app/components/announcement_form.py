"""The announcement form: whom it reaches, what it says, and the one question before it goes. It knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import answered_box, button, dialog, field, icon, note, select, text_area, text_input
from app.components.people_search import Search, search_box


@dataclass(frozen=True)
class Form:
    """What the form shows, as Vars."""

    choices: Any
    reaches: Any
    chosen: Any
    reached: Any
    finder: Any
    errors: Any
    subject: Any
    is_asking: Any


@dataclass(frozen=True)
class Actions:
    """What happens: `choose` is given a part of the audience and its value."""

    leave: Any
    choose: Any
    search: Any
    close_search: Any
    add_person: Any
    drop_person: Any
    ask: Any
    stay: Any
    send: Any


def form(shown: Form, actions: Actions) -> rx.Component:
    """Show the form: whom, what."""
    foot = rx.el.div(
        button("Leave", on_click=actions.leave),
        rx.el.button("Send …", type="submit", class_name="button primary"),
        class_name="row-apart",
    )
    parts = (who(shown, actions), what(shown), foot)
    return rx.fragment(
        rx.el.form(*parts, on_submit=actions.ask, class_name="card stack-l announcement-form"),
        ask_dialog(shown, actions),
    )


def who(shown: Form, actions: Actions) -> rx.Component:
    """Ask who gets it."""
    return rx.el.fieldset(
        rx.el.legend("Who gets it", class_name="label"),
        rx.el.div(rx.foreach(shown.reaches, lambda one: way(one, shown, actions)), class_name="ways"),
        rx.match(
            shown.chosen.reach,
            ("people", people_part(shown, actions)),
            ("program", program_part(shown, actions)),
            ("cohort", cohort_part(shown, actions)),
            ("tag", tag_part(shown, actions)),
            ("session", rx.el.p(icon("calendar"), shown.chosen.session_words, class_name="row strong break")),
            rx.fragment(),
        ),
        rx.cond(shown.chosen.reach == "session", rx.fragment(), to_participants()),
        rx.el.p(shown.errors["reach"], class_name="form-error", role="alert"),
        outcome(shown.reached),
        class_name="stack",
    )


def what(shown: Form) -> rx.Component:
    """Ask what it says."""
    return rx.fragment(
        field(
            "Subject",
            text_input("subject", error=shown.errors["subject"], max_length=200, default_value=shown.subject),
            name="subject",
            error=shown.errors["subject"],
        ),
        field(
            "Text",
            text_area("text", error=shown.errors["text"], max_length=5000, rows="10"),
            name="text",
            error=shown.errors["text"],
            hint="Plain text, up to 5,000 characters. Web addresses become links.",
        ),
    )


def to_participants() -> rx.Component:
    """Say where the participants of sessions are reached from: which ones is chosen there."""
    return rx.el.p(
        "To reach the participants of sessions, tick these in the ",
        rx.el.a("list of sessions", href="/sessions"),
        " and choose Message participants.",
        class_name="muted small to-sessions",
    )


def way(one: Any, shown: Form, actions: Actions) -> rx.Component:
    """Show one way to choose the readers."""
    return rx.el.label(
        answered_box(
            shown.chosen.reach == one.value,
            type="radio",
            name="reach",
            id=f"reach-{one.value}",
            value=one.value,
            on_change=actions.choose("reach", one.value),
        ),
        one.label,
        class_name="way",
    )


def outcome(reached: Any) -> rx.Component:
    """Say whom it would reach."""
    right = note(rx.el.span(reached.words, dir="auto", class_name="break"), icon_name="users")
    wrong = note(reached.wrong, look="warn", icon_name="user-search")
    return rx.el.div(rx.cond(reached.count > 0, right, wrong), role="status", class_name="reached")


def program_part(shown: Form, actions: Actions) -> rx.Component:
    """Choose a programme and, in it, a role."""
    chosen, choices = shown.chosen, shown.choices
    role = select(
        "role",
        rx.el.option("All its members", value=""),
        rx.el.option(choices.mentors[chosen.program], value="mentor"),
        rx.el.option(choices.mentees[chosen.program], value="mentee"),
        rx.el.option("Its managers", value="manager"),
        value=chosen.role,
        on_change=lambda value: actions.choose("role", value),
    )
    return rx.el.div(
        program_select(shown, actions, "Choose a programme"),
        rx.cond(chosen.program != "", field("Who in it", role, name="role"), rx.fragment()),
        class_name="columns",
    )


def program_select(shown: Form, actions: Actions, nothing: str) -> rx.Component:
    """Choose a programme."""
    options = rx.foreach(shown.choices.programs, lambda one: rx.el.option(one.label, value=one.value))
    box = select(
        "program",
        rx.el.option(nothing, value=""),
        options,
        value=shown.chosen.program,
        on_change=lambda value: actions.choose("program", value),
    )
    return field("Programme", box, name="program", error=shown.errors["program_id"])


def cohort_part(shown: Form, actions: Actions) -> rx.Component:
    """Choose a cohort, in one programme or in all."""
    return rx.el.div(
        plain_select("cohort", "Cohort", shown.choices.cohorts, shown.chosen.cohort, actions),
        program_select(shown, actions, "All programmes"),
        class_name="columns",
    )


def tag_part(shown: Form, actions: Actions) -> rx.Component:
    """Choose a tag."""
    return plain_select("tag", "Tag", shown.choices.tags, shown.chosen.tag, actions)


def plain_select(name: str, label: str, options: Any, value: Any, actions: Actions) -> rx.Component:
    """Choose one of some words."""
    box = select(
        name,
        rx.el.option("Choose …", value=""),
        rx.foreach(options, lambda one: rx.el.option(one, value=one)),
        value=value,
        on_change=lambda chosen: actions.choose(name, chosen),
    )
    return field(label, box, name=name)


def people_part(shown: Form, actions: Actions) -> rx.Component:
    """Choose people one by one."""
    box = search_box(
        "person", "Add somebody", shown.finder, Search(actions.search, actions.close_search, actions.add_person)
    )
    return rx.el.div(
        rx.el.label("Add somebody", html_for="person-search", class_name="label"),
        box,
        rx.el.ul(
            rx.foreach(shown.chosen.people, lambda one: chosen_person(one, actions)), class_name="row chosen-people"
        ),
        class_name="stack-s",
    )


def chosen_person(one: Any, actions: Actions) -> rx.Component:
    """Show one of the chosen, with the way to take them out."""
    return rx.el.li(
        rx.el.button(
            one.name,
            icon("x"),
            rx.el.span("Take out", class_name="visually-hidden"),
            type="button",
            class_name="chip",
            on_click=actions.drop_person(one.id),
        ),
        key=one.id,
    )


def ask_dialog(shown: Form, actions: Actions) -> rx.Component:
    """Ask once."""
    return dialog(
        "Send it to " + people_words(shown.reached.count) + "?",
        rx.el.p(rx.el.strong(shown.subject, dir="auto"), class_name="break"),
        rx.el.p(shown.reached.words, class_name="break", dir="auto"),
        rx.el.p("Each gets one e-mail and a notice at the bell. It cannot be called back.", class_name="muted"),
        is_open=shown.is_asking,
        on_close=actions.stay,
        foot=[
            button("Back", on_click=actions.stay),
            button("Send now", look="primary", icon_name="send", on_click=actions.send),
        ],
    )


def people_words(count: Any) -> Any:
    """Count people in words."""
    return rx.cond(count == 1, "1 person", count.to_string(use_json=False) + " people")
