"""What a drag means, and its rehearsal."""

from datetime import date, time, timedelta

import pytest

from app.models import clock
from app.models.calendar_layout import View
from app.models.calendar_move import Dragged, Drop, draft_of, load_dragged, propose, rehearse
from app.models.calendar_shapes import Proposal
from app.models.commands.availability import set_hours
from app.models.database import reading
from app.models.drafts import MoveDraft, read
from app.models.drafts.availability import AvailabilityDraft
from app.models.errors import Clash, NotFound, Refusal, StepRefused
from app.models.permissions import Viewer
from app.models.words import Status
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    changes,
    do,
    make_person,
    make_session,
    moves,
    notices,
    session,
    viewer,
)


def dragged(who: Viewer, session_id: int) -> Dragged:
    with reading() as db:
        return load_dragged(db, who, session_id)


def proposal(who: Viewer, source: Dragged, draft: MoveDraft) -> Proposal:
    with reading() as db:
        return propose(db, who, source, draft)


def drop(day: int = 2, minute: int | None = 600, minutes: int | None = None, view: View = View.WEEK) -> Drop:
    return Drop(NOW.date() + timedelta(days=day), minute, minutes, view)


def test_what_is_dragged_names_everybody_who_will_be_told(house: House) -> None:
    found = dragged(house.manager, make_session(house, at(1)))
    assert (found.title, found.people, found.is_series) == ("Algebra", ("Max Mentor", "Mia Mentee"), False)


def test_a_stranger_cannot_even_read_what_is_dragged(house: House) -> None:
    session_id = make_session(house, at(1))
    with pytest.raises(NotFound):
        dragged(viewer(make_person()), session_id)


def test_a_drop_in_a_week_is_the_minute_on_the_wall(house: House) -> None:
    draft = draft_of(drop(), dragged(house.manager, make_session(house, at(1))), BERLIN)
    assert (draft.day, draft.at, draft.zone) == (date(2026, 3, 4), time(9), "UTC")


def test_a_drop_in_a_month_keeps_the_time_of_day_across_a_clock_change(house: House) -> None:
    source = dragged(house.manager, make_session(house, at(1, 17)))
    draft = draft_of(drop(day=28, minute=None), source, BERLIN)
    assert proposal(house.manager, source, draft).after == "Monday 30 March, 17:00 – 18:00"


@pytest.mark.zones
def test_a_drop_in_the_second_of_two_equal_hours_means_the_second(house: House) -> None:
    source = dragged(house.manager, make_session(house, at(1)))
    draft = draft_of(Drop(date(2026, 10, 25), 180, None, View.DAY), source, BERLIN)
    assert (draft.at.hour, draft.day) == (1, date(2026, 10, 25))


@pytest.mark.zones
def test_a_drop_into_the_hour_that_is_skipped_is_refused(house: House) -> None:
    source = dragged(house.manager, make_session(house, at(1)))
    with pytest.raises(Refusal, match="does not exist"):
        draft_of(Drop(date(2026, 3, 29), 150, None, View.WEEK), source, BERLIN)


@pytest.mark.parametrize("minutes", [15, 735])
def test_a_length_out_of_bounds_is_refused(house: House, minutes: int) -> None:
    with pytest.raises(Refusal, match="30 minutes to 12 hours"):
        draft_of(drop(minutes=minutes), dragged(house.manager, make_session(house, at(1))), BERLIN)


def test_a_resize_keeps_the_start(house: House) -> None:
    source = dragged(house.manager, make_session(house, at(1, 17)))
    draft = draft_of(drop(day=1, minute=17 * 60, minutes=90), source, BERLIN)
    assert proposal(house.manager, source, draft).after == "Tuesday 3 March, 17:00 – 18:30"


def test_what_speaks_against_a_drop_is_said_before_anybody_confirms(house: House) -> None:
    mornings = [[{"start": 540, "end": 720}]] * 7
    hours = read(AvailabilityDraft, {"is_limited": True, "zone": BERLIN, "weekly": mornings})
    do(set_hours, house.mentor, house.mentor.person_id, hours)
    source = dragged(house.manager, make_session(house, at(1)))
    inside, outside = draft_of(drop(minute=600), source, BERLIN), draft_of(drop(minute=1200), source, BERLIN)
    assert proposal(house.manager, source, inside).warnings == []
    [said] = proposal(house.manager, source, outside).warnings
    assert "is outside Max Mentor’s open hours. On Wednesday 4 March they are 09:00–12:00" in said


def test_a_rehearsal_leaves_nothing_behind(house: House) -> None:
    session_id = make_session(house, at(1))
    before = session(session_id)
    rehearse(house.manager, session_id, draft_of(drop(), dragged(house.manager, session_id), BERLIN))
    assert session(session_id) == before
    assert (moves(session_id), changes(session_id), notices()) == ([], [], [])


def test_a_rehearsal_is_refused_as_the_move_would_be(house: House) -> None:
    session_id, over = make_session(house, at(1)), make_session(house, at(3), status=Status.LIVE)
    make_session(house, at(2, 10))
    with pytest.raises(Clash):
        rehearse(house.manager, session_id, draft_of(drop(), dragged(house.manager, session_id), BERLIN))
    with pytest.raises(StepRefused):
        rehearse(house.manager, over, draft_of(drop(day=4), dragged(house.manager, over), BERLIN))
    yesterday = MoveDraft(day=NOW.date() - timedelta(days=1), at=clock.wall(NOW, BERLIN).time(), zone=BERLIN)
    with pytest.raises(Refusal):
        rehearse(house.manager, session_id, yesterday)


def test_a_drop_out_of_reach_is_refused(house: House) -> None:
    found = dragged(house.manager, make_session(house, at(1)))
    for day in (date(1985, 1, 1), date(2200, 1, 1)):
        with pytest.raises(Refusal, match="out of reach"):
            draft_of(Drop(day, 600, None, View.WEEK), found, BERLIN)
