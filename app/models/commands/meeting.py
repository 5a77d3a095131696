"""The hour itself and what comes after: enter, start, finish, mark who came, record the outcome, write up, correct."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import clock, lifecycle, notices
from app.models.bigbluebutton import Room
from app.models.commands.steps import (
    Marks,
    change,
    check_place,
    grip,
    place_values,
)
from app.models.database import reading
from app.models.drafts import Meeting, OutcomeDraft, WriteUpDraft
from app.models.errors import Refusal
from app.models.permissions import Access, Viewer, facts_of
from app.models.tables import Organisation, Seat, Session
from app.models.words import Kind, NoticeKind, Part, Place, Platform, SeatStatus, Shown, Status, Step

OUTCOMES = {
    Shown.COMPLETED: Status.COMPLETED,
    Shown.MISSED: Status.MISSED,
    Shown.CANCELLED: Status.CANCELLED,
}


def enter(db: Db, viewer: Viewer, now: datetime, session_id: int, *, called: str = "") -> dict[str, Any]:
    """Go in: the first to do so starts the session.

    Gives the `link` to go to, and for a BigBlueButton room the address to be called first
    as `create` ("" otherwise). `called` is the name they gave themselves, "" for their own.
    """
    access = grip(db, viewer, now, session_id, Step.ENTER).access
    way = _way_in(db, access.session, viewer.person_id, called or viewer.name)
    _begin(db, viewer, now, access, Step.ENTER)
    return way


def enter_unknown(session_id: int, called: str) -> dict[str, Any]:
    """Give what `enter` gives to a browser that was told it has a place and has none, and note nothing.

    The address it sent had a place already, or may have none: to be turned away at the door would
    tell so. It was told that only while anybody could have had one.
    """
    with reading() as db:
        session = db.get_one(Session, session_id)
        lifecycle.next_status(facts_of(session), Step.ENTER, {Part.PARTICIPANT}, clock.now())
        return _way_in(db, session, 0, called)


def start(db: Db, viewer: Viewer, now: datetime, session_id: int) -> dict[str, Any]:
    """Start as the host, who is thereby there. Gives what `enter` gives; "" as link where nobody goes online."""
    access = grip(db, viewer, now, session_id, Step.START).access
    session, nowhere = access.session, {"link": "", "create": ""}
    way = _way_in(db, session, viewer.person_id, viewer.name) if session.place == Place.ONLINE else nowhere
    _begin(db, viewer, now, access, Step.START)
    return way


def finish(
    db: Db, viewer: Viewer, now: datetime, session_id: int, attended: Mapping[int, bool] | None = None
) -> dict[str, Any]:
    """End a live session; who came, where it is known by hand, comes first."""
    access = grip(db, viewer, now, session_id, Step.FINISH).access
    marks = _mark(access, attended or {})
    return {"status": close(db, viewer, now, access.session, access.seats, marks)}


def close(
    db: Db,
    actor: Viewer | None,
    now: datetime,
    session: Session,
    seats: Sequence[Seat],
    marks: Marks | None = None,
) -> Status:
    """End a live session whose row and seats are held, and say how it went.

    MISSED: one side of a one-to-one never came, or nobody but the host to a group. Online,
    whoever never entered was not there; in person or by call only a hand can say so.
    """
    if session.place == Place.ONLINE:
        for seat in seats:
            if seat.status == SeatStatus.ENROLLED and seat.attended is None:
                seat.attended = False
    status = outcome_of(session, seats)
    change(db, actor, session, Step.FINISH, now, {"status": status, "finished_at": now}, tells=False, marks=marks)
    return status


def outcome_of(session: Session, seats: Sequence[Seat]) -> Status:
    """Judge by the attendance whether a session took place; unknown counts as there."""
    enrolled = [seat for seat in seats if seat.status == SeatStatus.ENROLLED]
    if session.kind == Kind.ONE_TO_ONE:
        took_place = all(seat.attended is not False for seat in enrolled)
    else:
        took_place = any(seat.attended is not False for seat in enrolled if not seat.is_host)
    return Status.COMPLETED if took_place else Status.MISSED


def edit_meeting(db: Db, viewer: Viewer, now: datetime, session_id: int, meeting: Meeting) -> dict[str, Any]:
    """Change platform, link or passcode while the session runs; all else stays as it is (L6)."""
    session = grip(db, viewer, now, session_id, Step.EDIT_MEETING).pivot
    if meeting.place != session.place:
        raise Refusal.of("place", "The session has started: the way people meet stays.", "Change the link instead.")
    if meeting.place == Place.ONLINE:
        check_place(db, meeting)
    wanted = place_values(meeting)
    values = {name: wanted[name] for name in ("platform", "link", "passcode")}
    if all(getattr(session, name) == value for name, value in values.items()):
        return {"changed": 0}
    change(db, viewer, session, Step.EDIT_MEETING, now, values)
    db.flush()
    notices.tell(db, NoticeKind.CHANGED, [session], actor=viewer, now=now)
    return {"changed": 1}


def record(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: OutcomeDraft) -> dict[str, Any]:
    """Record what became of a session in person or by call: COMPLETED or MISSED, and who came."""
    access = grip(db, viewer, now, session_id, Step.RECORD).access
    if draft.outcome not in (Shown.COMPLETED, Shown.MISSED):
        raise Refusal.of("outcome", "Its time has passed.", "Record it as completed or missed.")
    _set_outcome(db, viewer, now, access, draft, Step.RECORD, finished_at=now)
    return {"status": access.session.status}


def mark_attendance(
    db: Db, viewer: Viewer, now: datetime, session_id: int, attended: Mapping[int, bool] | None = None
) -> dict[str, Any]:
    """Write down by hand who came to a group session, during it or after it; None: everybody did.

    Only people with a place are marked, the others are passed over. Nobody is told. Gives how
    many marks changed.
    """
    access = grip(db, viewer, now, session_id, Step.MARK).access
    marks = _mark(access, _all_of(access) if attended is None else attended)
    if marks:
        change(db, viewer, access.session, Step.MARK, now, {}, tells=False, marks=marks)
    return {"changed": len(marks)}


def write_up(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: WriteUpDraft) -> dict[str, Any]:
    """Keep what was covered, the next steps and who came (C6)."""
    access = grip(db, viewer, now, session_id, Step.WRITE_UP).access
    marks = _mark(access, draft.attended)
    texts = {"covered": draft.covered, "next_steps": draft.next_steps}
    if marks or any(getattr(access.session, name) != text for name, text in texts.items()):
        change(db, viewer, access.session, Step.WRITE_UP, now, texts | {"written_up_at": now}, tells=False, marks=marks)
    return {"session_id": session_id}


def correct(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: OutcomeDraft) -> dict[str, Any]:
    """Put the outcome or the attendance right afterwards; the note stays in the history (C7).

    No outcome occupies time, so nothing can clash.
    """
    access = grip(db, viewer, now, session_id, Step.CORRECT).access
    if not draft.note:
        raise Refusal.of("note", "The note is missing.", "Say why it is corrected: it stays in the history.")
    if draft.outcome not in OUTCOMES:
        raise Refusal.of("outcome", "This is no outcome.", "Choose completed, missed or cancelled.")
    _set_outcome(db, viewer, now, access, draft, Step.CORRECT)
    return {"status": access.session.status}


def _set_outcome(
    db: Db, viewer: Viewer, now: datetime, access: Access, draft: OutcomeDraft, step: Step, **values: Any
) -> None:
    marks = _mark(access, draft.attended)
    values |= {"status": OUTCOMES[draft.outcome]}
    change(db, viewer, access.session, step, now, values, tells=False, reason=draft.note, marks=marks)


def _begin(db: Db, viewer: Viewer, now: datetime, access: Access, step: Step) -> None:
    """Write down that the viewer is there; the first to come makes the session live."""
    session = access.session
    seat = next((seat for seat in access.seats if seat.person_id == viewer.person_id), None)
    is_new = seat is not None and seat.entered_at is None
    if seat is not None:
        seat.entered_at = seat.entered_at or now
        seat.attended = True
    marks = {f"attended.{viewer.person_id}": (None, True)} if is_new else {}
    if session.status != Status.LIVE:
        notices.hasten(db, [session.id or 0], now)
        change(db, viewer, session, step, now, {"status": Status.LIVE, "started_at": now}, tells=False, marks=marks)
    elif is_new:
        change(db, viewer, session, step, now, {}, tells=False, marks=marks)


def _all_of(access: Access) -> dict[int, bool]:
    return {seat.person_id: True for seat in access.seats}


def _mark(access: Access, attended: Mapping[int, bool]) -> Marks:
    """Set who came, for people who have a seat, and give what that changes."""
    marks: dict[str, tuple[Any, Any]] = {}
    for seat in access.seats:
        came = attended.get(seat.person_id, seat.attended)
        if seat.status == SeatStatus.ENROLLED and came != seat.attended:
            marks[f"attended.{seat.person_id}"] = (seat.attended, came)
            seat.attended = came
    return marks


def _way_in(db: Db, session: Session, person_id: int, name: str) -> dict[str, Any]:
    organisation = db.get(Organisation, 1)
    if session.link:
        return {"link": session.link, "create": ""}
    if session.platform != Platform.BIG_BLUE_BUTTON or organisation is None or not organisation.makes_rooms:
        raise Refusal.of("", "There is no meeting link yet.", "Ask the host to add one.")
    assert session.period is not None
    room = Room(
        server=organisation.bbb_url,
        secret=organisation.bbb_secret,
        key=f"meridian-{session.id}-{session.uid.partition('@')[0]}",
        title=session.name,
        minutes=session.period.minutes,
    )
    return {
        "link": room.join_url(person_id, name, moderates=person_id == session.host_id),
        "create": room.create_url(),
    }
