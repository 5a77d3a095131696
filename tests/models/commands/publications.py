"""Group sessions as a form would publish them."""

from datetime import datetime
from typing import Any

from app.models import clock
from app.models.drafts.groups import GroupDraft
from tests.models.factories import BERLIN, ONLINE, House, at


def group(house: House, start: datetime | None = None, **values: Any) -> GroupDraft:
    """A group session of the house's programme, in Berlin's wall time."""
    local = clock.wall(start or at(), BERLIN)
    times = {"day": local.date(), "at": local.time(), "zone": BERLIN, "minutes": 60}
    usual = {"title": "Chess", "details": "For beginners.", "minimum": 2, "maximum": 10, "meeting": ONLINE}
    return GroupDraft(**{"program_id": house.program_id} | times | usual | values)
