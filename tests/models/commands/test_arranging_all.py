"""Arranging everything that is to be arranged, weekly or fortnightly (R8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.models import clock
from app.models.commands.arranging_all import arrange_all, preview
from app.models.commands.cancelling import cancel
from app.models.commands.dates import Verdict
from app.models.commands.ending import end
from app.models.commands.relationships import add_session
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft
from app.models.drafts.relationships import ArrangeAllDraft, EndDraft
from app.models.errors import Clash, NotFound, Refusal
from app.models.tables import Program
from app.models.words import NoticeKind, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    ONLINE,
    House,
    at,
    do,
    make_house,
    make_session,
    make_strangers,
    notices,
    session,
    sessions,
    starts,
    told,
    viewer,
)


@pytest.fixture
def open_house(house: House) -> House:
    """The house with five sessions to be arranged."""
    for _ in range(5):
        do(add_session, house.manager, house.relationship_id)
    return house


def drafted(house: House, start: datetime | None = None, **values: Any) -> ArrangeAllDraft:
    wall = clock.wall(start or at(1), BERLIN)
    times = {"day": wall.date(), "at": wall.time(), "zone": BERLIN, "minutes": 60}
    return ArrangeAllDraft(**{"relationship_id": house.relationship_id, "meeting": ONLINE} | times | values)


def plan(house: House, draft: ArrangeAllDraft) -> list[tuple[int | None, Verdict]]:
    with reading() as db:
        return [(one.number, one.verdict) for one in preview(db, house.manager, NOW, draft)]


def test_arrange_all_gives_each_number_its_week_at_the_same_wall_time(open_house: House):
    ids = do(arrange_all, open_house.manager, drafted(open_house))["session_ids"]

    assert [session(one).number for one in ids] == [1, 2, 3, 4, 5]
    assert starts(ids) == [at(1 + 7 * week) for week in range(5)]  # the clocks go forward before the last
    assert {session(one).status for one in ids} == {Status.SCHEDULED}


def test_arrange_all_fortnightly_leaves_a_week_out(open_house: House):
    ids = do(arrange_all, open_house.manager, drafted(open_house, every_weeks=2))["session_ids"]

    assert starts(ids) == [at(1 + 14 * turn) for turn in range(5)]


def test_arrange_all_is_one_series_and_one_notice_a_person(open_house: House):
    ids = do(arrange_all, open_house.manager, drafted(open_house))["session_ids"]

    assert len({session(one).uid for one in ids}) == 1
    both = {open_house.mentor.person_id, open_house.mentee.person_id}
    assert sorted(told()) == sorted((one, NoticeKind.BOOKED) for one in both)
    assert {len(notice.facts["sessions"]) for notice in notices()} == {5}


def test_arrange_all_refuses_every_date_that_is_taken_and_saves_none(open_house: House):
    make_session(open_house, at(8), number=9)

    assert plan(open_house, drafted(open_house)) == [
        (1, Verdict.FREE), (2, Verdict.CLASH), (3, Verdict.FREE), (4, Verdict.FREE), (5, Verdict.FREE),
    ]  # fmt: skip
    with pytest.raises(Clash):
        do(arrange_all, open_house.manager, drafted(open_house))
    assert len(sessions(status=Status.TO_BE_ARRANGED)) == 5


def test_arrange_all_that_skips_goes_on_to_the_next_date(open_house: House):
    make_session(open_house, at(8), number=9)
    draft = drafted(open_house, skips_clashes=True)

    assert [number for number, _ in plan(open_house, draft)] == [1, None, 2, 3, 4, 5]
    ids = do(arrange_all, open_house.manager, draft)["session_ids"]

    assert starts(ids) == [at(1 + 7 * week) for week in (0, 2, 3, 4, 5)]
    assert [session(one).number for one in ids] == [1, 2, 3, 4, 5]


def test_preview_writes_nothing(open_house: House):
    plan(open_house, drafted(open_house))

    assert {row.status for row in sessions()} == {Status.TO_BE_ARRANGED}


@pytest.mark.parametrize(("part", "status"), [("manager", Status.SCHEDULED), ("mentee", Status.PENDING)])
def test_arrange_all_asks_where_the_programme_does(part: str, status: Status):
    house = make_house(asks_confirmation=True)
    do(add_session, house.manager, house.relationship_id)
    do(add_session, house.manager, house.relationship_id)

    result = do(arrange_all, house.part(part), drafted(house))

    assert {session(one).status for one in result["session_ids"]} == {status}
    asked = "Max is asked to confirm." if part == "mentee" else ""
    assert result["asks"] == asked


def test_arrange_all_leaves_what_is_arranged_or_cancelled_alone(open_house: House):
    booked = make_session(open_house, at(3), number=20)
    off = make_session(open_house, at(4), number=21)
    do(cancel, open_house.manager, off, CancelDraft(reason="Ill"))

    do(arrange_all, open_house.manager, drafted(open_house))

    assert (session(booked).start_at, session(off).status) == (at(3), Status.CANCELLED)


def test_arrange_all_refuses_a_first_date_that_has_passed(open_house: House):
    with pytest.raises(Refusal, match="has passed"):
        do(arrange_all, open_house.manager, drafted(open_house, at(-1), skips_clashes=True))


def test_arrange_all_with_nothing_to_arrange_says_so(house: House):
    assert plan(house, drafted(house)) == []
    with pytest.raises(Refusal, match="Every session has been arranged"):
        do(arrange_all, house.manager, drafted(house))


def test_arrange_all_is_refused_after_the_end(open_house: House):
    do(end, open_house.manager, EndDraft(relationship_id=open_house.relationship_id))

    for part in ("manager", "mentor", "mentee"):
        with pytest.raises(Refusal, match="no longer work together"):
            do(arrange_all, open_house.part(part), drafted(open_house))


def test_arrange_all_is_not_found_for_strangers(open_house: House):
    for person_id in make_strangers(open_house).values():
        with pytest.raises(NotFound):
            do(arrange_all, viewer(person_id), drafted(open_house))


def test_arrange_all_is_refused_in_a_closed_programme(open_house: House):
    with transaction() as db:
        db.get_one(Program, open_house.program_id).archived_at = NOW

    with pytest.raises(Refusal, match="This programme is closed"):
        do(arrange_all, open_house.manager, drafted(open_house))


def test_arrange_all_says_when_too_few_dates_are_free(open_house: House):
    for week in range(31):
        make_session(open_house, at(1 + 7 * week), number=100 + week)

    with pytest.raises(Refusal):
        do(arrange_all, open_house.manager, drafted(open_house, skips_clashes=True))
    assert len(sessions(status=Status.TO_BE_ARRANGED)) == 5


@pytest.mark.parametrize("count", [1, 30])
def test_preview_asks_the_database_equally_often(house: House, count: int, count_reads: Any):
    for _ in range(count):
        do(add_session, house.manager, house.relationship_id)
    with count_reads() as reads, reading() as db:
        preview(db, house.manager, NOW, drafted(house))

    assert len(reads) == 8


def test_dates_are_an_hour_apart_in_utc_across_the_clock_change(open_house: House) -> None:
    ids = do(arrange_all, open_house.manager, drafted(open_house))["session_ids"]

    gaps = [later - sooner for sooner, later in zip(starts(ids), starts(ids)[1:], strict=False) if later and sooner]
    assert gaps == [timedelta(days=7)] * 3 + [timedelta(days=7, hours=-1)]
