"""The forms of a whole relationship, each in a window: arrange all, record what has been, end the assignment.

Inputs are uncontrolled; they call the handlers they are given. What they share with a session's
own forms is taken from there.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import reflex as rx

from app.components.basics import Text, button, checkbox, dialog, finding, note
from app.components.book_outlook import date_parts
from app.components.session_card_fields import FormVars, choice, lines, place_fields, time_inputs
from app.components.session_card_steps import shown_if

WEEKS = (("1", "Every week"), ("2", "Every two weeks"))
OUTCOMES = (("completed", "Completed"), ("missed", "Missed"))


@dataclass(frozen=True)
class PairForms:
    """What the forms show, as Vars, and what happens, as handlers. `values` is queries.session_forms.CardForm."""

    page: Any
    values: Any
    foreseen: Any
    vars: FormVars
    close: Any
    typed: Any
    skips: Any
    submit_all: Any
    submit_past: Any
    submit_end: Any


def pair_forms(forms: PairForms) -> rx.Component:
    """Hold the forms; at most one is open."""
    return rx.fragment(all_form(forms), past_form(forms), end_form(forms))


def form_window(
    name: str,
    title: Text,
    forms: PairForms,
    *children: Any,
    submit: Any,
    send: Any,
    look: str = "primary",
    back: str = "Close",
) -> rx.Component:
    """Show one form in a window while it is the open one."""
    vars_ = forms.vars
    body = rx.el.form(
        rx.el.input(type="hidden", name=f"{name}_key", value=vars_.key),
        *children,
        id=f"{name}-form",
        class_name="stack session-form",
        custom_attrs={"data-draft": f"{name}:{forms.page.id}:{forms.page.viewer_id}", "noValidate": True},
        on_submit=submit,
    )
    error = rx.el.p(vars_.errors[""], class_name="form-error", role="alert")
    sender = button(
        rx.cond(vars_.busy, "One moment …", send),
        look=look,
        type="submit",
        disabled=vars_.busy,
        custom_attrs={"form": f"{name}-form"},
    )
    foot = [rx.el.div(error, class_name="foot-notes"), button(back, look="quiet", on_click=forms.close), sender]
    return dialog(title, body, is_open=vars_.opened == name, on_close=forms.close, foot=foot, look="keeps wide")


def all_form(forms: PairForms) -> rx.Component:
    """Give every session that is still to be arranged its date (R8)."""
    count = forms.page.to_arrange
    weeks = [
        choice("all_every_weeks", value, word, value == "1", on_change=lambda value: forms.typed("every_weeks", value))
        for value, word in WEEKS
    ]
    others = rx.cond(forms.page.messages_href, "Notify the other participant", "Notify the participants")
    intro = rx.cond(
        count == 1,
        "One session is still to be arranged. It takes the first date.",
        count.to_string() + " sessions are still to be arranged. They take these dates, in the order of their numbers.",
    )
    return form_window(
        "all",
        "Arrange all",
        forms,
        rx.el.p(intro, class_name="muted"),
        time_inputs("all", forms.values, forms.vars, forms.typed, min=forms.values.earliest),
        rx.el.fieldset(
            rx.el.legend("How often", class_name="label"), rx.el.div(*weeks, class_name="choices"), class_name="stack-s"
        ),
        dates(forms),
        place_fields("all", SimpleNamespace(form=forms.values), forms.vars),
        lines(
            "all",
            "details",
            "Extra information (optional)",
            forms.vars,
            hint="Anything that helps: a phone number, how to find the room, what to bring.",
        ),
        rx.el.div(
            checkbox(others, name="all_notifies", default_checked=True),
            rx.el.p("Leave this ticked unless they already know.", class_name="muted small under-check"),
        ),
        submit=forms.submit_all,
        send="Arrange all",
    )


def dates(forms: PairForms) -> rx.Component:
    """List every date with its finding, before anything is saved."""
    foreseen = forms.foreseen
    said = finding(foreseen.look, foreseen.headline)
    listed = rx.el.ol(rx.foreach(foreseen.dates, date_line), class_name="dates planned")
    skip = checkbox("Leave out the dates that clash", name="all_skips_clashes", on_change=forms.skips)
    return rx.el.div(
        rx.el.div(shown_if(foreseen.headline, said), role="status"),
        shown_if(foreseen.dates.length() > 0, listed),
        shown_if(foreseen.can_skip, skip),
        class_name="stack",
    )


def date_line(line: Any) -> rx.Component:
    """Show one date: which session gets it, and how it would go."""
    session = rx.el.span(rx.cond(line.session, line.session, "—"), class_name="strong planned-session")
    return rx.el.li(session, *date_parts(line))


def past_form(forms: PairForms) -> rx.Component:
    """Record a session that took place without having been booked (P12)."""
    outcomes = [choice("past_outcome", value, word, value == "completed") for value, word in OUTCOMES]
    came = [
        checkbox(person.name, name=f"past_came_{person.id}", default_checked=True)
        for person in (forms.page.mentor, forms.page.mentee)
    ]
    return form_window(
        "past",
        "Record a session that took place",
        forms,
        rx.el.p("It gets the lowest number that is still to be arranged, else a new one.", class_name="muted"),
        time_inputs("past", past_values(forms.values), forms.vars, forms.typed, max=forms.values.earliest),
        rx.el.fieldset(
            rx.el.legend("Outcome", class_name="label"),
            rx.el.div(*outcomes, class_name="choices"),
            class_name="stack-s",
        ),
        rx.el.fieldset(rx.el.legend("Who came?", class_name="label"), *came, class_name="stack-none"),
        place_fields("past", SimpleNamespace(form=forms.values), forms.vars),
        lines("past", "covered", "What was covered (optional)", forms.vars, rows="3"),
        lines("past", "next_steps", "Next steps (optional)", forms.vars, rows="3"),
        submit=forms.submit_past,
        send="Record session",
    )


def past_values(values: Any) -> Any:
    """Ask for the day of what has been: nobody can guess it."""
    return SimpleNamespace(
        day="", at="", until="", minutes=values.minutes, zone=values.zone, zone_words=values.zone_words
    )


def end_form(forms: PairForms) -> rx.Component:
    """End the assignment; each session still to come is cancelled or kept (A5)."""
    future = rx.el.fieldset(
        rx.el.legend("Sessions still to come", class_name="label"),
        rx.el.ul(rx.foreach(forms.page.future, future_line), class_name="list"),
    )
    none = rx.el.p("No session is still to come.", class_name="muted")
    told = note("Both will be told by e-mail. They read this reason.", icon_name="mail")
    return form_window(
        "end",
        "End this assignment?",
        forms,
        rx.el.p(
            "What has been stays in the history. The two can no longer book or write to each other; "
            "assigning them again begins a new relationship."
        ),
        rx.cond(forms.page.future.length() > 0, future, none),
        lines("end", "reason", "Why does it end?", forms.vars, rows="3", hint="Needed where sessions are cancelled."),
        told,
        submit=forms.submit_end,
        send="End assignment",
        look="danger",
        back="Do not end it",
    )


def future_line(one: Any) -> rx.Component:
    """Ask of one session whether it still takes place."""
    name = "end_future_" + one.id.to_string()
    return rx.el.li(
        rx.el.span(rx.el.span(one.name, class_name="strong"), " · ", one.when, class_name="break grow"),
        rx.el.div(
            choice(name, "cancel", "Cancel it", True, aria_label="Cancel " + one.name),
            choice(name, "keep", "Keep it", False, aria_label="Keep " + one.name),
            class_name="choices",
        ),
        class_name="row-apart",
    )
