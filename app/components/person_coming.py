"""The sessions that lie ahead, to be ticked in a form, and the reason that goes with it."""

from typing import Any

import reflex as rx

from app.components.basics import button, field, text_area

TICK_ALL = "document.querySelectorAll('.coming input:not(:disabled)').forEach((box) => { box.checked = true; })"


def coming_sessions(lines: Any, title: str, hint: str) -> rx.Component:
    """List the sessions with a box each; a box is named "cancel-" and the session's id."""
    tick_all = button("Tick all", icon_name="check-check", look="quiet", on_click=rx.call_script(TICK_ALL))
    listed = rx.el.fieldset(
        rx.el.legend(title, class_name="label"),
        rx.el.p(hint, class_name="muted small"),
        rx.cond(lines.length() > 1, rx.el.div(tick_all), rx.fragment()),
        rx.el.ul(rx.foreach(lines, coming_session), class_name="list coming"),
        class_name="stack-s",
    )
    return rx.cond(lines.length() > 0, listed, rx.el.p("No session is still to come.", class_name="muted"))


def coming_session(line: Any) -> rx.Component:
    """Offer to cancel one session; one that has started can only be waited for."""
    words = rx.el.span(
        rx.el.span("Cancel ", rx.el.span(line.title, class_name="strong"), class_name="break"),
        rx.el.span(
            line.when,
            rx.cond(line.with_whom, rx.el.span(" · ", line.with_whom), rx.fragment()),
            class_name="muted small break",
        ),
        class_name="stack-s grow",
    )
    box = rx.el.input(type="checkbox", name=f"cancel-{line.id}", id=f"cancel-{line.id}", disabled=~line.may_cancel)
    return rx.el.li(rx.el.label(box, words, class_name="check"), key=line.id)


def reason_field(error: Any, hint: str) -> rx.Component:
    """Ask why."""
    return field("Reason", text_area("reason", error=error, rows="2"), name="reason", error=error, hint=hint)
