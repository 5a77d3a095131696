"""What a row would change of a session, and the forms' drafts that say so. Pure; used to check and to carry out.

A change holds only what its row fills in; the rest is taken from the session as it is when the draft is made.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.models import clock
from app.models.drafts import EditDraft, Meeting
from app.models.drafts.base import read
from app.models.drafts.groups import GroupDraft
from app.models.seats import IN, Seating
from app.models.tables import Session
from app.models.uploads.sessions.cells import Parsed
from app.models.uploads.sessions.columns import MEETING, WORDS
from app.models.words import Place, Platform, SeatStatus

Change = Mapping[str, Any]
PLAIN = ("title", "details", "minimum", "maximum", *WORDS)


def change_of(row: Parsed) -> dict[str, Any]:
    """Give what a row fills in, as plain JSON by the drafts' names; people are not among it."""
    found: dict[str, Any] = {}
    for name in ("title", "details", *WORDS, "link", "passcode"):
        if name in row.filled:
            value = getattr(row.texts, name)
            found[name] = list(value) if isinstance(value, tuple) else value
    for name in ("minimum", "maximum", "minutes", "platform"):
        if (value := getattr(row, name)) is not None:
            found[name] = value
    if row.day:
        found["day"] = row.day.isoformat()
    if row.at:
        found["at"] = f"{row.at:%H:%M}"
    if row.zone:
        found["zone"] = row.zone
    return found


def times_after(session: Session, change: Change) -> dict[str, Any]:
    """Give the wall time a session would have; empty cells keep theirs, as it is in the zone of the row."""
    assert session.period is not None
    zone = change.get("zone", session.zone)
    wall = clock.wall(session.period.start, zone)
    return {
        "day": change.get("day", wall.date().isoformat()),
        "at": change.get("at", f"{wall:%H:%M}"),
        "zone": zone,
        "minutes": change.get("minutes", session.period.minutes),
    }


def wall_after(session: Session, change: Change) -> datetime:
    """Give the same as one naive wall time."""
    times = times_after(session, change)
    return datetime.fromisoformat(f"{times['day']}T{times['at']}")


def meeting_after(session: Session, change: Change) -> dict[str, Any]:
    """Give how people would meet. Another platform forgets the link and the passcode of the old one."""
    kept = {"place": session.place, "session_type": session.session_type, "address": session.address}
    if not any(name in change for name in MEETING):
        online = session.place == Place.ONLINE
        platform = session.platform or Platform.BIG_BLUE_BUTTON
        return kept | {"platform": platform, "link": session.link if online else "", "passcode": session.passcode}
    platform = change.get("platform", session.platform or Platform.BIG_BLUE_BUTTON)
    is_same = session.place == Place.ONLINE and platform == session.platform
    return {
        "place": Place.ONLINE,
        "session_type": session.session_type if session.place == Place.ONLINE else "",
        "address": "",
        "platform": platform,
        "link": change.get("link", session.link if is_same else ""),
        "passcode": change.get("passcode", session.passcode if is_same else ""),
    }


def edit_draft(session: Session, change: Change) -> EditDraft:
    """Make the edit form of a one-to-one session."""
    texts = {name: change.get(name, getattr(session, name)) for name in ("title", "details")}
    return read(EditDraft, times_after(session, change) | texts | {"meeting": meeting_after(session, change)})


def group_draft(session: Session, change: Change, invited: Collection[int] = ()) -> GroupDraft:
    """Make the form of a group session that exists."""
    plain = {name: change.get(name, getattr(session, name)) for name in PLAIN}
    return read(
        GroupDraft,
        times_after(session, change)
        | plain
        | {
            "program_id": session.program_id,
            "image": session.image,
            "meeting": meeting_after(session, change),
            "invites": {"person_ids": tuple(invited)},
        },
    )


def meeting_draft(session: Session, change: Change) -> Meeting:
    """Make the form of the meeting's details."""
    return read(Meeting, meeting_after(session, change))


def list_after(seating: Seating, wanted: Collection[int]) -> tuple[list[int], list[int]]:
    """Give whom a list of mentees would invite, and from whom it would take their place.

    In a public session people come by themselves too, so only open invitations are taken back there.
    """
    out = IN | {SeatStatus.INVITED} if seating.is_private else {SeatStatus.INVITED}
    new = [one for one in wanted if seating.status(one) not in IN | {SeatStatus.INVITED}]
    gone = [
        one.person_id
        for one in seating.places.values()
        if not one.is_host and one.person_id not in wanted and one.status in out
    ]
    return new, sorted(gone)
