"""A session to be inserted, with its seats, history and move. Pure."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from app.models.demo.people import Pair
from app.models.period import Period
from app.models.tables import Series
from app.models.words import Audience, Kind, Platform, SeatStatus, Status, Step

Values = dict[str, Any]


@dataclass
class Plan:
    """The values of one session's rows. What they refer to by id is filled in when they are written."""

    period: Period | None
    values: Values
    seats: list[Values] = field(default_factory=list[Values])
    changes: list[Values] = field(default_factory=list[Values])
    move: Values | None = None
    series: Series | None = None
    pair: Pair | None = None
    program_name: str = ""

    def __post_init__(self) -> None:
        if self.pair is not None:
            self.program_name = self.pair.team.flavour.name

    @property
    def slug(self) -> str:
        """The unguessable part of a group session's link, "" for one-to-one."""
        return self.values.get("slug") or ""

    def is_open(self, now: datetime) -> bool:
        """Whether it is a public session still to come that has places left."""
        if self.period is None or self.period.start < now + timedelta(days=2):
            return False
        enrolled = sum(seat["status"] == SeatStatus.ENROLLED for seat in self.seats)
        is_public = self.values.get("audience") == Audience.PUBLIC and self.values["status"] == Status.SCHEDULED
        return is_public and enrolled < self.values["maximum"]

    def seat(self, person_id: int, since: datetime, **values: Any) -> Values:
        """Add a seat."""
        made = {"person_id": person_id, "since": since, "status": SeatStatus.ENROLLED, **values}
        self.seats.append(made)
        return made

    def note(self, step: Step | str, at: datetime, actor_id: int | None, **values: Any) -> None:
        """Add a line to its history."""
        self.changes.append({"step": str(step), "at": at, "actor_id": actor_id, **values})


def new_uid() -> str:
    """Give a calendar UID (RFC 5545) that no other session has."""
    return f"{uuid4()}@meridian"


def online() -> Values:
    """Give the values of an online place."""
    room = secrets.token_hex(5)
    link = f"https://meet.example.org/{room}"
    return {"place": "online", "session_type": "Online", "platform": Platform.GOOGLE_MEET, "link": link}


def base(kind: Kind, program_id: int, host_id: int, created_at: datetime, by: int) -> Values:
    """Give the values every session has."""
    return {
        "kind": kind,
        "program_id": program_id,
        "host_id": host_id,
        "uid": new_uid(),
        "created_at": created_at,
        "created_by_id": by,
    }
