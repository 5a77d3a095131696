"""What a clash is, over bare periods: containment, equality, both edges, hosts and seats."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models import scheduling
from app.models.period import Period
from app.models.scheduling import Hold, clash, free_times, meetings, warns
from tests.models.factories import BERLIN, NOW, at, wall


def span(start: int, end: int) -> Period:
    """A period by minutes from noon tomorrow in Berlin."""
    noon = at(1, 12)
    return Period(noon + timedelta(minutes=start), noon + timedelta(minutes=end))


def hosting(start: int, end: int, *, touching: bool = False) -> Hold:
    return Hold(1, span(start, end), hosts=True, allows_touching=touching)


def attending(start: int, end: int) -> Hold:
    return Hold(1, span(start, end), hosts=False)


def seated(start: int, end: int) -> Hold:
    return Hold(1, span(start, end), hosts=False, is_seat=True)


OVERLAPS = [
    pytest.param((0, 60), (0, 60), id="equal"),
    pytest.param((0, 120), (30, 60), id="contains"),
    pytest.param((30, 60), (0, 120), id="lies-within"),
    pytest.param((0, 60), (0, 90), id="same-start"),
    pytest.param((30, 90), (0, 90), id="same-end"),
    pytest.param((0, 60), (59, 119), id="last-minute"),
    pytest.param((59, 119), (0, 60), id="first-minute"),
]
TOUCHES = [
    pytest.param((0, 60), (60, 120), id="right-after"),
    pytest.param((60, 120), (0, 60), id="right-before"),
]
APART = [pytest.param((0, 60), (61, 121), id="after"), pytest.param((61, 121), (0, 60), id="before")]
Minutes = tuple[int, int]


@pytest.mark.parametrize(("one", "other"), OVERLAPS)
@pytest.mark.parametrize("touching", [True, False])
def test_clash_when_periods_overlap(one: Minutes, other: Minutes, touching: bool):
    assert clash(hosting(*one, touching=touching), hosting(*other, touching=touching))
    assert clash(attending(*one), attending(*other))
    assert clash(hosting(*one), attending(*other))


@pytest.mark.parametrize(("one", "other"), TOUCHES)
def test_clash_of_touching_sessions_only_for_their_host(one: Minutes, other: Minutes):
    assert clash(hosting(*one), hosting(*other))
    assert not clash(attending(*one), attending(*other))
    assert not clash(hosting(*one), attending(*other))


@pytest.mark.parametrize(("one", "other"), TOUCHES)
def test_touching_is_allowed_only_if_both_programmes_allow_it(one: Minutes, other: Minutes):
    assert not clash(hosting(*one, touching=True), hosting(*other, touching=True))
    assert clash(hosting(*one, touching=True), hosting(*other))
    assert clash(hosting(*one), hosting(*other, touching=True))


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_clash_when_a_minute_lies_between(one: Minutes, other: Minutes):
    assert not clash(hosting(*one), hosting(*other))


def test_no_clash_between_two_people():
    other = Hold(2, span(0, 60), hosts=True)

    assert not clash(hosting(0, 60), other)
    assert not warns(seated(0, 60), other)


@pytest.mark.parametrize(("one", "other"), OVERLAPS)
def test_group_seat_warns_and_never_clashes(one: Minutes, other: Minutes):
    assert warns(attending(*one), seated(*other))
    assert warns(seated(*one), hosting(*other))
    assert not clash(attending(*one), seated(*other))
    assert not clash(seated(*one), seated(*other))


@pytest.mark.parametrize(("one", "other"), TOUCHES)
def test_group_seat_that_touches_does_not_warn(one: Minutes, other: Minutes):
    assert not warns(attending(*one), seated(*other))


def test_meetings_are_found_among_the_wanted_too():
    first, second = hosting(0, 60), hosting(30, 90)

    found = meetings([first, second], [])

    assert [(m.wanted, m.taken, m.only_warns) for m in found] == [
        (first, second, False),
        (second, first, False),
    ]


def test_meetings_name_a_long_session_that_began_before_another():
    long, short, wanted = hosting(0, 600), hosting(-90, -30), hosting(300, 360)

    assert [m.taken for m in meetings([wanted], [short, long])] == [long]


holds = st.builds(
    lambda person, start, length, kind, touching: Hold(
        person,
        span(start * 15, start * 15 + length * 15),
        hosts=kind == 0,
        allows_touching=touching,
        is_seat=kind == 2,
    ),
    st.integers(1, 2),
    st.integers(0, 40),
    st.integers(2, 20),
    st.integers(0, 2),
    st.booleans(),
)


@given(holds, holds)
def test_clash_is_mutual(one: Hold, other: Hold):
    assert clash(one, other) == clash(other, one)
    assert warns(one, other) == warns(other, one)
    assert not (clash(one, other) and warns(one, other))


@given(st.lists(holds, max_size=8), st.lists(holds, max_size=8))
def test_meetings_agree_with_comparing_everything(wanted: list[Hold], taken: list[Hold]):
    everything = [*taken, *wanted]
    expected = {
        (id(one), id(other)) for one in wanted for other in everything if one is not other and clash(one, other)
    }
    found = {(id(m.wanted), id(m.taken)) for m in meetings(wanted, taken) if not m.only_warns}

    assert found == expected


def test_free_times_start_on_the_next_half_hour_after_the_taken_one():
    taken = [hosting(0, 60)]

    free = free_times([hosting(0, 60)], taken, after=span(0, 60).start, zone=BERLIN)

    assert free == [at(1, 13, 30), at(1, 14), at(1, 14, 30)]


def test_free_times_keep_to_the_day_in_the_readers_zone():
    evening = Hold(1, Period(at(1, 19), at(1, 20)), hosts=True)
    taken = [Hold(1, Period(at(1, 17), at(1, 23)), hosts=True)]

    free = free_times([evening], taken, after=evening.period.start, zone=BERLIN)

    assert free == [at(2, 8), at(2, 8, 30), at(2, 9)]


def test_free_times_offer_an_unusual_hour_where_it_was_asked_for():
    late = Hold(1, Period(at(1, 22), at(1, 23)), hosts=True)

    assert free_times([late], [], after=late.period.start - timedelta(hours=1), zone=BERLIN)[:2] == [
        at(1, 21, 30),
        at(1, 22),
    ]


def test_free_times_are_none_when_everything_is_taken():
    ages = Hold(1, Period(NOW, NOW + scheduling.LOOK_AHEAD + timedelta(days=1)), hosts=True)

    assert free_times([hosting(0, 60)], [ages], after=NOW, zone=BERLIN) == []
    assert free_times([], [ages], after=NOW, zone=BERLIN) == []


@given(st.lists(holds, max_size=10), st.datetimes(wall(2026, 3, 1), wall(2026, 4, 20)))
def test_free_times_are_free_and_ahead(taken: list[Hold], moment: datetime):
    after = moment.replace(tzinfo=NOW.tzinfo)
    wanted = hosting(0, 60)

    for start in free_times([wanted], taken, after=after, zone=BERLIN):
        tried = Hold(1, Period.lasting(start, 60), hosts=True)
        assert start > after
        assert not any(clash(tried, other) or warns(tried, other) for other in taken)
