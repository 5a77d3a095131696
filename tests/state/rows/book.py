"""The booking page."""

from app.state.book_form import DEFAULTS
from app.state.login import SIGNED_IN
from tests.state.callers import MANAGER, MENTEE, PROGRAM
from tests.state.rows.base import BOOKED, Row

ROWS: dict[str, Row] = {
    "BookState.opened": Row(SIGNED_IN),
    "BookState.fill_in": Row(SIGNED_IN, ({"fields": BOOKED},)),
    "BookState.change": Row(SIGNED_IN, (BOOKED,)),
    "BookState.search": Row(SIGNED_IN, ("mentee", "Mia")),
    "BookState.close_search": Row(SIGNED_IN),
    "BookState.choose": Row(SIGNED_IN, ("mentee", MENTEE)),
    "BookState.choose_program": Row(SIGNED_IN, (str(PROGRAM),)),
    "BookState.take_time": Row(SIGNED_IN, ("2026-03-20", "10:00")),
    "BookState.submit": Row(SIGNED_IN, (BOOKED,), works_for=MANAGER),
    "BookState.start_again": Row(SIGNED_IN),
    "BookState.watch": Row(SIGNED_IN, values={"is_ready": True, "_fields": DEFAULTS | BOOKED}),
}
