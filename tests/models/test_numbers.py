"""Whatever is done in whatever order: numbers never change, none is used twice, progress counts right (R2)."""

from collections.abc import Callable
from typing import Any

import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.models import clock
from app.models.commands.arranging_all import arrange_all
from app.models.commands.assigning import assign_pair
from app.models.commands.booking import arrange, book, reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import move
from app.models.commands.ending import end
from app.models.commands.handing_over import hand_over
from app.models.commands.recording import record_past
from app.models.commands.relationships import add_session
from app.models.database import reading
from app.models.drafts import CancelDraft, EditDraft, MoveDraft, Repetition
from app.models.drafts.relationships import ArrangeAllDraft, EndDraft, HandOverDraft, PairDraft, PastDraft
from app.models.errors import Refusal
from app.models.queries.relationships import load_progress
from app.models.tables import Relationship, Session
from app.models.words import Repeat, Role, Shown, Status
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    NOW,
    ONLINE,
    at,
    booking,
    do,
    empty_tables,
    make_house,
    make_member,
    make_person,
    rows_of,
    viewer,
)

which = st.integers(0, 10_000)
days, hours = st.integers(1, 6), st.integers(9, 14)
OPEN = {Status.PENDING, Status.SCHEDULED}


class Numbers(RuleBasedStateMachine):
    """One mentee and two mentors, between whom the pairs go to and fro."""

    @initialize()
    def begin(self) -> None:
        empty_tables()
        self.traveller = time_machine.travel(NOW, tick=False)
        self.traveller.start()
        self.house = make_house(session_count=2)
        other = make_person("Hedi Heir")
        make_member(self.house.program_id, other, Role.MENTOR)
        self.mentors = [self.house.mentor, viewer(other)]
        self.seen: dict[int, tuple[int | None, int | None]] = {}
        self.holders: dict[tuple[int | None, int | None], int] = {}
        self.nexts: dict[int, int] = {}
        self.completed: set[int] = set()

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            self.traveller.stop()

    def pair(self, number: int) -> Relationship:
        rows = rows_of(Relationship)
        return rows[number % len(rows)]

    def tries(self, command: Callable[..., Any], *args: object) -> Any:
        """Let the manager try; a refusal is an answer like any other."""
        try:
            return do(command, self.house.manager, *args)
        except Refusal:
            return None

    def tries_one(self, command: Callable[..., Any], number: int, among: set[Status], *args: object) -> None:
        rows = [row for row in rows_of(Session) if row.status in among and row.deleted_at is None]
        if rows:
            self.tries(command, rows[number % len(rows)].id, *args)

    def moment(self, day: int, hour: int) -> dict[str, Any]:
        wall = clock.wall(at(day, hour), BERLIN)
        return {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": 60}

    @rule(mentor=st.integers(0, 1), day=days, hour=hours, times=st.integers(1, 3), skips=st.booleans())
    def books(self, mentor: int, day: int, hour: int, times: int, skips: bool) -> None:
        repetition = Repetition(repeat=Repeat.DAILY, times=times)
        values: dict[str, Any] = {"repetition": repetition, "skips_clashes": skips}
        self.tries(book, booking(self.house, at(day, hour), mentor_id=self.mentors[mentor].person_id, **values))

    @rule(number=which, day=days, hour=hours)
    def arranges(self, number: int, day: int, hour: int) -> None:
        draft = EditDraft(meeting=ONLINE, **self.moment(day, hour))
        self.tries_one(arrange, number, {Status.TO_BE_ARRANGED, Status.CANCELLED}, draft)

    @rule(number=which, day=days, hour=hours)
    def moves(self, number: int, day: int, hour: int) -> None:
        self.tries_one(move, number, OPEN, MoveDraft(**self.moment(day, hour)))

    @rule(number=which)
    def cancels(self, number: int) -> None:
        self.tries_one(cancel, number, OPEN, CancelDraft(reason="Ill"))

    @rule(number=which)
    def reactivates(self, number: int) -> None:
        self.tries_one(reactivate, number, {Status.CANCELLED})

    @rule(number=which)
    def deletes(self, number: int) -> None:
        self.tries_one(delete, number, OPEN)

    @rule(number=which)
    def adds(self, number: int) -> None:
        self.tries(add_session, self.pair(number).id)

    @rule(number=which, day=days, hour=hours, weeks=st.sampled_from((1, 2)), skips=st.booleans())
    def arranges_all(self, number: int, day: int, hour: int, weeks: int, skips: bool) -> None:
        draft = ArrangeAllDraft(
            relationship_id=self.pair(number).id or 0,
            meeting=ONLINE,
            every_weeks=1 if weeks == 1 else 2,
            skips_clashes=skips,
            **self.moment(day, hour),
        )
        self.tries(arrange_all, draft)

    @rule(number=which, day=days, hour=hours, outcome=st.sampled_from((Shown.COMPLETED, Shown.MISSED)))
    def records_past(self, number: int, day: int, hour: int, outcome: Shown) -> None:
        times = self.moment(-day, hour)
        draft = PastDraft(relationship_id=self.pair(number).id or 0, meeting=IN_PERSON, outcome=outcome, **times)
        made = self.tries(record_past, draft)
        if made and outcome == Shown.COMPLETED:
            self.completed.add(made["session_id"])

    @rule(number=which)
    def hands_over(self, number: int) -> None:
        pair = self.pair(number)
        to = next(one.person_id for one in self.mentors if one.person_id != pair.mentor_id)
        self.tries(hand_over, HandOverDraft(from_id=pair.mentor_id, to_id=to, relationship_ids=(pair.id or 0,)))

    @rule(number=which)
    def ends(self, number: int) -> None:
        self.tries(end, EndDraft(relationship_id=self.pair(number).id or 0))

    @rule(mentor=st.integers(0, 1))
    def assigns(self, mentor: int) -> None:
        draft = PairDraft(
            program_id=self.house.program_id,
            mentor_id=self.mentors[mentor].person_id,
            mentee_id=self.house.mentee.person_id,
        )
        self.tries(assign_pair, draft)

    @invariant()
    def no_number_changes_or_is_used_twice(self) -> None:
        standing = {row.id or 0: row for row in rows_of(Session) if row.deleted_at is None}
        for row_id, row in standing.items():
            slot, before = (row.relationship_id, row.number), self.seen.get(row_id)
            assert row.number is not None
            if before is not None and before != slot:
                self.it_was_handed_over(before, slot)
            holder = self.holders.setdefault(slot, row_id)
            assert holder == row_id or holder not in standing, "only a deleted session gives its number up"
            self.holders[slot] = row_id
        assert len({(row.relationship_id, row.number) for row in standing.values()}) == len(standing)
        self.seen = {row_id: (row.relationship_id, row.number) for row_id, row in standing.items()}

    def it_was_handed_over(self, before: tuple[int | None, int | None], slot: tuple[int | None, int | None]) -> None:
        """Check a session that left its relationship: same number in a new one, next in line in one there was."""
        assert before[0] != slot[0], "within a relationship a number never changes"
        was_there = self.nexts.get(slot[0] or 0)
        assert slot[1] == before[1] if was_there is None else (slot[1] or 0) >= was_there

    @invariant()
    def numbers_only_grow(self) -> None:
        rows = rows_of(Session)
        for pair in rows_of(Relationship):
            assert pair.next_number >= self.nexts.get(pair.id or 0, 1)
            assert all((row.number or 0) < pair.next_number for row in rows if row.relationship_id == pair.id)
        self.nexts = {pair.id or 0: pair.next_number for pair in rows_of(Relationship)}

    @invariant()
    def progress_is_completed_of_all_that_are_not_deleted(self) -> None:
        rows = [row for row in rows_of(Session) if row.deleted_at is None]
        with reading() as db:
            found = load_progress(db, NOW, [*self.nexts])
        for pair_id in self.nexts:
            theirs = [row for row in rows if row.relationship_id == pair_id]
            done = sum(row.id in self.completed for row in theirs)
            assert (found[pair_id].done, found[pair_id].all) == (done, len(theirs))

    @invariant()
    def whoever_hosts_has_the_hosts_seat_and_the_pair_is_the_relationships(self) -> None:
        pairs = {pair.id: pair for pair in rows_of(Relationship)}
        for row in rows_of(Session):
            pair = pairs[row.relationship_id]
            assert (row.host_id, row.mentee_id) == (pair.mentor_id, pair.mentee_id)


TestNumbers = Numbers.TestCase
TestNumbers.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
