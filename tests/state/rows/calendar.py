"""The calendar."""

from datetime import date

from app.models.calendar_layout import View
from app.models.calendar_move import Dragged, Drop
from app.state.login import SIGNED_IN
from tests.models.factories import at
from tests.state.callers import BATCH, HOST, MANAGER, SCHEDULED
from tests.state.rows.base import Row

DROP = Drop(date(2026, 3, 20), 600, None, View.WEEK)
DRAG = Dragged(SCHEDULED, "", at(2), at(2, 18), 1, False, ())

ROWS: dict[str, Row] = {
    "CalendarState.open_address": Row(SIGNED_IN, path="/calendar"),
    "CalendarState.turn": Row(SIGNED_IN, (1,)),
    "CalendarState.show_today": Row(SIGNED_IN),
    "CalendarState.show_view": Row(SIGNED_IN, ("month",)),
    "CalendarState.show_day": Row(SIGNED_IN, ("2026-03-04",)),
    "CalendarState.choose": Row(SIGNED_IN, ("instructor", "Max")),
    "CalendarState.drop_filter": Row(SIGNED_IN, ("status", "pending")),
    "CalendarState.clear_filters": Row(SIGNED_IN),
    "CalendarState.open_day": Row(SIGNED_IN, ("2026-03-04",)),
    "CalendarState.close_day": Row(SIGNED_IN),
    "CalendarState.show_keys": Row(SIGNED_IN),
    "CalendarState.hide_keys": Row(SIGNED_IN),
    "CalendarState.watch": Row(SIGNED_IN),
    "CalendarMoveState.drop": Row(SIGNED_IN, (SCHEDULED, "2026-03-20", 600, 60)),
    "CalendarMoveState.confirm": Row(SIGNED_IN, ({},), {"_drop": DROP, "_dragged": DRAG}, works_for=MANAGER),
    "CalendarMoveState.leave": Row(SIGNED_IN),
    "CalendarMoveState.undo": Row(SIGNED_IN, values={"_batch": BATCH}, works_for=HOST),
    "CalendarMoveState.forget_undo": Row(SIGNED_IN, (BATCH,)),
}
