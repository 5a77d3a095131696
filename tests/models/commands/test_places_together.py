"""Whoever joins, leaves, invites, answers or resizes in whatever order, the places come out exact."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from sqlmodel import Session as Db

from app.models import clock
from app.models.commands import enrolling, inviting
from app.models.commands.registering import register
from app.models.database import reading
from app.models.drafts.seats import InviteDraft, RegisterDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.seats import HOLD, IN
from app.models.tables import Change, Person, Seat, Session
from app.models.words import Audience, NoticeKind, Role, SeatStatus
from tests.models.factories import (
    NOW,
    House,
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

PEOPLE = 6
INSIDE = {SeatStatus.ENROLLED, SeatStatus.UNCONFIRMED}
OUT = {SeatStatus.WITHDRAWN, SeatStatus.DECLINED}
STEPS = 40
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


class Places:
    """One session that is small enough to be full most of the time, and people who cannot make up their minds."""

    def __init__(self, now: time_machine.Traveller, dice: Random, *, private: bool, confirms: bool) -> None:
        empty_tables()
        make_organisation()
        house = make_house(confirms_visitors=confirms)
        audience = Audience.PRIVATE if private else Audience.PUBLIC
        self.now, self.dice, self.host = now, dice, house.mentor
        self.id = make_group(house, at(20), audience=audience, maximum=dice.randint(2, 4), slug="chess")
        self.people = [viewer(make_person(f"P{number}", email=f"p{number}@chess.example")) for number in range(PEOPLE)]
        for person in self.people:
            make_member(house.program_id, person.person_id, Role.MENTEE)
        self.line: list[int] = []

    def one(self) -> Viewer:
        return self.dice.choice(self.people)

    def several(self) -> list[Viewer]:
        return self.dice.sample(self.people, self.dice.randint(1, 4))

    def join(self) -> None:
        for person in self.several():
            with suppress(Refusal):
                do(enrolling.join, person, self.id)
                assert self.status(person) in IN

    def register(self) -> None:
        for person in self.several():
            with suppress(Refusal):
                register("chess", RegisterDraft(name=person.name, email=person.email), clock.now())
                assert self.status(person) in IN

    def leave(self) -> None:
        person = self.one()
        with suppress(Refusal):
            do(enrolling.leave, person, self.id)
            assert self.status(person) in OUT

    def invite(self) -> None:
        people = self.several()
        with suppress(Refusal):
            do(inviting.invite, self.host, self.id, InviteDraft(person_ids=tuple(one.person_id for one in people)))
            assert {self.status(one) for one in people} <= IN | {SeatStatus.INVITED}

    def accept(self) -> None:
        person = self.one()
        with suppress(Refusal):
            do(enrolling.accept_invitation, person, self.id)
            assert self.status(person) in IN

    def decline(self) -> None:
        person = self.one()
        with suppress(Refusal):
            do(enrolling.decline_invitation, person, self.id)
            assert self.status(person) in OUT

    def confirm(self) -> None:
        person = self.one()
        with suppress(Refusal):
            do(enrolling.confirm_seat, person, self.id)
            assert self.status(person) != SeatStatus.UNCONFIRMED

    def remove(self) -> None:
        person = self.one()
        with suppress(Refusal):
            do(inviting.remove, self.host, self.id, person.person_id)
            assert self.status(person) in OUT

    def resize(self) -> None:
        maximum = self.dice.randint(2, 6)
        last_in, line, spare, is_still = *self.sitting(), maximum - self.taken(), not self.stale()
        with reading() as db:
            foreseen = enrolling.foresee(db, clock.now(), db.get_one(Session, self.id), maximum)
        try:
            became = do(resize, self.host, self.id, maximum)
        except Refusal:
            assert foreseen.refusal
            return
        assert became == {"promoted": list(foreseen.promoted), "put_back": list(foreseen.put_back)}
        assert not foreseen.refusal
        self.line = [*reversed(foreseen.put_back), *self.line]
        if is_still:
            assert became == {"promoted": line[: max(0, spare)], "put_back": last_in[: max(0, -spare)]}

    def pass_time(self) -> None:
        self.now.shift(timedelta(minutes=self.dice.choice((1, 10, 31))))
        if self.dice.random() < 0.5:
            enrolling.expire_holds(clock.now())
            assert not self.stale()

    def places_are_exact(self) -> None:
        maximum, taken = session(self.id).maximum, self.taken()
        assert taken <= maximum
        assert taken == maximum or not self.waiting() or self.stale()

    def order_is_kept(self) -> None:
        line, status = self.waiting(), {one.person_id: one.status for one in self.seats()}
        stayed = [one for one in self.line if one in line]
        assert line[: len(stayed)] == stayed
        moved_up = [one for one in self.line if status.get(one) == SeatStatus.ENROLLED]
        candidates = [one for one in self.line if one in line or one in moved_up]
        assert candidates[: len(moved_up)] == moved_up
        self.line = line

    def each_is_told_once(self) -> None:
        steps = [row for row in rows_of(Change) if row.session_id == self.id]
        wanted = Counter((kind, row.person_id) for row in steps if (kind := notice_of(row)))
        assert Counter((row.kind, row.person_id) for row in notices()) == wanted

    def history_has_no_gap(self) -> None:
        last: dict[int | None, str | None] = {}
        for row in rows_of(Change):
            assert row.before.get("seat") == last.get(row.person_id)
            last[row.person_id] = row.after["seat"]
        assert last == {one.person_id: one.status for one in self.seats()}
        assert len(rows_of(Person)) == PEOPLE + 3

    def seats(self) -> list[Seat]:
        """Everybody's but the host's, by how long they have stood where they stand."""
        return sorted((one for one in rows_of(Seat) if not one.is_host), key=lambda one: (one.since, one.id))

    def status(self, person: Viewer) -> SeatStatus | None:
        return {one.person_id: one.status for one in self.seats()}.get(person.person_id)

    def waiting(self) -> list[int]:
        return [one.person_id for one in self.seats() if one.status == SeatStatus.WAITING]

    def sitting(self) -> tuple[list[int], list[int]]:
        """Who is inside, the last who came first, and who waits, the first first."""
        inside = [one.person_id for one in self.seats() if one.status in INSIDE]
        return inside[::-1], self.waiting()

    def stale(self) -> list[int]:
        """Whose place was held too long, until somebody looks."""
        held = [one for one in self.seats() if one.status == SeatStatus.UNCONFIRMED]
        return [one.person_id for one in held if one.since + HOLD <= clock.now()]

    def taken(self) -> int:
        """The host's place; who is inside; in a private session also who is invited."""
        counted = INSIDE | ({SeatStatus.INVITED} if session(self.id).audience == Audience.PRIVATE else set())
        return 1 + sum(one.status in counted for one in self.seats()) - len(self.stale())


MOVES: tuple[Callable[[Places], None], ...] = (
    *(Places.join, Places.register, Places.leave, Places.invite, Places.accept, Places.decline),
    *(Places.confirm, Places.remove, Places.resize, Places.pass_time),
)
CLAIMS = (Places.places_are_exact, Places.order_is_kept, Places.each_is_told_once, Places.history_has_no_gap)


# Dice of its own: Hypothesis leaves most of a machine's rules out of each of its walks, and would walk for minutes to
# show a failure in fewer steps.
@pytest.mark.parametrize(("private", "confirms"), [(False, False), (False, True), (True, False)])
@settings(max_examples=8, deadline=None, phases=(Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_places_come_out_exact_whatever_people_do(private: bool, confirms: bool, seed: int) -> None:
    dice = Random(seed)
    with time_machine.travel(NOW, tick=False) as now:
        places = Places(now, dice, private=private, confirms=confirms)
        for _ in range(STEPS):
            move = dice.choice(MOVES)
            note(move.__name__)
            move(places)
            for claim in CLAIMS:
                claim(places)


def test_who_moves_up_twice_in_one_instant_is_told_twice(house: House) -> None:
    session_id = make_group(house, at(20), audience=Audience.PUBLIC, maximum=2, slug="chess")
    people = [make_person(name) for name in ("Ada", "Ben", "Cleo")]
    for person_id in people:
        make_member(house.program_id, person_id, Role.MENTEE)
        do(enrolling.join, viewer(person_id), session_id)
    for maximum in (3, 2, 3):
        do(resize, house.manager, session_id, maximum)
    told = [row.kind for row in notices(person_id=people[1])]
    assert told == [NoticeKind.WAITING, NoticeKind.PROMOTED, NoticeKind.PUT_BACK, NoticeKind.PROMOTED]
