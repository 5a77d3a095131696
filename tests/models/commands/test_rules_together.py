"""Whatever is done in whatever order, the rules hold: no clash, no number twice, nobody without a seat."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import time_machine
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
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
    make_organisation,
    make_person,
    make_program,
    make_relationship,
    viewer,
)

STEPS = 40
MEETINGS = (ONLINE, Meeting(place=Place.IN_PERSON, address="Room 4"))
REPETITIONS = (Repetition(), Repetition(repeat=Repeat.DAILY, times=3), Repetition(repeat=Repeat.WEEKLY, times=2))
SCOPES = tuple(Scope)
OPEN = {Status.PENDING, Status.SCHEDULED}
CLOSED = {Status.TO_BE_ARRANGED, Status.CANCELLED}
Command = Callable[..., Any]
Statuses = set[Status]


class Rules:
    """Two mentors and two mentees in two programmes, all of them busy in the same four days."""

    def __init__(self, now: time_machine.Traveller, dice: Random) -> None:
        empty_tables()
        self.now, self.dice = now, dice
        make_organisation()
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
        self.seen: dict[int, tuple[str, datetime | None]] = {}

    def rows(self) -> list[Session]:
        with reading() as db:
            return list(db.exec(select(Session).order_by(Session.id)))  # pyright: ignore

    def tries(self, command: Command, among: Statuses, *args: object) -> Any:
        """Let one of its own people, or the boss, try something with a session it is meant for.

        A refusal is an answer like any other.
        """
        rows = [row for row in self.rows() if row.status in among]
        if not rows:
            return None
        row = self.dice.choice(rows)
        own = [one for one in self.people if one.person_id in people_of(row)]
        try:
            return do(command, self.dice.choice([*own, self.boss]), row.id, *args)
        except Refusal:
            return None

    def moment(self) -> dict[str, Any]:
        choice = self.dice.choice
        wall = clock.wall(at(choice((1, 2, 3, 4)), choice((9, 10, 11, 12)), choice((0, 30))), BERLIN)
        return {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": choice((30, 60, 90))}

    def books(self) -> None:
        mentor, mentee = self.people[self.dice.choice((0, 2))], self.people[self.dice.choice((1, 3))]
        draft = BookingDraft(
            program_id=self.dice.choice(self.programs),
            mentor_id=mentor.person_id,
            mentee_id=mentee.person_id,
            meeting=ONLINE,
            repetition=self.dice.choice(REPETITIONS),
            skips_clashes=self.dice.choice((True, False)),
            **self.moment(),
        )
        with suppress(Refusal):
            do(book, self.dice.choice([mentor, mentee, self.boss]), draft)

    def edits(self) -> None:
        meeting, scope = self.dice.choice(MEETINGS), self.dice.choice(SCOPES)
        self.tries(edit, OPEN, EditDraft(meeting=meeting, title="T", scope=scope, **self.moment()))

    def arranges(self) -> None:
        self.tries(arrange, CLOSED, EditDraft(meeting=ONLINE, **self.moment()))
        self.tries(arrange_again, {Status.MISSED}, EditDraft(meeting=ONLINE, **self.moment()))

    def drags(self) -> None:
        result = self.tries(move, OPEN, MoveDraft(scope=self.dice.choice(SCOPES), **self.moment()))
        if result:
            self.batches.append(result["batch_id"])

    def undoes(self) -> None:
        """Only the mover may; one of the five is."""
        if not self.batches:
            return
        batch_id = self.batches.pop()
        for person in [*self.people, self.boss]:
            with suppress(Refusal):
                do(undo_move, person, batch_id)

    def cancels(self) -> None:
        self.tries(cancel, OPEN, CancelDraft(reason="Ill", scope=self.dice.choice(SCOPES)))

    def deletes(self) -> None:
        self.tries(delete, OPEN, self.dice.choice(SCOPES))

    def reactivates(self) -> None:
        self.tries(reactivate, {Status.CANCELLED}, self.dice.choice(SCOPES))

    def accepts(self) -> None:
        self.tries(accept, {Status.PENDING}, self.dice.choice(SCOPES))

    def declines(self) -> None:
        self.tries(decline, {Status.PENDING}, "", self.dice.choice(SCOPES))

    def proposes(self) -> None:
        self.tries(propose, {Status.PENDING}, MoveDraft(**self.moment()))

    def meets(self) -> None:
        self.tries(self.dice.choice((enter, start, finish)), {Status.SCHEDULED, Status.LIVE})

    def waits(self) -> None:
        """Let the next session come near, and the clock do its work."""
        starts = [row.start_at for row in self.rows() if row.start_at and row.start_at > clock.now()]
        self.now.move_to(min(starts, default=clock.now()) + timedelta(minutes=self.dice.choice((1, 30, 80))))
        tick(clock.now())

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


DEEDS = (
    *(Rules.books, Rules.books, Rules.edits, Rules.arranges, Rules.drags, Rules.undoes, Rules.cancels),
    *(Rules.deletes, Rules.reactivates, Rules.accepts, Rules.declines, Rules.proposes, Rules.meets, Rules.waits),
)
CLAIMS = (
    Rules.nobody_is_in_two_places,
    Rules.numbers_are_unique_and_nothing_is_lost,
    Rules.both_have_a_seat_and_the_history_tells_of_each_change,
)


# Dice of its own: Hypothesis leaves most of a machine's rules out of each of its walks, and would hardly ever book.
@settings(max_examples=30, deadline=None, phases=(Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_rules_hold_whatever_is_done_in_whatever_order(seed: int) -> None:
    with time_machine.travel(NOW, tick=False) as now:
        rules = Rules(now, Random(seed))
        for _ in range(STEPS):
            deed = rules.dice.choice(DEEDS)
            note(deed.__name__)
            deed(rules)
            for claim in CLAIMS:
                claim(rules)
