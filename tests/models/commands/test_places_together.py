"""Whoever joins, leaves, invites, answers or resizes in whatever order, the places come out exact."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import Session as Db

from app.models import clock
from app.models.commands import enrolling, inviting
from app.models.commands.registering import register
from app.models.database import reading
from app.models.drafts.seats import InviteDraft, RegisterDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.seats import HOLD, INSIDE
from app.models.tables import Change, Person, Seat, Session
from app.models.words import Audience, NoticeKind, Role, SeatStatus
from tests.models.factories import (
    NOW,
    at,
    do,
    empty_tables,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    notices,
    rows_of,
    session,
    viewer,
)

PEOPLE = 7
who = st.integers(0, PEOPLE - 1)
several = st.lists(who, min_size=1, max_size=4, unique=True)
BY_STEP = {
    "promote": NoticeKind.PROMOTED,
    "put_back": NoticeKind.PUT_BACK,
    "leave": NoticeKind.LEFT,
    "remove": NoticeKind.REMOVED,
    "invite": NoticeKind.INVITED,
    "expire_hold": None,
    "decline_invitation": None,
}
BY_STATUS = {
    SeatStatus.ENROLLED: NoticeKind.ENROLLED,
    SeatStatus.WAITING: NoticeKind.WAITING,
    SeatStatus.UNCONFIRMED: NoticeKind.CONFIRM,
}


def notice_of(row: Change) -> NoticeKind | None:
    """What the person of a step is told; nothing where they only say themselves that they are in."""
    if row.step in ("join", "accept_invitation", "confirm_seat") and row.before.get("seat") == row.after["seat"]:
        return None
    return BY_STEP[row.step] if row.step in BY_STEP else BY_STATUS[row.after["seat"]]


def resize(db: Db, who: Viewer, now: datetime, session_id: int, maximum: int) -> dict[str, Any]:
    """Give a session another maximum, as its editing does."""
    row = db.get_one(Session, session_id)
    became = enrolling.resize(db, who, now, row, maximum)
    row.maximum = maximum
    return became


class Places(RuleBasedStateMachine):
    """One session that is small enough to be full most of the time, and people who cannot make up their minds."""

    @initialize(private=st.booleans(), maximum=st.integers(2, 5), confirms=st.booleans())
    def begin(self, private: bool, maximum: int, confirms: bool) -> None:
        empty_tables()
        self.traveller = time_machine.travel(NOW, tick=False)
        self.clock = self.traveller.start()
        make_organisation()
        house = make_house(confirms_visitors=confirms)
        audience = Audience.PRIVATE if private else Audience.PUBLIC
        self.id = make_group(house, at(20), audience=audience, maximum=maximum, slug="chess")
        self.host = house.mentor
        self.people = [viewer(make_person(f"P{number}", email=f"p{number}@chess.example")) for number in range(PEOPLE)]
        for person in self.people:
            make_member(house.program_id, person.person_id, Role.MENTEE)
        self.line: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "traveller"):
            self.traveller.stop()

    @rule(person=who)
    def join(self, person: int) -> None:
        with suppress(Refusal):
            do(enrolling.join, self.people[person], self.id)

    @rule(person=who)
    def register(self, person: int) -> None:
        with suppress(Refusal):
            register("chess", RegisterDraft(name=f"P{person}", email=f"p{person}@chess.example"), clock.now())

    @rule(person=who)
    def leave(self, person: int) -> None:
        with suppress(Refusal):
            do(enrolling.leave, self.people[person], self.id)

    @rule(people=several)
    def invite(self, people: list[int]) -> None:
        with suppress(Refusal):
            ids = tuple(self.people[one].person_id for one in people)
            do(inviting.invite, self.host, self.id, InviteDraft(person_ids=ids))

    @rule(person=who)
    def accept(self, person: int) -> None:
        with suppress(Refusal):
            do(enrolling.accept_invitation, self.people[person], self.id)

    @rule(person=who)
    def decline(self, person: int) -> None:
        with suppress(Refusal):
            do(enrolling.decline_invitation, self.people[person], self.id)

    @rule(person=who)
    def confirm(self, person: int) -> None:
        with suppress(Refusal):
            do(enrolling.confirm_seat, self.people[person], self.id)

    @rule(person=who)
    def remove(self, person: int) -> None:
        with suppress(Refusal):
            do(inviting.remove, self.host, self.id, self.people[person].person_id)

    @rule(maximum=st.integers(2, 6))
    def resize(self, maximum: int) -> None:
        with reading() as db:
            foreseen = enrolling.foresee(db, db.get_one(Session, self.id), maximum, clock.now())
        try:
            became = do(resize, self.host, self.id, maximum)
        except Refusal:
            assert foreseen.refusal
        else:
            assert became == {"promoted": list(foreseen.promoted), "put_back": list(foreseen.put_back)}
            assert not foreseen.refusal
            self.line = [*reversed(foreseen.put_back), *self.line]

    @rule(minutes=st.sampled_from((1, 10, 31)))
    def pass_time(self, minutes: int) -> None:
        self.clock.shift(timedelta(minutes=minutes))
        enrolling.expire_holds(clock.now())

    @invariant()
    def places_are_exact(self) -> None:
        row, rows = session(self.id), self.seats()
        now = clock.now()
        reserved = [one for one in rows if one.status == SeatStatus.INVITED and row.audience == Audience.PRIVATE]
        held = [one for one in rows if one.status == SeatStatus.UNCONFIRMED and one.since + HOLD <= now]
        taken = 1 + sum(one.status in INSIDE for one in rows) - len(held) + len(reserved)
        assert taken <= row.maximum
        assert taken == row.maximum or not self.waiting()

    @invariant()
    def order_is_kept(self) -> None:
        line, status = self.waiting(), {one.person_id: one.status for one in self.seats()}
        stayed = [one for one in self.line if one in line]
        assert line[: len(stayed)] == stayed
        moved_up = [one for one in self.line if status.get(one) == SeatStatus.ENROLLED]
        candidates = [one for one in self.line if one in line or one in moved_up]
        assert candidates[: len(moved_up)] == moved_up
        self.line = line

    @invariant()
    def each_is_told_once(self) -> None:
        steps = [row for row in rows_of(Change) if row.session_id == self.id]
        wanted = Counter((kind, row.person_id) for row in steps if (kind := notice_of(row)))
        assert Counter((row.kind, row.person_id) for row in notices()) == wanted

    @invariant()
    def history_has_no_gap(self) -> None:
        last: dict[int | None, str | None] = {}
        for row in rows_of(Change):
            assert row.before.get("seat") == last.get(row.person_id)
            last[row.person_id] = row.after["seat"]
        assert last == {one.person_id: one.status for one in self.seats()}
        assert len(rows_of(Person)) == PEOPLE + 3

    def seats(self) -> list[Seat]:
        return [one for one in rows_of(Seat) if not one.is_host]

    def waiting(self) -> list[int]:
        rows = [one for one in self.seats() if one.status == SeatStatus.WAITING]
        return [one.person_id for one in sorted(rows, key=lambda one: (one.since, one.id))]


TestPlaces = Places.TestCase
TestPlaces.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
