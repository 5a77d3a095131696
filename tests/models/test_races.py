"""Real processes that want the same hour at the same moment, on SQLite and on PostgreSQL."""

import multiprocessing
from collections import Counter
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

from app.models import clock, migrations, scheduling
from app.models.commands.booking import book
from app.models.commands.changing import move
from app.models.commands.guessing import FREE_FOR_EMAIL
from app.models.database import engine, forget_engine, lock_rows, transaction
from app.models.drafts import Repetition
from app.models.drafts.relationships import HandOverDraft, PairDraft
from app.models.errors import Stale
from app.models.occupancy import Wish
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Person, Relationship, Seat, Session
from app.models.words import OCCUPYING, Audience, BelowMinimum, NoticeKind, Rank, Repeat, Role, SeatStatus, Status
from tests.models import racing
from tests.models.factories import (
    BERLIN,
    House,
    booking,
    do,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_session,
    moving,
    notices,
    rows_of,
    seats,
    session,
    sessions,
)
from tests.models.racing import Runner

PROCESSES = 8
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.models.racing"])


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """A database of its own on each kind of server; the processes are given its address."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path / 'race.db'}"
    forget_engine()
    monkeypatch.setenv("MERIDIAN_DATABASE_URL", url)
    migrations.upgrade()
    yield url
    engine().dispose()
    forget_engine()
    monkeypatch.undo()


@pytest.fixture(autouse=True)
def clock_at() -> Generator[None]:
    """The processes go by the real clock, so does the test."""
    with time_machine.travel(clock.now(), tick=True):
        yield


def race(database: str, take_turn: Callable[[Viewer, Runner, int], str], runners: list[Runner]) -> Counter[str]:
    """Let the processes loose at once, and count what became of their turns."""
    barrier = FORKS.Barrier(len(runners))
    with FORKS.Pool(len(runners), racing.prepare, (barrier, database)) as pool:
        found = pool.starmap(racing.run, [(take_turn, runner) for runner in runners], chunksize=1)
    return Counter(outcome for outcomes in found for outcome in outcomes)


def tomorrow() -> datetime:
    """Noon tomorrow in Berlin, by the real clock."""
    day = clock.today(clock.now(), BERLIN) + timedelta(days=1)
    return clock.day_start(day, BERLIN) + timedelta(hours=12)


def clashes() -> list[scheduling.Meeting]:
    """Every pair of sessions that breaks the clash rule."""
    holds = [
        hold
        for row in sessions()
        if row.status in OCCUPYING and row.start_at and row.end_at
        for hold in Wish(Period(row.start_at, row.end_at), row.host_id, row.mentee_id, False, row.id or 0).holds()
    ]
    return scheduling.meetings(holds, [])


def test_race_for_one_hour_ends_with_exactly_one_session(database: str):
    house = make_house(session_count=0)
    draft = booking(house, tomorrow())
    runners = [Runner(n, house.manager.person_id, 50, draft) for n in range(PROCESSES)]

    assert race(database, racing.book_once, runners) == {"done": 1, "Clash": PROCESSES * 50 - 1}

    assert [row.status for row in sessions()] == [Status.SCHEDULED]
    assert len(notices()) == 2


def test_race_with_one_request_key_is_one_booking(database: str):
    house = make_house(session_count=0)
    draft = booking(house, tomorrow())
    runners = [Runner(n, house.manager.person_id, 5, draft, key="double-click") for n in range(PROCESSES)]

    assert race(database, racing.book_once, runners) == {"done": PROCESSES * 5}

    assert len(sessions()) == 1


def test_race_to_assign_a_pair_makes_one_relationship(database: str):
    house = make_house(session_count=2)
    stranger = make_house().mentee.person_id
    chief = make_person("Cleo Chief", rank=Rank.OWNER)
    runners = [
        Runner(n, chief, 1, booking(house, tomorrow() + timedelta(days=n), mentee_id=stranger))
        for n in range(PROCESSES)
    ]

    assert race(database, racing.book_once, runners) == {"done": PROCESSES}

    rows = sessions(mentee_id=stranger)
    assert len({row.relationship_id for row in rows}) == 1
    assert sorted(row.number or 0 for row in rows) == [*range(1, PROCESSES + 1)]


def test_race_of_managers_to_assign_a_pair_is_won_by_one(database: str):
    house = make_house(session_count=2)
    stranger = make_house().mentee.person_id
    chief = make_person("Cleo Chief", rank=Rank.OWNER)
    draft = PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=stranger)
    runners = [Runner(n, chief, 5, pairing=draft) for n in range(PROCESSES)]

    assert race(database, racing.assign_once, runners) == {"new": 1, "had": PROCESSES * 5 - 1}

    assert [row.number for row in sessions(mentee_id=stranger)] == [1, 2]
    assert len(notices()) == 2


def test_race_of_handing_over_booking_adding_and_ending_leaves_nothing_between_two_mentors(database: str):
    house = make_house(session_count=0)
    chief = make_person("Cleo Chief", rank=Rank.OWNER)
    heir = make_person("Hedi Heir")
    pair = (house.relationship_id,)
    handing = HandOverDraft(from_id=house.mentor.person_id, to_id=heir, relationship_ids=pair)
    runners = [
        Runner(n, chief, 4, booking(house, tomorrow() + timedelta(hours=2 * n)), handing=handing)
        for n in range(PROCESSES)
    ]

    race(database, racing.hand_over_and_change, runners)

    pairs = {row.id: row for row in rows_of(Relationship)}
    for row in sessions():
        assert (row.host_id, row.mentee_id) == (pairs[row.relationship_id].mentor_id, house.mentee.person_id)
        assert {one.person_id for one in seats(row.id or 0).values() if one.is_host} == {row.host_id}
    active = [(row.mentor_id, row.mentee_id) for row in pairs.values() if row.ended_at is None]
    assert len(active) == len(set(active))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite lets one begin after the other
def test_step_on_a_session_that_is_handed_on_at_this_moment_is_refused(database: str):
    """The new mentor's time is not held, so nobody knows whether it is free."""
    house, heir = make_house(), make_person("Hedi Heir")
    session_id = make_session(house, tomorrow())
    with ThreadPoolExecutor(1) as other, transaction() as db:
        lock_rows(db, Person, [house.mentor.person_id])
        db.get_one(Session, session_id).host_id = heir
        db.flush()
        step = other.submit(do, move, house.manager, session_id, moving(tomorrow() + timedelta(hours=3)))
        wait_until_it_waits(step)
        db.commit()
        with pytest.raises(Stale):
            step.result()
    assert session(session_id).start_at == tomorrow()


def wait_until_it_waits(step: Future[object]) -> None:
    """Wait until a step waits for a lock, or is through without."""
    waiting = sa.text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as watch:
        while not watch.scalar(waiting) and not step.done():
            pass


def test_race_of_changes_to_a_series_neither_clashes_nor_locks_up(database: str):
    house = make_house(session_count=0)
    daily = Repetition(repeat=Repeat.DAILY, times=8)
    ids = do(book, house.manager, booking(house, tomorrow(), repetition=daily))["session_ids"]
    more = booking(house, tomorrow() + timedelta(days=3, hours=2))
    there = moving(tomorrow() + timedelta(days=2))
    runners = [Runner(n, house.manager.person_id, 8, more, there, sessions=tuple(ids)) for n in range(PROCESSES)]

    outcomes = race(database, racing.change_something, runners)

    assert sum(outcomes.values()) == PROCESSES * 8
    assert outcomes["done"] > 0
    assert clashes() == []
    assert len({row.recurrence_at for row in sessions() if row.series_id}) == len(ids)


def test_race_of_guesses_has_no_more_tries_for_free(database: str):
    house = make_house()
    runners = [Runner(n, house.mentor.person_id, 2) for n in range(PROCESSES)]
    free = FREE_FOR_EMAIL

    assert race(database, racing.guess_once, runners) == {"done": free, "TooManyTries": PROCESSES * 2 - free}


def test_clocks_of_many_workers_take_each_step_once(database: str):
    house = make_house()
    past = clock.now() - timedelta(days=1)
    statuses = (Status.PENDING, Status.LIVE, Status.SCHEDULED)
    for n in range(12):
        make_session(house, past - timedelta(hours=2 * n), status=statuses[n % 3])
    runners = [Runner(n, house.manager.person_id, 2) for n in range(PROCESSES)]

    outcomes = race(database, racing.tick_once, runners)

    assert sum(int(taken) * times for taken, times in outcomes.items()) == 12
    assert len(notices()) == 8, "four requests lapsed, both were told"


def test_clocks_of_many_workers_remind_and_cancel_once(database: str):
    house = make_house(reminder_minutes=[60], below_minimum=BelowMinimum.CANCEL)
    soon, long_ago = clock.now() + timedelta(minutes=50), clock.now() - timedelta(days=9)
    for n in range(4):
        make_session(house, soon + timedelta(minutes=n), created_at=long_ago)
        make_group(house, soon + timedelta(hours=9), minimum=5, created_at=long_ago)
    with transaction() as db:
        db.execute(sa.update(Seat).values(since=long_ago))
    runners = [Runner(n, house.manager.person_id, 2) for n in range(PROCESSES)]

    outcomes = race(database, racing.tick_once, runners)

    assert sum(int(taken) * times for taken, times in outcomes.items()) == 8
    kinds = Counter(notice.kind for notice in notices())
    assert kinds == {NoticeKind.REMINDER: 8, NoticeKind.CANCELLED: 4, NoticeKind.TOO_FEW: 4}


def open_chess(house: House, maximum: int) -> int:
    make_organisation()
    return make_group(house, tomorrow(), audience=Audience.PUBLIC, maximum=maximum, slug="chess")


def test_race_of_visitors_for_places_ends_with_exactly_so_many(database: str):
    house = make_house()
    session_id = open_chess(house, 50)
    runners = [Runner(n, house.manager.person_id, 15, key="chess") for n in range(PROCESSES)]

    assert race(database, racing.register_somebody, runners) == {"enrolled": 49, "waiting": PROCESSES * 15 - 49}

    found = seats(session_id).values()
    assert sum(one.status == SeatStatus.ENROLLED for one in found) == 50
    assert len({one.since for one in found}) == len(found) == PROCESSES * 15 + 1
    assert len(notices()) == PROCESSES * 15


def test_race_with_the_same_addresses_seats_each_once(database: str):
    house = make_house()
    session_id = open_chess(house, 6)
    runners = [Runner(n, house.manager.person_id, 10, key="chess") for n in range(PROCESSES)]

    assert race(database, racing.register_the_same, runners) == {"enrolled": 5 * PROCESSES, "waiting": 5 * PROCESSES}

    assert len(seats(session_id)) == 11
    assert len(notices()) == 10


def test_race_of_coming_and_going_leaves_no_place_free_and_none_too_many(database: str):
    house = make_house()
    session_id = open_chess(house, 5)
    members = [make_person() for _ in range(PROCESSES)]
    for person_id in members:
        make_member(house.program_id, person_id, Role.MENTEE)
    runners = [Runner(n, members[n], 12, sessions=(session_id,), key="chess") for n in range(PROCESSES)]

    assert race(database, racing.come_and_go, runners).keys() <= {"done", "enrolled", "waiting"}

    found = [one.status for one in seats(session_id).values()]
    assert found.count(SeatStatus.ENROLLED) == 5
    promoted = [row for row in notices() if row.kind == NoticeKind.PROMOTED]
    assert len({row.dedupe_key for row in promoted}) == len(promoted)
