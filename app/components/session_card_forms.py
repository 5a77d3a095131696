"""The forms by which a session gets a time, a place or other words: edit, arrange, propose, meeting details.

Inputs are uncontrolled and every form keeps what was typed in the browser (session.js), so that
neither a lost connection nor a refusal loses anything. They call the handlers they are given.
"""

from typing import Any

import reflex as rx

from app.components.basics import Text, button, note
from app.components.session_card_fields import (
    LONG,
    FormActions,
    FormVars,
    line,
    notify,
    online_fields,
    place_fields,
    scope_fields,
    time_fields,
    word_fields,
)
from app.components.session_card_steps import shown_if


def form_dialog(
    name: str,
    title: Text,
    card: Any,
    vars_: FormVars,
    actions: FormActions,
    *children: rx.Component,
    send: Any,
    look: str = "primary",
    back: str = "Close",
) -> rx.Component:
    """Show one form in its frame while it is the open one. The server decides what it does.

    What concerns the whole form is said beside its buttons, where it is seen however far one has scrolled.
    """
    body = rx.el.form(
        rx.el.input(type="hidden", name=f"{name}_key", value=vars_.key),
        rx.el.input(type="hidden", name=f"{name}_version", value=vars_.version),
        *children,
        id=f"{name}-form",
        class_name="stack session-form",
        custom_attrs={"data-draft": f"{name}:{card.id}:{card.viewer_id}", "noValidate": True},
        on_submit=actions.submit[name],
    )
    sender = button(
        rx.cond(vars_.busy, "One moment …", send),
        look=look,
        type="submit",
        disabled=vars_.busy,
        custom_attrs={"form": f"{name}-form"},
    )
    said = rx.el.div(
        rx.el.p(vars_.errors[""], class_name="form-error", role="alert"),
        shown_if(vars_.changed, note(vars_.changed, look="warn", icon_name="refresh-cw")),
        class_name="foot-notes",
    )
    foot = [said, button(back, look="quiet", on_click=actions.close), sender]
    return vars_.frame(title, body, is_open=vars_.opened == name, on_close=actions.close, foot=foot, look="keeps")


def numbered(verb: str, card: Any) -> Any:
    """Give a form's title, as "Edit Session 3"; a session without a number is just a session."""
    return rx.cond(card.number, f"{verb} " + card.number, f"{verb} Session")


def form_section(
    title: Text,
    *children: rx.Component,
    is_open: Any,
    on_close: Any,
    foot: list[rx.Component] | None = None,
    look: str = "",
) -> rx.Component:
    """Frame a form as a part of its page; it is left by the button in its foot."""
    del on_close, look
    part = rx.el.section(
        rx.el.h2(title),
        *children,
        rx.el.div(*(foot or []), class_name="section-foot"),
        class_name="card stack form-section",
        custom_attrs={"aria-label": title},
    )
    return rx.cond(is_open, part, rx.fragment())


def edit_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Change what is arranged (C10, R3, R4)."""
    return form_dialog(
        "edit",
        numbered("Edit", card),
        card,
        vars_,
        actions,
        time_fields("edit", card, vars_, actions),
        scope_fields("edit", card),
        place_fields("edit", card, vars_),
        word_fields("edit", card, vars_),
        line("edit", "reason", "Reason, if you move it (optional)", vars_, max_length=LONG),
        notify("edit", card),
        send="Save changes",
    )


def arrange_form(name: str, title: Text, card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Give a session a time, for the first time or again."""
    return form_dialog(
        name,
        title,
        card,
        vars_,
        actions,
        time_fields(name, card, vars_, actions),
        place_fields(name, card, vars_),
        word_fields(name, card, vars_),
        notify(name, card),
        send="Arrange session",
    )


def propose_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Answer with another time (R7)."""
    return form_dialog(
        "propose",
        "Propose another time",
        card,
        vars_,
        actions,
        rx.el.p("The session takes this time and then waits for the other side's answer.", class_name="muted"),
        time_fields("propose", card, vars_, actions),
        scope_fields("propose", card),
        send="Propose this time",
    )


def meeting_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Change platform, link and passcode while the session runs (L6)."""
    return form_dialog(
        "meeting",
        "Edit meeting details",
        card,
        vars_,
        actions,
        online_fields("meeting", card, vars_),
        rx.el.input(type="hidden", name="meeting_place", value=card.form.place),
        send="Save details",
    )
