"""The insights: for managers, each with their own programmes."""

from app.models.insights import Asked
from app.state.login import MANAGER as MANAGERS
from tests.state.callers import PROGRAM
from tests.state.rows.base import Row

PATH = f"/insights?program={PROGRAM}"

ROWS: dict[str, Row] = {
    "InsightsState.opened": Row(MANAGERS, path=PATH),
    "InsightsState.watch": Row(MANAGERS, values={"_reads": True, "_asked": Asked(program_id=PROGRAM)}),
    "InsightsState.choose_program": Row(MANAGERS, (str(PROGRAM),)),
    "InsightsState.choose_days": Row(MANAGERS, ({"from": "2026-01-05", "to": "2026-03-01"},)),
}
