"""The forms that end a session, bring it back or say how it went: cancel, delete, answer, record, write up, correct.

They show what they are given and call the handlers they are given; each says who will be told.
"""

from typing import Any

import reflex as rx

from app.components.basics import button, note
from app.components.session_card import linked
from app.components.session_card_fields import FormActions, FormVars, choice, lines, scope_fields
from app.components.session_card_forms import form_dialog, numbered
from app.components.session_card_people import attendance
from app.components.session_card_steps import may, shown_if
from app.models.words import CALENDAR_WORDS, Shown


def cancel_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Cancel, with its scope and reason; it suggests to move instead (C9, R5)."""
    instead = rx.fragment(
        "Is only the time wrong? Moving it keeps the session. ",
        button("Edit date and time instead", look="link", on_click=actions.submit["edit_instead"]),
    )
    return form_dialog(
        "cancel",
        numbered("Cancel", card),
        card,
        vars_,
        actions,
        shown_if(may(card, "edit"), note(instead, icon_name="calendar-clock")),
        scope_fields("cancel", card, "What should be cancelled?"),
        reason_field(
            "cancel", rx.cond(card.needs_reason, "Why is it cancelled?", "Why is it cancelled? (optional)"), vars_
        ),
        will_be_told(card, "They read this reason."),
        send="Yes, cancel",
        look="danger",
        back="Keep it",
    )


def delete_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Delete for good (L7)."""
    gone = rx.el.p(
        "It leaves the calendar, lists, search and exports, and cannot be reactivated. ",
        rx.cond(card.number, card.number + " can then be arranged anew.", ""),
    )
    return form_dialog(
        "delete",
        "Delete this session?",
        card,
        vars_,
        actions,
        gone,
        scope_fields("delete", card, "What should be deleted?"),
        will_be_told(card, "They are told that it is cancelled."),
        send="Yes delete",
        look="danger",
        back="Keep it",
    )


def accept_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Accept the dates of a series; a single session is accepted by its button."""
    return form_dialog(
        "accept",
        "Accept",
        card,
        vars_,
        actions,
        scope_fields("accept", card, "What do you accept?"),
        will_be_told(card),
        send="Accept",
    )


def decline_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Decline a time (R7)."""
    return form_dialog(
        "decline",
        "Decline this time?",
        card,
        vars_,
        actions,
        rx.el.p("The session is then cancelled. You can also propose another time instead."),
        scope_fields("decline", card, "What do you decline?"),
        reason_field("decline", "Reason (optional)", vars_),
        will_be_told(card),
        send="Decline",
        look="danger",
    )


def reactivate_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Bring a cancelled session back at its old time, or lead to a new one (R6)."""
    anew = rx.fragment(
        "Does that time not suit any more? ",
        button("Choose a new time instead", look="link", on_click=actions.submit["arrange_instead"]),
    )
    taken = rx.el.ul(rx.foreach(vars_.check.clashes, lambda text: rx.el.li(text, class_name="break")))
    return form_dialog(
        "reactivate",
        rx.cond(card.number, "Reactivate " + card.number, "Reactivate session"),
        card,
        vars_,
        actions,
        rx.el.p("It comes back at the time it had: ", rx.el.strong(card.day, ", ", card.hours), " (", card.zone, ")."),
        shown_if(vars_.check.clashes.length() > 0, note(taken, look="danger", icon_name="calendar-x-2")),
        scope_fields("reactivate", card, "What should come back?"),
        shown_if(may(card, "arrange"), note(anew, icon_name="calendar-clock")),
        will_be_told(card),
        send="Reactivate",
    )


def finish_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """End a live session; where no room knows it, ask who came."""
    online = rx.el.p("Whoever has not joined counts as absent. This cannot be taken back.")
    return form_dialog(
        "finish",
        "End session?",
        card,
        vars_,
        actions,
        rx.cond(card.place_kind == "online", online, attendance("finish", card, everybody=True)),
        send="End session",
        back="Go on",
    )


def record_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Say how a session in person or by call went."""
    return form_dialog(
        "record",
        "Record outcome",
        card,
        vars_,
        actions,
        outcome_fields("record", vars_, (Shown.COMPLETED, Shown.MISSED), Shown.COMPLETED),
        attendance("record", card, everybody=True),
        send="Save outcome",
    )


def correct_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Put the outcome or the attendance right afterwards, with a note (C7)."""
    return form_dialog(
        "correct",
        "Correct the outcome",
        card,
        vars_,
        actions,
        outcome_fields("correct", vars_, (Shown.COMPLETED, Shown.MISSED, Shown.CANCELLED), card.status),
        attendance("correct", card),
        reason_field("correct", "Why is it corrected?", vars_, "note", hint="The note stays in the history."),
        send="Save correction",
    )


def after_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Show the post-session details; whoever may write them gets a form (C6)."""
    return rx.cond(may(card, "write_up"), write_up_form(card, vars_, actions), after_view(card, vars_, actions))


def write_up_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Write down what was covered, the next steps and who came."""

    first = {"custom_attrs": {"data-autofocus": ""}}
    covered, following = card.form.covered, card.form.next_steps
    by_hand = button("Attendance", icon_name="list-checks", on_click=actions.submit["mark_instead"])
    return form_dialog(
        "after",
        "Post-Session details",
        card,
        vars_,
        actions,
        lines("after", "covered", "What was covered", vars_, default_value=covered, rows="4", **first),
        lines("after", "next_steps", "Next steps", vars_, default_value=following, rows="4"),
        rx.cond(card.is_group, by_hand, attendance("after", card)),
        send="Save details",
    )


def after_view(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Show the post-session details to read."""

    def part(title: str, pieces: Any) -> rx.Component:
        return rx.el.section(
            rx.el.h3(title),
            rx.cond(
                pieces.length() > 0,
                rx.el.p(linked(pieces), class_name="prose"),
                rx.el.p("Nothing was written yet.", class_name="muted"),
            ),
            class_name="stack-s",
        )

    came = rx.el.ul(
        rx.foreach(card.people, lambda one: rx.el.li(one.name, rx.cond(one.came, " · " + one.came, ""))),
    )
    return vars_.frame(
        "Post-Session details",
        part("What was covered", card.covered),
        part("Next steps", card.next_steps),
        rx.el.section(rx.el.h3("Attendance"), came, class_name="stack-s"),
        shown_if(card.written_up, rx.el.p("Written ", card.written_up, class_name="muted small")),
        is_open=vars_.opened == "after",
        on_close=actions.close,
        foot=[button("Close", look="quiet", on_click=actions.close)],
    )


def outcome_fields(name: str, vars_: FormVars, outcomes: tuple[Shown, ...], chosen: Any) -> rx.Component:
    """Ask what became of it."""
    first = {"custom_attrs": {"data-autofocus": ""}}
    choices = [
        choice(f"{name}_outcome", str(one), CALENDAR_WORDS[one], chosen == str(one), **({} if number else first))
        for number, one in enumerate(outcomes)
    ]
    return rx.el.fieldset(
        rx.el.legend("Outcome", class_name="label"),
        rx.el.div(*choices, class_name="choices"),
        rx.el.span(vars_.errors["outcome"], class_name="error form-error", role="alert"),
        class_name="stack-s",
    )


def reason_field(name: str, label: Any, vars_: FormVars, leaf: str = "reason", hint: str = "") -> rx.Component:
    """Ask for a reason or a note."""
    focus: dict[str, Any] = {} if name == "correct" else {"custom_attrs": {"data-autofocus": ""}}
    return lines(name, leaf, label, vars_, rows="3", hint=hint, **focus)


def will_be_told(card: Any, more: str = "") -> rx.Component:
    """Name the people who get a mail."""
    said = rx.el.p(rx.el.strong(card.told), " will be told by e-mail. ", more)
    return shown_if(card.told, note(said, icon_name="mail"))
