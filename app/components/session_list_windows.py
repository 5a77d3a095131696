"""The windows over the list of sessions: calling several off, and who is in one. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, dialog, empty, field, link_button, note, text_area


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
    mentees: Any
    cancel: Any
    delete: Any
    close: Any
    search_mentees: Any
    close_mentees: Any


def windows(box: Windows) -> rx.Component:
    """Show the window that stands open, if any."""
    return rx.fragment(_cancel(box), _delete(box), _result(box), _mentees(box))


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


def _mentees(box: Windows) -> rx.Component:
    found = box.mentees
    search = rx.el.input(
        id="mentees-search",
        type="search",
        class_name="input",
        placeholder="Name or e-mail",
        default_value="",
        on_change=box.search_mentees.debounce(200),
        auto_complete="off",
        custom_attrs={"aria-label": "Search by name or e-mail"},
    )
    file = link_button(
        "Download CSV",
        f"/sessions/{found.session_id}/people.csv",
        icon_name="download",
        custom_attrs={"reloadDocument": True, "download": ""},
    )
    nobody = empty("users", "Nobody is here yet", "Nobody has enrolled or was invited so far.")
    listed = rx.fragment(
        rx.el.div(search, file, class_name="row-apart mentees-tools"),
        rx.cond(
            found.rows.length() > 0,
            rx.el.ul(rx.foreach(found.rows, _mentee), class_name="mentees", aria_label="People"),
            rx.el.p("Nobody fits.", class_name="muted", role="status"),
        ),
    )
    return dialog(
        f"{found.people.capitalize()} of “{found.title}”",
        rx.cond(found.total > 0, listed, nobody),
        is_open=found.session_id > 0,
        on_close=box.close_mentees,
        look="wide",
    )


def _mentee(one: Any) -> rx.Component:
    name = rx.el.a(one.name, href=f"/people/{one.id}", class_name="strong break", dir="auto")
    return rx.el.li(
        avatar(one.initials),
        rx.el.div(name, rx.el.span(one.email, class_name="muted small break"), class_name="stack-s tight grow"),
        rx.el.div(
            rx.el.span(one.word), rx.el.span(one.came, class_name="muted small"), class_name="stack-s tight mentees-how"
        ),
        key=one.id,
    )
