"""Whatever is done in whatever order, the rules hold: no clash, no number twice, nobody without a seat."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import select

from app.models import clock
from app.models.commands.answering import accept, decline, propose
from app.models.commands.booking import arrange, arrange_again, book, reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import edit, move, undo_move
from app.models.commands.clockwork import tick
from app.models.commands.meeting import enter, finish, start
from app.models.database import reading
from app.models.drafts import BookingDraft, CancelDraft, EditDraft, Meeting, MoveDraft, Repetition
from app.models.errors import Refusal
from app.models.tables import Change, Program, Seat, Session
from app.models.words import OCCUPYING, Kind, Place, Rank, Repeat, Role, Scope, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    ONLINE,
    House,
    at,
    do,
    empty_tables,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_relationship,
    viewer,
)

hours = st.integers(9, 12)
days = st.integers(1, 4)
lengths = st.sampled_from((30, 60, 90))
halves = st.sampled_from((0, 30))
scopes = st.sampled_from(Scope)
who = st.integers(0, 2)
which = st.integers(0, 10_000)
meetings = st.sampled_from((ONLINE, Meeting(place=Place.IN_PERSON, address="Room 4")))
repeats = st.sampled_from(
    (Repetition(), Repetition(repeat=Repeat.DAILY, times=3), Repetition(repeat=Repeat.WEEKLY, times=2))
)


OPEN = {Status.PENDING, Status.SCHEDULED}
CLOSED = {Status.TO_BE_ARRANGED, Status.CANCELLED}
Command = Callable[..., Any]
Statuses = set[Status]


class Rules(RuleBasedStateMachine):
    """Two mentors and two mentees in two programmes, all of them busy in the same four days."""

    @initialize()
    def begin(self) -> None:
        empty_tables()
        self.traveller = time_machine.travel(NOW, tick=False)
        self.clock = self.traveller.start()
        strict, loose = make_house(session_count=2, asks_confirmation=True), make_program(allows_back_to_back=True)
        other = make_person("Olga Other")
        pupil = make_person("Pia Pupil")
        boss = make_person("Bea Boss", rank=Rank.OWNER)
        for person, role in ((strict.mentor.person_id, Role.MENTOR), (other, Role.MENTOR), (pupil, Role.MENTEE)):
            make_member(loose, person, role)
        make_relationship(loose, strict.mentor.person_id, pupil)
        make_group(House(loose, *(viewer(boss),) * 3, 0), at(3, 9), [pupil], host_id=strict.mentor.person_id)
        self.people = [strict.mentor, strict.mentee, viewer(other), viewer(pupil)]
        self.boss = viewer(boss)
        self.programs = (strict.program_id, loose)
        self.batches: list[str] = []
        self.booked = len(self.rows())
        self.seen: dict[int, tuple[str, datetime | None]] = {}

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            self.traveller.stop()

    def rows(self) -> list[Session]:
        with reading() as db:
            return list(db.exec(select(Session).order_by(Session.id)))  # pyright: ignore

    def tries(self, command: Command, person: int, number: int, among: Statuses, *args: object) -> Any:
        """Let one of its own people, or the boss, try something with a session it is meant for.

        A refusal is an answer like any other.
        """
        rows = [row for row in self.rows() if row.status in among]
        if not rows:
            return None
        row = rows[number % len(rows)]
        own = [one for one in self.people if one.person_id in people_of(row)]
        try:
            return do(command, [*own, self.boss][person % (len(own) + 1)], row.id, *args)
        except Refusal:
            return None

    def moment(self, day: int, hour: int, half: int, minutes: int) -> dict[str, object]:
        wall = clock.wall(at(day, hour, half), BERLIN)
        return {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": minutes}

    @rule(
        person=who,
        mentor=st.sampled_from((0, 2)),
        mentee=st.sampled_from((1, 3)),
        program=st.integers(0, 1),
        day=days,
        hour=hours,
        half=halves,
        minutes=lengths,
        repetition=repeats,
        skips=st.booleans(),
    )
    def books(self, person, mentor, mentee, program, day, hour, half, minutes, repetition, skips) -> None:
        draft = BookingDraft(
            program_id=self.programs[program],
            mentor_id=self.people[mentor].person_id,
            mentee_id=self.people[mentee].person_id,
            meeting=ONLINE,
            repetition=repetition,
            skips_clashes=skips,
            **self.moment(day, hour, half, minutes),
        )
        try:
            do(book, [self.people[mentor], self.people[mentee], self.boss][person], draft)
        except Refusal:
            return

    @rule(person=who, number=which, day=days, hour=hours, half=halves, minutes=lengths, meeting=meetings, scope=scopes)
    def edits(self, person, number, day, hour, half, minutes, meeting, scope) -> None:
        draft = EditDraft(meeting=meeting, title="T", scope=scope, **self.moment(day, hour, half, minutes))
        self.tries(edit, person, number, OPEN, draft)

    @rule(person=who, number=which, day=days, hour=hours, half=halves, minutes=lengths)
    def arranges(self, person, number, day, hour, half, minutes) -> None:
        draft = EditDraft(meeting=ONLINE, **self.moment(day, hour, half, minutes))
        self.tries(arrange, person, number, CLOSED, draft)
        self.tries(arrange_again, person, number, {Status.MISSED}, draft)

    @rule(person=who, number=which, day=days, hour=hours, half=halves, minutes=lengths, scope=scopes)
    def drags(self, person, number, day, hour, half, minutes, scope) -> None:
        draft = MoveDraft(scope=scope, **self.moment(day, hour, half, minutes))
        result = self.tries(move, person, number, OPEN, draft)
        if result:
            self.batches.append(result["batch_id"])

    @precondition(lambda self: self.batches)
    @rule()
    def undoes(self) -> None:
        """Only the mover may; one of the five is."""
        batch_id = self.batches.pop()
        for person in [*self.people, self.boss]:
            with suppress(Refusal):
                do(undo_move, person, batch_id)

    @rule(person=who, number=which, scope=scopes)
    def cancels(self, person, number, scope) -> None:
        self.tries(cancel, person, number, OPEN, CancelDraft(reason="Ill", scope=scope))

    @rule(person=who, number=which, scope=scopes)
    def deletes(self, person, number, scope) -> None:
        self.tries(delete, person, number, OPEN, scope)

    @rule(person=who, number=which, scope=scopes)
    def reactivates(self, person, number, scope) -> None:
        self.tries(reactivate, person, number, {Status.CANCELLED}, scope)

    @rule(person=who, number=which, scope=scopes, yes=st.booleans())
    def answers(self, person, number, scope, yes) -> None:
        if yes:
            self.tries(accept, person, number, {Status.PENDING}, scope)
        else:
            self.tries(decline, person, number, {Status.PENDING}, "", scope)

    @rule(person=who, number=which, day=days, hour=hours, half=halves, minutes=lengths)
    def proposes(self, person, number, day, hour, half, minutes) -> None:
        self.tries(propose, person, number, {Status.PENDING}, MoveDraft(**self.moment(day, hour, half, minutes)))

    @rule(person=who, number=which, command=st.sampled_from((enter, start, finish)))
    def meets(self, person, number, command) -> None:
        self.tries(command, person, number, {Status.SCHEDULED, Status.LIVE})

    @rule(minutes=st.sampled_from((1, 30, 80)))
    def waits(self, minutes) -> None:
        """Let the next session come near, and the clock do its work."""
        starts = [row.start_at for row in self.rows() if row.start_at and row.start_at > clock.now()]
        self.clock.move_to(min(starts, default=clock.now()) + timedelta(minutes=minutes))
        tick(clock.now())

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        with reading() as db:
            allowed = {p.id: p.allows_back_to_back for p in db.exec(select(Program))}
        standing = [row for row in self.rows() if row.status in OCCUPYING and row.deleted_at is None]
        for one, other in combinations(standing, 2):
            (start, end), (its_start, its_end) = times_of(one), times_of(other)
            overlap = start < its_end and its_start < end
            touch = end == its_start or its_end == start
            shared = people_of(one) & people_of(other)
            assert not (overlap and shared), (one, other)
            may_touch = allowed[one.program_id] and allowed[other.program_id]
            assert not (touch and one.host_id == other.host_id and not may_touch), (one, other)

    @invariant()
    def numbers_are_unique_and_nothing_is_lost(self) -> None:
        rows = self.rows()
        numbered = Counter((row.relationship_id, row.number) for row in rows if row.number)
        assert not numbered or max(numbered.values()) == 1
        for row in rows:
            if row.kind == Kind.ONE_TO_ONE and row.deleted_at is None:
                assert row.number, "a one-to-one keeps its number"
        ids = {row.id for row in rows}
        assert self.seen.keys() <= ids
        for row in rows:
            uid, recurrence_at = self.seen.get(row.id or 0, ("", None))
            if recurrence_at is not None:
                assert (row.uid, row.recurrence_at) == (uid, recurrence_at), "identities are kept"
        self.seen = {row.id or 0: (row.uid, row.recurrence_at) for row in rows}

    @invariant()
    def both_have_a_seat_and_the_history_tells_of_each_change(self) -> None:
        with reading() as db:
            seats = Counter(seat.session_id for seat in db.exec(select(Seat)))
            versions = Counter(change.session_id for change in db.exec(select(Change)) if change.session_id)
        for row in self.rows():
            assert seats[row.id or 0] == 2
            assert row.version == 1 + versions[row.id or 0]


def people_of(session: Session) -> set[int]:
    return {session.host_id} | ({session.mentee_id} if session.mentee_id else set())


def times_of(session: Session) -> tuple[datetime, datetime]:
    assert session.start_at is not None
    assert session.end_at is not None
    return session.start_at, session.end_at


TestRules = Rules.TestCase
TestRules.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
