"""A group session's places on its card: how many are taken, where the viewer stands, and what they may do about it.

It counts and never names: who the others are is in `session_people`, for the host and managers.
"""

from dataclasses import dataclass, field
from datetime import datetime

from app.models import seats
from app.models.permissions import Access, Viewer
from app.models.seats import Seating
from app.models.tables import Seat, Session
from app.models.words import Audience, Kind, Part, SeatStatus, Status

JOIN, LEAVE, REMOVE = "take_place", "leave_place", "remove_person"
ACCEPT, DECLINE = "accept_invitation", "decline_invitation"


@dataclass(frozen=True)
class CardRoom:
    """The places of a group session; the host is counted in none of the figures (L3).

    `steps` are what the viewer may do about their own place, and REMOVE about others'. `warning`
    says that too few come. `link` is the public page. `runs`: the viewer is told who the others are.
    """

    enrolled: int = 0
    places: int = 0
    invited: int = 0
    waiting: int = 0
    declined: int = 0
    left: int = 0
    words: str = ""
    warning: str = ""
    standing: str = ""
    standing_words: str = ""
    leaving: str = ""
    steps: list[str] = field(default_factory=list[str])
    link: str = ""
    runs: bool = False


def seating_of(session: Session, rows: list[Seat]) -> Seating:
    """Give the working copy of seats that were read, to count by the same rules as the commands do."""
    places = {
        row.person_id: seats.Place(row.person_id, SeatStatus(row.status), row.since, row.id, row.is_host)
        for row in rows
    }
    return Seating(session.maximum, session.audience == Audience.PRIVATE, places)


def card_room(viewer: Viewer, access: Access, seating: Seating, now: datetime) -> CardRoom:
    """Say how a group session is filled, for one viewer; nothing of a one-to-one. Reads nothing."""
    session = access.session
    if session.kind != Kind.GROUP:
        return CardRoom()
    runs = bool(access.parts & {Part.MANAGER, Part.HOST})
    is_open = _is_open(session, now)
    standing = _standing(viewer, access, seating)
    enrolled = seating.count(*seats.INSIDE)
    invited = seating.count(SeatStatus.INVITED) if runs else 0
    waiting = seating.count(SeatStatus.WAITING)
    return CardRoom(
        enrolled=enrolled,
        places=session.maximum - 1,
        invited=invited,
        waiting=waiting,
        declined=seating.count(SeatStatus.DECLINED) if runs else 0,
        left=seating.count(SeatStatus.WITHDRAWN) if runs else 0,
        words=_words(enrolled, session.maximum - 1, invited, waiting),
        warning=_warning(session, enrolled) if runs and is_open else "",
        standing=standing if is_open else "",
        standing_words=_standing_words(viewer, standing, seating, now) if is_open else "",
        leaving=_leaving(standing, waiting, seating),
        steps=_steps(viewer, access, standing, runs=runs) if is_open else [],
        link=f"/g/{session.slug}" if session.slug else "",
        runs=runs,
    )


def _is_open(session: Session, now: datetime) -> bool:
    if session.status == Status.LIVE:
        return True
    return session.status == Status.SCHEDULED and session.end_at is not None and session.end_at > now


def _standing(viewer: Viewer, access: Access, seating: Seating) -> str:
    if access.session.host_id == viewer.person_id:
        return "host"
    return str(seating.status(viewer.person_id) or "")


def _words(enrolled: int, places: int, invited: int, waiting: int) -> str:
    said = [f"{enrolled} of {places} place{'' if places == 1 else 's'} taken"]
    said += [f"{invited} invited"] if invited else []
    said += [f"{waiting} on the waiting list"] if waiting else []
    return " · ".join(said)


def _warning(session: Session, enrolled: int) -> str:
    missing = session.minimum - 1 - enrolled
    if missing <= 0 or session.status != Status.SCHEDULED:
        return ""
    more = "1 more person is" if missing == 1 else f"{missing} more people are"
    return f"{more} needed: at least {session.minimum}, the host counted."


def _standing_words(viewer: Viewer, standing: str, seating: Seating, now: datetime) -> str:
    if standing == SeatStatus.WAITING:
        number = seating.position(viewer.person_id)
        return f"You are number {number} on the waiting list. You move up when a place is free, and get a mail."
    if standing == SeatStatus.INVITED:
        return _invited_words(seating, now)
    return {
        "host": "You are attending!",
        SeatStatus.ENROLLED: "You are attending!",
        SeatStatus.UNCONFIRMED: "A place is held for you for half an hour: confirm it from the e-mail.",
    }.get(standing, "")


def _invited_words(seating: Seating, now: datetime) -> str:
    if seating.is_private:
        return "You are invited. A place is kept for you."
    if seating.has_room(now):
        return "You are invited. The places go to those who come first."
    return "You are invited. All places are taken now: accept, and you are on the waiting list."


def _leaving(standing: str, waiting: int, seating: Seating) -> str:
    if standing == SeatStatus.WAITING:
        return "You give up your number on the waiting list, and everybody behind you moves up."
    if waiting:
        return "Your place goes to the first on the waiting list at once."
    again = " The link lets you come back." if seating.is_private else " You can join again while there are places."
    return "Your place is free for somebody else." + again


def _steps(viewer: Viewer, access: Access, standing: str, *, runs: bool) -> list[str]:
    is_in = standing in seats.IN
    own = [LEAVE] if is_in else [ACCEPT, DECLINE] if standing == SeatStatus.INVITED else []
    is_new = standing in ("", SeatStatus.DECLINED, SeatStatus.WITHDRAWN)
    joins = is_new and access.session.audience == Audience.PUBLIC and viewer.manages(access.session.program_id)
    return [*own, *([JOIN] if joins else []), *([REMOVE] if runs else [])]
