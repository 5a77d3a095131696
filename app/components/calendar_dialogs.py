"""What opens over the calendar: a whole day, the keys, the confirmation of a move, and Undo. Knows no state."""

import reflex as rx

from app.components.basics import button, dialog, icon, note
from app.components.calendar_list import row
from app.components.calendar_parts import Acts, Calendar
from app.models.words import SCOPE_WORDS, Scope

KEYS = (
    ("← ↑ → ↓", "Between days and sessions"),
    ("Enter", "Open the session, or book the free hour"),
    ("T", "Today"),
    ("M  W  L  D", "Month, week, week list, day"),
    ("Page Up, Page Down", "Previous, next"),
    ("B", "Book on the day you are on"),
    ("X", "Move the session you are on: arrows by 15 minutes, with Shift by a day; Enter drops, Escape leaves"),
    ("?", "These keys"),
)


def day_dialog(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show a whole day over the calendar."""
    day = calendar.opened_day
    rows = rx.el.ul(rx.foreach(day.rows, lambda one: row(one, day, acts, "o")), class_name="list-rows")
    more = rx.cond(day.more > 0, rx.el.p(f"And {day.more} more: narrow them by the filters."), rx.fragment())
    foot: list[rx.Component] = [
        rx.el.a(icon("plus"), "Book on this day", href=f"/book?date={day.date}", class_name="button"),
    ]
    return dialog(day.name, rows, more, is_open=calendar.day_is_open, on_close=acts.close_day, foot=foot, look="wide")


def keys_dialog(calendar: Calendar, acts: Acts) -> rx.Component:
    """Show what the keys do."""
    lines = [rx.fragment(rx.el.dt(rx.el.kbd(keys)), rx.el.dd(words)) for keys, words in KEYS]
    return dialog("Keys", rx.el.dl(*lines, class_name="keys"), is_open=calendar.keys_are_open, on_close=acts.hide_keys)


def move_dialog(calendar: Calendar, acts: Acts) -> rx.Component:
    """Ask whether to move, saying who will be told; of a series, how far."""
    proposal = calendar.proposal
    scopes = rx.el.fieldset(
        rx.el.legend("This session repeats. Which dates?", class_name="strong"),
        *(
            rx.el.label(
                rx.el.input(type="radio", name="scope", value=scope.value, default_checked=scope == Scope.THIS),
                SCOPE_WORDS[scope],
                class_name="check",
            )
            for scope in Scope
        ),
    )
    form = rx.el.form(
        rx.el.p(rx.el.s(proposal.before, class_name="muted")),
        rx.el.p(rx.el.strong(proposal.after)),
        rx.foreach(proposal.warnings, lambda said: note(said, look="warn", icon_name="triangle-alert")),
        rx.cond(proposal.is_series, scopes, rx.fragment()),
        rx.el.p(icon("mail"), rx.el.span(proposal.told, " will be told."), class_name="move-told"),
        rx.el.div(
            button("Leave it as it was", on_click=acts.leave),
            button("Move", look="primary", type="submit", custom_attrs={"data-autofocus": ""}),
            class_name="row move-foot",
        ),
        on_submit=acts.confirm,
        class_name="stack",
    )
    return dialog(
        f"Move “{proposal.title}”?", form, is_open=proposal.session_id > 0, on_close=acts.leave, look="move-dialog"
    )


def undo_bar(calendar: Calendar, acts: Acts) -> rx.Component:
    """Offer to take the last move back, as long as nobody was told."""
    shown = rx.el.div(
        rx.el.span(calendar.undo_text), button("Undo", on_click=acts.undo, icon_name="undo-2"), class_name="undo-bar"
    )
    return rx.el.div(rx.cond(calendar.undo_text, shown, rx.fragment()), role="status")
