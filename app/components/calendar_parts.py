"""What the calendar's components are given: its Vars and its handlers, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.element import Element


@dataclass(frozen=True)
class Calendar:
    """The Vars a calendar is drawn from."""

    view: Any
    day: Any
    address: Any
    heading: Any
    weeks: Any
    columns: Any
    ticks: Any
    sections: Any
    line: Any
    first_minute: Any
    is_empty: Any
    why_empty: Any
    statuses: Any
    kinds: Any
    programs: Any
    chosen: Any
    mentor_word: Any
    mentee_word: Any
    mentor: Any
    mentee: Any
    typed_anew: Any
    opened_day: Any
    day_is_open: Any
    keys_are_open: Any
    proposal: Any
    answers: Any
    undo_text: Any


@dataclass(frozen=True)
class Acts:
    """What can be done in it."""

    today: Any
    turn: Callable[..., Any]
    show_view: Callable[..., Any]
    show_day: Callable[..., Any]
    choose: Callable[..., Any]
    drop_filter: Callable[..., Any]
    clear_filters: Any
    open_day: Callable[..., Any]
    close_day: Any
    show_keys: Any
    hide_keys: Any
    open_session: Callable[..., Any]
    drop: Any
    confirm: Any
    leave: Any
    undo: Any


def of_drop(event: rx.Var[Any]) -> tuple[rx.Var[int], rx.Var[str], rx.Var[int], rx.Var[int]]:
    """Take apart the drop that calendar.js sends: the session, the day, the minute, the length."""
    detail = f"{event!s}.nativeEvent.detail"
    return (
        rx.Var(f"{detail}.id", _var_type=int),
        rx.Var(f"{detail}.day", _var_type=str),
        rx.Var(f"{detail}.minute", _var_type=int),
        rx.Var(f"{detail}.minutes", _var_type=int),
    )


class Board(Element):
    """The area that sessions are dropped on. calendar.js sends it a "drop" of its own, by mouse or keys."""

    tag = "div"
    on_drop: rx.EventHandler[of_drop]


board = Board.create
