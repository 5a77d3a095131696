"""Who has a place and who waits, without any database."""

from datetime import timedelta

import pytest

from app.models.seats import (
    HOLD,
    TICK,
    Foreseen,
    Place,
    Seating,
    foresee_resize,
    places_words,
    warn_of_invitations,
    why_not_invite,
)
from app.models.words import NoticeKind, SeatStatus
from tests.models.factories import NOW

HOST = 100


def hall(maximum: int, *statuses: SeatStatus, private: bool = False) -> Seating:
    """The host and people 1, 2, 3 … of these statuses, in order of their coming."""
    places = {HOST: Place(HOST, SeatStatus.ENROLLED, NOW - timedelta(days=1), HOST, is_host=True)}
    for number, status in enumerate(statuses, start=1):
        since = NOW - timedelta(minutes=20) + timedelta(seconds=number)
        places[number] = Place(number, status, since, number)
    return Seating(maximum, private, places)


IN, OUT, WAITS = SeatStatus.ENROLLED, SeatStatus.WITHDRAWN, SeatStatus.WAITING
ASKED, HELD, NO = SeatStatus.INVITED, SeatStatus.UNCONFIRMED, SeatStatus.DECLINED


def test_host_takes_one_place_and_invitations_count_in_private_only():
    statuses = (IN, HELD, ASKED, NO, OUT, WAITS)
    assert hall(10, *statuses).taken(NOW) == 3
    assert hall(10, *statuses, private=True).taken(NOW) == 4


def test_held_places_count_for_half_an_hour():
    seating = hall(10, HELD)
    end = seating.places[1].since + HOLD
    assert [seating.taken(end - TICK), seating.taken(end)] == [2, 1]


def test_newcomers_do_not_overtake_who_waits():
    seating = hall(3, IN, WAITS)
    seating.join(9, NOW, "join")
    assert [seating.status(one) for one in (1, 2, 9)] == [IN, IN, WAITS]
    assert [(event.person_id, event.kind) for event in seating.events] == [
        (2, NoticeKind.PROMOTED),
        (9, NoticeKind.WAITING),
    ]


def test_nobody_else_is_told_when_somebody_leaves_the_line():
    seating = hall(2, IN, WAITS, WAITS)
    seating.leave(2, NOW, "leave")
    assert [(event.person_id, event.kind) for event in seating.events] == [(2, NoticeKind.LEFT)]
    assert seating.position(3) == 1


def test_host_never_leaves():
    seating = hall(2, IN)
    seating.leave(HOST, NOW, "leave")
    assert seating.events == []


def test_clocks_that_disagree_keep_the_order():
    seating = hall(1)
    for person, now in ((1, NOW + timedelta(hours=1)), (2, NOW), (3, NOW - timedelta(hours=1))):
        seating.join(person, now, "join")
    assert [place.person_id for place in seating.line()] == [1, 2, 3]


def test_more_places_let_in_who_waits_in_order():
    seating = hall(2, IN, WAITS, WAITS, WAITS)
    assert foresee_resize(seating, 4, NOW) == Foreseen(promoted=(2, 3))
    seating.resize(4, NOW)
    assert [seating.status(one) for one in (1, 2, 3, 4)] == [IN, IN, IN, WAITS]


def test_fewer_places_put_the_last_who_came_at_the_front_of_the_line_in_order():
    seating = hall(5, IN, IN, IN, IN, WAITS)
    assert foresee_resize(seating, 3, NOW) == Foreseen(put_back=(4, 3))
    seating.resize(3, NOW)
    assert [place.person_id for place in seating.line()] == [3, 4, 5]
    assert [(event.person_id, event.kind) for event in seating.events] == [
        (4, NoticeKind.PUT_BACK),
        (3, NoticeKind.PUT_BACK),
    ]


def test_fewer_places_first_take_back_what_was_held_too_long():
    seating = hall(4, IN, IN, HELD)
    seating.resize(2, NOW + HOLD)
    assert [seating.status(one) for one in (1, 2, 3)] == [IN, WAITS, OUT]


def test_fewer_places_without_a_line_make_one():
    seating = hall(4, IN, IN, IN)
    seating.resize(2, NOW)
    assert [place.person_id for place in seating.line()] == [2, 3]
    seating.join(9, NOW, "join")
    assert [place.person_id for place in seating.line()] == [2, 3, 9]


def test_fewer_places_that_suffice_change_nothing():
    assert foresee_resize(hall(9, IN, IN), 3, NOW) == Foreseen()


def test_foreseeing_changes_nothing():
    seating = hall(5, IN, IN, IN)
    foresee_resize(seating, 2, NOW)
    assert (seating.maximum, seating.events, seating.count(IN)) == (5, [], 3)


def test_private_invitations_do_not_lose_their_places():
    refused = foresee_resize(hall(4, IN, ASKED, private=True), 2, NOW)
    assert refused.refusal == "3 places are taken, the host’s among them, and 1 of them is for who is invited."
    assert foresee_resize(hall(4, IN, IN, private=True), 2, NOW) == Foreseen(put_back=(2,))


@pytest.mark.parametrize(
    ("maximum", "words"),
    [
        (1, "No place is left, and this would invite 2."),
        (2, "One place is left, and this would invite 2."),
        (3, ""),
    ],
)
def test_private_invitations_are_counted_against_the_places(maximum: int, words: str):
    assert why_not_invite(hall(maximum, private=True), [1, 2], NOW) == words
    assert why_not_invite(hall(maximum), [1, 2], NOW) == ""


def test_public_invitations_warn():
    assert warn_of_invitations(hall(3, ASKED, ASKED), 2, NOW) == ""
    three = (ASKED, ASKED, ASKED)
    assert warn_of_invitations(hall(3, *three), 3, NOW) == "2 places are left: those who accept first get them."
    assert warn_of_invitations(hall(2, *three), 3, NOW) == "One place is left: whoever accepts first gets it."
    assert warn_of_invitations(hall(2, IN, *three), 3, NOW) == "No place is left: who accepts waits for one."
    said = "2 places are left for all 3 who are invited: those who accept first get them."
    assert warn_of_invitations(hall(3, *three), 1, NOW) == said


@pytest.mark.parametrize(
    ("left", "maximum", "words"),
    [
        (2, 8, "2 of 7 places left"),
        (7, 8, "7 of 7 places left"),
        (0, 8, "All 7 places are taken"),
        (1, 2, "1 of 1 place left"),
        (0, 2, "The only place is taken"),
    ],
)
def test_places_in_words_leave_the_host_out(left: int, maximum: int, words: str):
    assert places_words(left, maximum) == words
