"""What a person changes about themself."""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import history
from app.models.clock import zone_named
from app.models.permissions import Viewer
from app.models.tables import Person


def note_browser_zone(db: Db, viewer: Viewer, now: datetime, zone: str) -> dict[str, Any]:
    """Remember the zone the person's browser is in. A zone they chose themself goes before it."""
    zone_named(zone)
    person = db.get_one(Person, viewer.person_id)
    if person.browser_zone != zone:
        before = {"browser_zone": person.browser_zone}
        person.browser_zone = zone
        after = {"browser_zone": zone}
        history.record(db, viewer, "browser_zone", now=now, person_id=person.id, before=before, after=after)
    return {}
