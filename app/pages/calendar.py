"""The calendar page. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.basics import link_button
from app.components.calendar_bar import bar, filters, nothing
from app.components.calendar_dialogs import day_dialog, keys_dialog, move_dialog, undo_bar
from app.components.calendar_list import week_list
from app.components.calendar_month import month
from app.components.calendar_parts import Acts, Calendar, board
from app.components.calendar_week import week
from app.components.shell import skeleton
from app.pages.session_parts import CARD_ON_LOAD, open_session, session_card_dialog
from app.pages.shell import shell
from app.state.calendar import CalendarState
from app.state.calendar_move import CalendarMoveState

ROUTE = "/calendar"
TITLE = "Calendar · Meridian"
ON_LOAD = [CalendarState.open_address, CalendarState.watch, *CARD_ON_LOAD]
STYLESHEETS = ["/calendar.css", "/session.css"]
SCRIPTS = ["/calendar.js", "/session.js", "/roster.js"]

CALENDAR = Calendar(
    view=CalendarState.view,
    day=CalendarState.day,
    address=CalendarState.address,
    heading=CalendarState.heading,
    weeks=CalendarState.weeks,
    columns=CalendarState.columns,
    ticks=CalendarState.ticks,
    sections=CalendarState.sections,
    line=CalendarState.line,
    first_minute=CalendarState.first_minute,
    is_empty=CalendarState.is_empty,
    why_empty=CalendarState.why_empty,
    statuses=CalendarState.statuses,
    kinds=CalendarState.kinds,
    programs=CalendarState.programs,
    chosen=CalendarState.chosen,
    mentor_word=CalendarState.mentor_word,
    mentee_word=CalendarState.mentee_word,
    mentor=CalendarState.mentor,
    mentee=CalendarState.mentee,
    typed_anew=CalendarState.typed_anew,
    opened_day=CalendarState.opened_day,
    day_is_open=CalendarState.day_is_open,
    keys_are_open=CalendarState.keys_are_open,
    proposal=CalendarMoveState.proposal,
    answers=CalendarMoveState.answers,
    undo_text=CalendarMoveState.undo_text,
)
ACTS = Acts(
    today=CalendarState.show_today,
    turn=CalendarState.turn,
    show_view=CalendarState.show_view,
    show_day=CalendarState.show_day,
    choose=CalendarState.choose,
    drop_filter=CalendarState.drop_filter,
    clear_filters=CalendarState.clear_filters,
    open_day=CalendarState.open_day,
    close_day=CalendarState.close_day,
    show_keys=CalendarState.show_keys,
    hide_keys=CalendarState.hide_keys,
    open_session=open_session,
    drop=CalendarMoveState.drop,
    confirm=CalendarMoveState.confirm,
    leave=CalendarMoveState.leave,
    undo=CalendarMoveState.undo,
)


def page() -> rx.Component:
    """Show the calendar as soon as its address was read."""
    book = link_button("Book Session", "/book", look="primary", icon_name="plus", custom_attrs={"data-key": "b"})
    return shell(
        rx.cond(CalendarState.is_ready, calendar(), skeleton()), title="Calendar", here="/calendar", actions=(book,)
    )


def calendar() -> rx.Component:
    """Compose the calendar."""
    shown = rx.match(
        CALENDAR.view,
        ("month", month(CALENDAR, ACTS)),
        ("list", week_list(CALENDAR, ACTS)),
        week(CALENDAR, ACTS),
    )
    return rx.fragment(
        board(
            bar(CALENDAR, ACTS),
            filters(CALENDAR, ACTS),
            rx.el.p(CALENDAR.heading, class_name="print-heading", aria_hidden="true"),
            nothing(CALENDAR, ACTS),
            shown,
            on_drop=ACTS.drop,
            id="calendar",
            class_name="calendar",
            custom_attrs={
                "data-address": CALENDAR.address,
                "data-page": CALENDAR.view.to(str) + " " + CALENDAR.day.to(str),
                "data-view": CALENDAR.view,
                "data-answers": CALENDAR.answers,
            },
        ),
        rx.el.div(id="calendar-says", role="status", class_name="visually-hidden"),
        undo_bar(CALENDAR, ACTS),
        day_dialog(CALENDAR, ACTS),
        keys_dialog(CALENDAR, ACTS),
        move_dialog(CALENDAR, ACTS),
        session_card_dialog(),
    )
