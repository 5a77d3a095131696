"""Rating a session: by whom, when, and what it leaves behind."""

import pytest
import time_machine

from app.models.commands.rating import rate
from app.models.drafts import read
from app.models.drafts.ratings import RatingDraft
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.permissions import Viewer
from app.models.words import SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    changes,
    do,
    make_group,
    make_person,
    make_seat,
    make_session,
    make_strangers,
    notices,
    seats,
    viewer,
)

GOOD = RatingDraft(rating=5, comment="  Lively.  ")


@pytest.fixture
def guest() -> Viewer:
    return viewer(make_person("Gina Guest"))


def over(house: House, guest: Viewer, **values: object) -> int:
    usual = {"status": Status.COMPLETED, "finished_at": NOW}
    return make_group(house, at(0, 8), [guest.person_id], **usual | values)


def test_participant_rates_and_nobody_is_told(house: House, guest: Viewer):
    session_id = over(house, guest)

    assert do(rate, guest, session_id, GOOD) == {"rating": 5}

    seat = seats(session_id)[guest.person_id]
    assert (seat.rating, seat.comment) == (5, "Lively.")
    (change,) = changes(session_id)
    assert (change.step, change.actor_id, change.before, change.after) == ("rate", guest.person_id, {}, {"rating": 5})
    assert notices() == []


def test_rating_is_changed_within_two_weeks_and_only_then(
    house: House, guest: Viewer, clock_at: time_machine.Traveller
):
    session_id = over(house, guest)
    do(rate, guest, session_id, GOOD)
    clock_at.move_to(at(13))
    do(rate, guest, session_id, RatingDraft(rating=3))
    clock_at.move_to(at(15))

    with pytest.raises(StepRefused, match="two weeks have passed"):
        do(rate, guest, session_id, GOOD)
    seat = seats(session_id)[guest.person_id]
    assert (seat.rating, seat.comment) == (3, "")
    assert [change.after for change in changes(session_id)] == [{"rating": 5}, {"rating": 3}]


def test_other_words_with_the_same_stars_are_kept_without_a_step(house: House, guest: Viewer):
    session_id = over(house, guest)
    do(rate, guest, session_id, GOOD)
    do(rate, guest, session_id, RatingDraft(rating=5, comment="Very lively."))
    assert (seats(session_id)[guest.person_id].comment, len(changes(session_id))) == ("Very lively.", 1)


def test_mentee_rates_a_one_to_one(house: House):
    session_id = make_session(house, at(0, 8), status=Status.COMPLETED, finished_at=NOW)
    do(rate, house.mentee, session_id, GOOD)
    assert seats(session_id)[house.mentee.person_id].rating == 5


@pytest.mark.parametrize("part", ["manager", "mentor"])
def test_who_did_not_take_part_cannot_rate(house: House, guest: Viewer, part: str):
    with pytest.raises(StepRefused, match="took part"):
        do(rate, house.part(part), over(house, guest), GOOD)


def test_stranger_finds_nothing_to_rate(house: House, guest: Viewer):
    session_id = over(house, guest)
    for person_id in make_strangers(house).values():
        with pytest.raises(NotFound):
            do(rate, viewer(person_id), session_id, GOOD)


def test_who_waited_in_vain_cannot_rate(house: House, guest: Viewer):
    session_id = over(house, guest)
    late = make_person()
    make_seat(session_id, late, SeatStatus.WAITING)
    with pytest.raises(StepRefused):
        do(rate, viewer(late), session_id, GOOD)


@pytest.mark.parametrize("sent", ["", "0", "6", "a", "4.5"])
def test_draft_takes_one_to_five_whole_stars(sent: str):
    with pytest.raises(Refusal):
        read(RatingDraft, {"rating": sent})


def test_draft_limits_the_comment():
    with pytest.raises(Refusal, match="too long"):
        read(RatingDraft, {"rating": "5", "comment": "x" * 2_001})
