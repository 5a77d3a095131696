"""What a row says of a handler, and the things its arguments reach for."""

from dataclasses import dataclass, field
from typing import Any

from app.models.queries.session_card import SessionCard
from app.state.login import SIGNED_IN
from tests.state.callers import MENTEE, MENTOR, PROGRAM

PLACE = {"place": "online", "platform": "zoom", "link": "https://evil.example/"}
BOOKED = PLACE | {"program": str(PROGRAM), "mentor": str(MENTOR), "mentee": str(MENTEE), "key": "a" * 32}
BOOKED |= {"date": "2026-03-20", "time": "10:00", "minutes": "60", "zone": "Europe/Berlin", "title": "Taken over"}
TIMES = {"day": "2026-03-20", "at": "10:00", "minutes": "60", "zone": "Europe/Berlin"}
EDITED = TIMES | PLACE | {"title": "Taken over"}


@dataclass(frozen=True)
class Row:
    """Who may call a handler, and how it is tried. `works_for` names whose call does change something."""

    open_to: str
    args: tuple[Any, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    path: str = "/"
    works_for: str = ""


def card(session_id: int, *args: Any, works_for: str = "", **values: Any) -> Row:
    """A step on the card of a foreign session, as if the tab had it open."""
    opened = {"card": SessionCard(id=session_id), "is_open": True, **values}
    return Row(SIGNED_IN, args, opened, f"/s/{session_id}", works_for)


def form(name: str, session_id: int, works_for: str, **fields: str) -> Row:
    """A form of such a card, sent; its fields carry its name."""
    sent = {f"{name}_{key}": value for key, value in fields.items()}
    return card(session_id, sent, works_for=works_for, form=name)
