"""A mentor's open hours."""

from app.models.queries.availability import WEEKDAYS, HoursPage, OpenDay, Stretch
from app.state.login import SIGNED_IN
from tests.models.factories import BERLIN
from tests.state.callers import MANAGER, MENTOR
from tests.state.rows.base import Row

WEEK = [OpenDay("Monday", [Stretch("09:00", "17:00")]), *(OpenDay("Another") for _ in range(6))]
SHOWN = HoursPage(
    person_id=MENTOR,
    is_limited=True,
    zone=BERLIN,
    weekly=[OpenDay(name, [Stretch("09:00", "17:00")] if name == "Monday" else []) for name in WEEKDAYS],
)
"""What is stored of the mentor, so that what follows is not refused as out of date."""
THEIRS = {"_person_id": MENTOR, "zone": "UTC", "is_limited": True, "page": SHOWN}
HOURS = THEIRS | {"weekly": WEEK, "days": [OpenDay("Tuesday", [], "2026-03-10")]}

ROWS: dict[str, Row] = {
    "HoursState.opened": Row(SIGNED_IN, path=f"/availability?person={MENTOR}"),
    "HoursState.limit": Row(SIGNED_IN, (False,), HOURS),
    "HoursState.set_zone": Row(SIGNED_IN, ("UTC",), HOURS),
    "HoursState.set_time": Row(SIGNED_IN, ("weekly", 0, 0, "start", "10:00"), HOURS),
    "HoursState.add_hours": Row(SIGNED_IN, ("weekly", 0), HOURS),
    "HoursState.drop_hours": Row(SIGNED_IN, ("weekly", 0, 0), HOURS),
    "HoursState.copy_monday": Row(SIGNED_IN, (), HOURS),
    "HoursState.add_day": Row(SIGNED_IN, ({"different_day": "2026-03-20"},), HOURS),
    "HoursState.drop_day": Row(SIGNED_IN, (0,), HOURS),
    "HoursState.save": Row(SIGNED_IN, (), HOURS, works_for=MANAGER),
}
