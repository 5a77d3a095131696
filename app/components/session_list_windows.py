"""The windows over the list of sessions: calling several off, and who is in one. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import avatar, button, dialog, empty, field, link_button, text_area


@dataclass(frozen=True)
class Windows:
    """What is shown, as Vars of the like-named parts of the state, and what happens, as handlers."""

    asking: Any
    count: Any
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
    form = rx.el.form(
        rx.el.p("Everybody who takes part is told, with the reason. A cancelled session can be arranged again."),
        field(
            "Reason",
            text_area("reason", rows=3, error=box.error, max_length=2000),
            name="reason",
            error=box.error,
            hint="One-to-one sessions need one; group sessions may go without.",
        ),
        rx.el.div(
            button("Back", on_click=box.close),
            button("Cancel sessions", type="submit", look="danger", icon_name="calendar-x"),
            class_name="row-apart",
        ),
        class_name="stack",
        on_submit=box.cancel,
    )
    title = rx.cond(box.count == 1, "Cancel 1 session?", f"Cancel {box.count} sessions?")
    return dialog(title, form, is_open=box.asking == "cancel", on_close=box.close)


def _delete(box: Windows) -> rx.Component:
    text = (
        "Everybody who takes part is told that it is cancelled. Deleted sessions leave every list and cannot come back."
    )
    title = rx.cond(box.count == 1, "Delete 1 session?", f"Delete {box.count} sessions?")
    return dialog(
        title,
        rx.el.p(text),
        is_open=box.asking == "delete",
        on_close=box.close,
        foot=[button("Back", on_click=box.close), button("Yes delete", look="danger", on_click=box.delete)],
    )


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
