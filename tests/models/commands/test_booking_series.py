"""Booking a series: all of it is checked before any of it is saved."""

from datetime import date, time, timedelta

import pytest

from app.models import clock
from app.models.commands.booking import book, check
from app.models.database import reading
from app.models.drafts import Repetition
from app.models.errors import Clash, Refusal
from app.models.tables import Series
from app.models.words import NoticeKind, Repeat, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    booking,
    do,
    make_session,
    notices,
    session,
    sessions,
    told,
    wall,
)

WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=3)


def test_book_a_series_shares_a_uid_and_keeps_each_original_start(house: House):
    ids = do(book, house.manager, booking(house, repetition=WEEKLY))["session_ids"]

    rows = [session(one) for one in ids]
    assert {row.uid for row in rows} == {rows[0].uid}
    assert [row.recurrence_at for row in rows] == [at(1), at(8), at(15)]
    with reading() as db:
        run = db.get_one(Series, rows[0].series_id)
    assert (run.uid, run.rrule, run.zone) == (rows[0].uid, "FREQ=WEEKLY;COUNT=3", BERLIN)
    assert (run.first_wall, run.minutes, run.skipped_walls) == ("2026-03-03T17:00", 60, [])


def test_book_a_series_is_one_notice_a_person(house: House):
    do(book, house.manager, booking(house, repetition=Repetition(repeat=Repeat.DAILY, times=40)))

    assert told() == [
        (house.mentor.person_id, NoticeKind.BOOKED),
        (house.mentee.person_id, NoticeKind.BOOKED),
    ]
    assert len(notices()[0].facts["sessions"]) == 40


def test_book_a_series_of_one_is_a_single_session(house: House):
    [session_id] = do(book, house.manager, booking(house, repetition=Repetition(repeat=Repeat.WEEKLY, times=1)))[
        "session_ids"
    ]

    assert (session(session_id).series_id, session(session_id).recurrence_at) == (None, None)


def test_book_a_series_lists_every_clashing_date_and_saves_nothing(house: House):
    make_session(house, at(1), title="First")
    make_session(house, at(15), title="Third")

    with pytest.raises(Clash) as refused:
        do(book, house.manager, booking(house, repetition=WEEKLY))

    assert "“First” on Tue 3 Mar" in str(refused.value)
    assert "“Third” on Tue 17 Mar" in str(refused.value)
    assert len(sessions()) == 2


def test_book_a_series_may_skip_clashing_dates(house: House):
    make_session(house, at(8))

    result = do(book, house.manager, booking(house, repetition=WEEKLY, skips_clashes=True))

    assert [session(one).start_at for one in result["session_ids"]] == [at(1), at(15)]
    assert result["skipped"] == ["2026-03-10T17:00"]
    with reading() as db:
        assert db.get_one(Series, session(result["session_ids"][0]).series_id).skipped_walls == ["2026-03-10T17:00"]


@pytest.mark.zones
def test_book_a_series_may_skip_a_date_that_does_not_occur(house: House):
    draft = booking(house, skips_clashes=True, repetition=Repetition(repeat=Repeat.DAILY, times=3)).model_copy(
        update={"day": date(2026, 3, 28), "at": time(2, 30)}
    )

    result = do(book, house.manager, draft)

    assert [clock.wall(s.start_at, BERLIN) for s in sessions(status=Status.SCHEDULED) if s.start_at] == [
        wall(2026, 3, 28, 2, 30),
        wall(2026, 3, 30, 2, 30),
    ]
    assert result["skipped"] == ["2026-03-29T02:30"]


def test_book_a_series_refuses_to_skip_them_all(house: House):
    for day in (1, 8, 15):
        make_session(house, at(day))

    with pytest.raises(Clash):
        do(book, house.manager, booking(house, repetition=WEEKLY, skips_clashes=True))


def test_book_a_series_never_skips_a_date_in_the_past(house: House):
    draft = booking(house, NOW - timedelta(hours=1), repetition=WEEKLY, skips_clashes=True)

    with pytest.raises(Refusal, match="has passed"):
        do(book, house.manager, draft)


def test_book_a_series_shortens_a_long_list_of_clashes(house: House):
    daily = Repetition(repeat=Repeat.DAILY, times=20)
    do(book, house.manager, booking(house, repetition=daily))

    with pytest.raises(Clash) as refused:
        do(book, house.manager, booking(house, repetition=daily))

    assert len(refused.value.problems) == 7
    assert str(refused.value).endswith("And 14 more dates like these. Choose another time.")


@pytest.mark.parametrize("count", [1, 30])
def test_book_asks_the_database_equally_often_for_one_date_and_for_thirty(house: House, count: int, count_reads):
    draft = booking(house, repetition=Repetition(repeat=Repeat.DAILY, times=count))
    do(book, house.manager, draft)
    with count_reads() as reads, reading() as db:
        check(db, house.manager, NOW, draft)

    assert len(reads) == 12
