"""Erasing a person."""

from app.state.login import MANAGER as MANAGERS
from tests.state.callers import MENTEE
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "PersonEraseState.open_erase": Row(MANAGERS, (MENTEE,)),
    "PersonEraseState.close_erase": Row(MANAGERS),
    "PersonEraseState.submit_erase": Row(MANAGERS, ({"erase_typed": "someone@example.org"},), {"person_id": MENTEE}),
}
