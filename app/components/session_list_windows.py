"""The windows over the list of sessions: calling several off. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field, note, text_area


@dataclass(frozen=True)
class Windows:
    """What is shown, as Vars of the like-named parts of the state, and what happens, as handlers."""

    asking: Any
    total: Any
    count: Any
    to_do: Any
    people: Any
    needs_reason: Any
    is_running: Any
    done: Any
    error: Any
    result: Any
    refused: Any
    cancel: Any
    delete: Any
    close: Any


def windows(box: Windows) -> rx.Component:
    """Show the window that stands open, if any."""
    return rx.fragment(_cancel(box), _delete(box), _result(box))


def _cancel(box: Windows) -> rx.Component:
    hint = rx.cond(box.needs_reason, "Everybody concerned reads it. One-to-one sessions need one.", "")
    form = rx.el.form(
        _concerned(
            box, "Everybody who takes part is told, with the reason. A cancelled session can be arranged again."
        ),
        field(
            rx.cond(box.needs_reason, "Reason", "Reason (optional)"),
            text_area("reason", rows=3, error=box.error, max_length=2000),
            name="reason",
            error=box.error,
            hint=hint,
        ),
        rx.el.div(
            button("Back", on_click=box.close),
            button(f"Cancel {_many(box.count)}", type="submit", look="danger", icon_name="calendar-x"),
            class_name="row-apart",
        ),
        class_name="stack",
        on_submit=box.cancel,
    )
    return _question(box, "cancel", "Cancel", form)


def _delete(box: Windows) -> rx.Component:
    text = "They are told that it is cancelled. Deleted sessions leave every list and cannot come back."
    asked = rx.el.div(
        _concerned(box, text),
        rx.el.div(
            button("Back", on_click=box.close),
            button("Yes delete", look="danger", icon_name="trash-2", on_click=box.delete),
            class_name="row-apart",
        ),
        class_name="stack",
    )
    return _question(box, "delete", "Delete", asked)


def _question(box: Windows, name: str, verb: str, asked: rx.Component) -> rx.Component:
    """Ask; show how far it is while it runs; or say that there is nothing to ask."""
    nothing = rx.el.div(
        rx.el.p("All that you selected have begun, have ended or are called off already. They stay as they are."),
        rx.el.div(button("Back", on_click=box.close), class_name="row"),
        class_name="stack",
    )
    shown = rx.cond(box.is_running, _progress(box), rx.cond(box.count > 0, asked, nothing))
    title = f"{verb} {_many(rx.cond(box.count > 0, box.count, box.total))}?"
    return dialog(title, shown, is_open=box.asking == name, on_close=box.close)


def _many(count: Any) -> Any:
    return rx.cond(count == 1, "1 session", f"{count.to(int).to_string()} sessions")


def _concerned(box: Windows, text: str) -> rx.Component:
    """Say how many people it concerns, and how many of the chosen sessions it passes over."""
    people = rx.match(
        box.people,
        (0, "Nobody else takes part."),
        (1, "This concerns 1 person."),
        f"This concerns {box.people} people.",
    )
    closed = box.total - box.count
    stays = "have begun, have ended or are called off already. They stay as they are."
    left = rx.cond(closed == 1, "1 of those you selected stays as it is: it has begun or ended.", f"{closed} {stays}")
    return rx.fragment(
        rx.el.p(rx.el.strong(people), " ", text, class_name="sessions-concerned"),
        rx.cond(closed > 0, note(left), rx.fragment()),
    )


def _progress(box: Windows) -> rx.Component:
    words = rx.el.p(rx.el.strong(box.done), " of ", box.to_do, " sessions", role="status")
    bar = rx.el.progress(max=box.to_do, value=box.done, aria_label="How far it is", class_name="sessions-progress")
    remark = rx.el.p(
        "Keep this page open until it is through. What is done stays done if you stop.", class_name="muted"
    )
    stop = rx.el.div(button("Stop", icon_name="square", on_click=box.close), class_name="row")
    return rx.el.div(words, bar, remark, stop, class_name="stack")


def _result(box: Windows) -> rx.Component:
    def one(each: Any) -> rx.Component:
        return rx.el.li(
            rx.el.a(each.title, href=f"/s/{each.session_id}", class_name="strong break", dir="auto"),
            rx.el.span(each.why, class_name="break"),
            class_name="stack-s",
            key=each.session_id,
        )

    return dialog(
        "Not all could be done",
        rx.el.p(box.result, role="status"),
        rx.el.p("These were left as they are:"),
        rx.el.ul(rx.foreach(box.refused, one), class_name="list sessions-refused"),
        is_open=box.asking == "result",
        on_close=box.close,
        foot=[button("Close", look="primary", on_click=box.close)],
    )
