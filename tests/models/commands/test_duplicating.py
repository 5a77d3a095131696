"""Repeating a group session on other dates: with what, by whom, and what is said of the dates beforehand."""

from collections.abc import Callable
from datetime import time

import pytest
import sqlalchemy as sa
from sqlmodel import col

from app.models.commands.duplicating import duplicate
from app.models.commands.publishing import edit_group, publish
from app.models.database import reading, transaction
from app.models.drafts.groups import DuplicateDraft
from app.models.errors import Clash, Refusal
from app.models.permissions import Viewer
from app.models.queries.group_outlook import Foresight, foresee_dates
from app.models.tables import Membership, Notice, Program, Session
from app.models.words import NoticeKind, Status
from app.state.group_fields import read_dates
from tests.models.commands.publications import group
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    do,
    make_seat,
    make_session,
    notices,
    seats,
    session,
    sessions,
    told,
    wall_date,
)


@pytest.fixture
def published(house: House) -> int:
    """Tomorrow at five, hosted by the mentor, with the mentee in it; nobody told yet."""
    session_id = do(publish, house.mentor, group(house))["session_id"]
    make_seat(session_id, house.mentee.person_id)
    forget_notices()
    return session_id


def forget_notices() -> None:
    with transaction() as db:
        for notice in notices():
            db.delete(db.get_one(Notice, notice.id))


def on(*days: int, hour: int = 17) -> DuplicateDraft:
    return DuplicateDraft(days=tuple(wall_date(day) for day in days), at=time(hour), zone=BERLIN)


def foreseen(who: Viewer, session_id: int, *days: int) -> Foresight:
    with reading() as db:
        return foresee_dates(db, who, NOW, session_id, on(*days))


def test_duplicate_has_the_same_texts_and_only_its_host(house: House, published: int) -> None:
    do(edit_group, house.mentor, published, group(house, categories="chess", meeting={"place": "call"}))
    forget_notices()
    made = do(duplicate, house.manager, published, on(3, 10))["session_ids"]
    source = session(published)
    assert [session(one).start_at for one in made] == [at(3), at(10)]
    for one in made:
        row = session(one)
        same = ("title", "details", "minimum", "maximum", "categories", "place", "audience", "host_id", "program_id")
        assert [getattr(row, name) for name in same] == [getattr(source, name) for name in same]
        assert (list(seats(one)), row.status) == ([house.mentor.person_id], Status.SCHEDULED)
    rows = [source, *(session(one) for one in made)]
    assert len({row.slug for row in rows}) == len({row.uid for row in rows}) == 3
    assert told() == [(house.mentor.person_id, NoticeKind.BOOKED)]


def test_duplicate_keeps_the_hour_across_a_clock_change(house: House, published: int) -> None:
    made = do(duplicate, house.mentor, published, on(26, 28))["session_ids"]
    assert [session(one).start_at for one in made] == [at(26), at(28)]
    assert at(28) - at(26) != wall_date(28) - wall_date(26)


def test_duplicate_saves_nothing_if_one_date_cannot_be(house: House, published: int) -> None:
    make_session(house, at(4))
    with pytest.raises(Clash) as clash:
        do(duplicate, house.mentor, published, on(3, 4, 5))
    assert [problem.field for problem in clash.value.problems] == ["days"]
    with pytest.raises(Refusal) as refusal:
        do(duplicate, house.mentor, published, on(-1, 3))
    assert [problem.field for problem in refusal.value.problems] == ["days"]
    assert len(sessions()) == 2


def test_duplicate_onto_itself_is_a_clash(house: House, published: int) -> None:
    with pytest.raises(Clash):
        do(duplicate, house.mentor, published, on(1))


def test_dates_are_looked_at_before_anything_is_saved(house: House, published: int) -> None:
    assert foreseen(house.mentor, published, 3).headline == "This date is free."
    assert foreseen(house.mentor, published, 3, 5).headline == "These dates are free."
    make_session(house, at(4))
    clash = foreseen(house.mentor, published, 3, 4)
    assert (clash.look, clash.headline, len(clash.problems)) == ("danger", "These dates cannot be had.", 1)
    past = foreseen(house.mentor, published, -1)
    assert (past.headline, past.problems) == ("This date cannot be had.", ["17:00 on 1 March 2026 has passed."])
    assert len(sessions()) == 2


def test_dates_are_foreseen_for_those_who_may_repeat_it(house: House, published: int) -> None:
    assert foreseen(house.mentee, published, 3).problems == ["This session was not found."]


def test_at_least_one_date_is_asked_for() -> None:
    with pytest.raises(Refusal, match="No date is chosen"):
        read_dates(["", ""], "17:00", BERLIN)


def turn_off(house: House) -> None:
    with transaction() as db:
        db.get_one(Program, house.program_id).allows_group_sessions = False


def send_away(house: House) -> None:
    with transaction() as db:
        db.execute(sa.delete(Membership).where(col(Membership.person_id) == house.mentor.person_id))


@pytest.mark.parametrize(("change", "field"), [(turn_off, "program_id"), (send_away, "host_id")])
def test_duplicate_obeys_what_publishing_does(
    house: House, published: int, change: Callable[[House], None], field: str
) -> None:
    change(house)
    with pytest.raises(Refusal) as refusal:
        do(duplicate, house.manager, published, on(3))
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_past_and_cancelled_sessions_can_be_repeated(house: House, published: int) -> None:
    with transaction() as db:
        db.get_one(Session, published).status = Status.CANCELLED
    who: Viewer = house.mentor
    assert len(do(duplicate, who, published, on(1))["session_ids"]) == 1
