"""Registering for a public group session without an account (G9): a name and an e-mail, no password.

Many come in the same minute, so those who wait are written together, in the order in which they
came, in one transaction a group: the session's rows are counted once, under its lock. Whether
an address is known is not to be told from the answer: who has a place already is answered as
a newcomer would be, and reads the truth in their mail.
"""

import os
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import hub
from app.models.commands.people import new_slug
from app.models.commands.seating import Room, hold, require_open, save
from app.models.database import transaction
from app.models.drafts.seats import RegisterDraft
from app.models.errors import NotFound, Refusal
from app.models.folding import fold, search_text
from app.models.place_marks import NO_TAKING, taken_at
from app.models.seats import IN
from app.models.tables import Change, Organisation, Person, Session
from app.models.takings import REMINDED, TAKEN
from app.models.words import Audience, Rank, SeatStatus

REPEAT = timedelta(minutes=10)
"""A form that is sent again this soon is a double click or a retry, and gets the same answer."""
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Registered:
    """What a visitor is told: "enrolled", "unconfirmed" (look into your mail) or "waiting", at which position.

    The rest is for the door alone, to mark the browser with: whose place it took, 0 for nobody's
    (the address was known, and the answer is a newcomer's), by which taking, until when, and the
    secret to write it with.
    """

    status: SeatStatus
    position: int
    session_id: int
    person_id: int
    taking: str
    until: datetime
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Entry:
    """One registration that waits to be written."""

    slug: str
    draft: RegisterDraft
    now: datetime
    answer: "Future[Registered]"


@dataclass(frozen=True)
class _Known:
    """A person behind an address."""

    id: int
    is_active: bool


def register(slug: str, draft: RegisterDraft, now: datetime) -> Registered:
    """Take a place for a visitor, or one on the waiting list; give where they stand.

    An existing person keeps their name. Raises NotFound for an address of no public session,
    StepRefused when it is over or cancelled, Refusal where visitors are not let in (no field) or
    the organisation's consent text was not agreed to (`consents`).
    """
    return submit(slug, draft, now).result()


def submit(slug: str, draft: RegisterDraft, now: datetime) -> "Future[Registered]":
    """Queue a registration; the future gives what `register` gives, or raises it, once it is committed."""
    answer: Future[Registered] = Future()
    answer.set_running_or_notify_cancel()  # whoever closes the page now has sent the form all the same
    return _desk().submit(Entry(slug, draft, now, answer))


class _Desk:
    """One clerk for this process: it takes all who wait at once, so that the write lock is asked for once."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.waiting: deque[Entry] = deque()
        self.clerk = ThreadPoolExecutor(1, thread_name_prefix="registering")

    def submit(self, entry: Entry) -> "Future[Registered]":
        self.waiting.append(entry)
        self.clerk.submit(self._serve)
        return entry.answer

    def _serve(self) -> None:
        entries: list[Entry] = []
        while self.waiting and len(entries) < MOST_AT_ONCE:
            entries.append(self.waiting.popleft())
        if entries:
            _serve(entries)


_desks: list[_Desk] = []
_opening = threading.Lock()


def _desk() -> _Desk:
    with _opening:
        if not _desks or _desks[0].process != os.getpid():  # a thread does not outlive a fork
            _desks[:] = [_Desk()]
        return _desks[0]


def _serve(entries: Sequence[Entry]) -> None:
    """Write a group; should the database refuse it, each by itself, so that one cannot spoil it for all."""
    try:
        answers = write(entries)
    except SQLAlchemyError as error:
        if len(entries) == 1:
            entries[0].answer.set_exception(error)
            return
        for entry in entries:
            _serve([entry])
        return
    except BaseException as error:
        for entry in entries:
            entry.answer.set_exception(error)
        raise
    hub.wake()
    for entry, answer in zip(entries, answers, strict=True):
        if isinstance(answer, Refusal):
            entry.answer.set_exception(answer)
        else:
            entry.answer.set_result(answer)


def write(entries: Sequence[Entry]) -> list[Registered | Refusal]:
    """Register a group in one transaction, in its order."""
    with transaction() as db:
        house = db.get_one(Organisation, 1)
        rooms = _rooms(db, {entry.slug for entry in entries})
        refused = [_why_not(house, rooms.get(entry.slug), entry) for entry in entries]
        let_in = [entry for entry, refusal in zip(entries, refused, strict=True) if refusal is None]
        people = _people(db, [entry.draft for entry in let_in], let_in[0].now) if let_in else {}
        hall = _Hall(db, house, rooms, people, {})
        answers = [refusal or hall.seat(entry) for entry, refusal in zip(entries, refused, strict=True)]
        hall.save(entries)
    return answers


@dataclass
class _Hall:
    """The sessions that a group registers for, and whom of the group they let in so far."""

    db: Db
    house: Organisation
    rooms: dict[str, Room]
    people: dict[str, _Known]
    new: dict[tuple[int, int], dict[str, Any]]

    def seat(self, entry: Entry) -> Registered:
        """Seat one of them, and say what they are told."""
        room, person = self.rooms[entry.slug], self.people[entry.draft.email]
        seating = room.seating
        if not person.is_active:
            return self._as_newcomer(room, entry.now)
        if seating.status(person.id) in IN:
            return self._again(room, person.id, entry)
        seating.join(person.id, entry.now, TAKEN, holds=room.program.confirms_visitors)
        by, taking = _form_mark(entry.draft), token_hex(6)
        self.new[room.id, person.id] = {"by": by, "taking": taking, "consent": self.house.consent_text}
        happened = seating.events[-1]
        return self._answer(room, person.id, happened.after, happened.position, taking)

    def save(self, entries: Iterable[Entry]) -> None:
        """Write down what happened in every session."""
        now = max(entry.now for entry in entries)
        for room in self.rooms.values():
            facts = {person_id: after for (room_id, person_id), after in self.new.items() if room_id == room.id}
            save(self.db, room, now, facts=facts)

    def _again(self, room: Room, person_id: int, entry: Entry) -> Registered:
        """Answer who is in already: with the truth if it is the same form once more, else as a newcomer and by mail.

        Not by mail each time, for whoever types an address need not be its owner.
        """
        lately = self._lately(room, person_id, entry.now)
        if entry.draft.key and (taking := lately.get(_form_mark(entry.draft))):
            place = room.seating.places[person_id]
            return self._answer(room, person_id, place.status, room.seating.position(person_id), taking)
        if REMINDED not in lately and (room.id, person_id) not in self.new:
            room.seating.remind(person_id, entry.now, REMINDED)
            self.new[room.id, person_id] = {"by": REMINDED}
        return self._as_newcomer(room, entry.now)

    def _lately(self, room: Room, person_id: int, now: datetime) -> dict[str, str]:
        """Give the takings of the forms that registered this person a moment ago; and whether they were reminded."""
        new = self.new.get((room.id, person_id))
        recent = select(Change.after).where(
            Change.session_id == room.id,
            Change.person_id == person_id,
            col(Change.step).in_((TAKEN, REMINDED)),
            col(Change.at) > now - REPEAT,
        )
        known = (*self.db.exec(recent.order_by(col(Change.id))), *([new] if new else []))
        return {after.get("by", ""): after.get("taking", NO_TAKING) for after in known}

    def _as_newcomer(self, room: Room, now: datetime) -> Registered:
        seating = room.seating
        seating.settle(now)
        status, position = SeatStatus.WAITING, seating.count(SeatStatus.WAITING) + 1
        if seating.has_room(now):
            status, position = SeatStatus.UNCONFIRMED if room.program.confirms_visitors else SeatStatus.ENROLLED, 0
        return self._answer(room, 0, status, position, taken_at(now))

    def _answer(self, room: Room, person_id: int, status: SeatStatus, position: int, taking: str) -> Registered:
        assert room.session.end_at is not None
        return Registered(status, position, room.id, person_id, taking, room.session.end_at, self.house.secret)


def _rooms(db: Db, slugs: set[str]) -> dict[str, Room]:
    """Take hold of the sessions at these addresses, in the order of their ids; what is not public is not there."""
    public = select(Session.id, Session.slug).where(
        col(Session.slug).in_(slugs), Session.audience == Audience.PUBLIC, col(Session.deleted_at).is_(None)
    )
    found = db.exec(public.order_by(col(Session.id))).all()
    return {slug: hold(db, session_id) for session_id, slug in found if slug and session_id}


def _why_not(house: Organisation, room: Room | None, entry: Entry) -> Refusal | None:
    """Say why this registration is refused, whoever sent it."""
    if room is None:
        return NotFound("session")
    try:
        require_open(room.session, entry.now)
    except Refusal as refusal:
        return refusal
    if not room.program.allows_visitors:
        return Refusal.of("", "This session is for members only.", "Sign in to join it.")
    if house.consent_text and not entry.draft.consents:
        return Refusal.of("consents", "Your consent is missing.", "Tick the box to register.")
    return None


def _people(db: Db, drafts: Sequence[RegisterDraft], now: datetime) -> dict[str, _Known]:
    """Find the people of these addresses; who is new is written down, each address once whoever else writes it."""
    by_email = {draft.email: draft for draft in reversed(drafts)}
    known = _find(db, by_email)
    new = sorted(by_email.keys() - known.keys())  # in one order, so that two workers cannot wait for each other
    if not new:
        return known
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    rows = [_visitor(by_email[email], now) for email in new]
    db.execute(dialect.insert(Person).on_conflict_do_nothing(index_elements=["email"]), rows)
    return known | _find(db, new)


def _find(db: Db, emails: Iterable[str]) -> dict[str, _Known]:
    asked = sa.select(col(Person.email), col(Person.id), col(Person.deactivated_at))
    rows = db.execute(asked.where(col(Person.email).in_(list(emails)))).all()
    return {email: _Known(person_id, gone is None) for email, person_id, gone in rows}


def _visitor(draft: RegisterDraft, now: datetime) -> dict[str, Any]:
    first, _, last = draft.name.partition(" ")
    return {
        "email": draft.email,
        "first_name": first,
        "last_name": last,
        "search_text": search_text(first, last, draft.email),
        "password_hash": None,
        "rank": Rank.NONE,
        "zone": "",
        "browser_zone": draft.zone,
        "bio": "",
        "slug": new_slug(first, last),
        "mails_messages": True,
        "feed_number": 0,
        "deactivated_at": None,
        "created_at": now,
    }


def _form_mark(draft: RegisterDraft) -> str:
    return sha256(f"{fold(draft.name)}\0{draft.key}".encode()).hexdigest()[:16]
