"""Recurrences in wall time, and scopes that neither multiply nor lose a session."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models import clock
from app.models.drafts import LONGEST_SERIES, Repetition
from app.models.errors import Refusal
from app.models.period import Period
from app.models.series import Occurrence, Shift, expand, reached, rrule_of
from app.models.words import Repeat, Scope, Status
from tests.models.factories import BERLIN, wall

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Apia",
)
MONDAY = wall(2026, 3, 2, 17, 0)
pytestmark = pytest.mark.zones


def weekly(times: int, **values: object) -> Repetition:
    return Repetition.model_validate({"repeat": Repeat.WEEKLY, "times": times} | values)


def test_expand_once_gives_the_first_date():
    assert expand(Repetition(), MONDAY) == [MONDAY]


def test_expand_daily_until_a_date_includes_it():
    repetition = Repetition(repeat=Repeat.DAILY, every=2, until=date(2026, 3, 6))

    assert [one.day for one in expand(repetition, MONDAY)] == [2, 4, 6]


def test_expand_weekly_on_chosen_weekdays_leaves_the_first_date_out_if_it_is_none_of_them():
    repetition = weekly(4, weekdays=[1, 3])

    assert [one.day for one in expand(repetition, MONDAY)] == [3, 5, 10, 12]


def test_expand_every_second_week_counts_weeks_from_monday():
    repetition = weekly(4, every=2, weekdays=[0, 6])

    assert [(one.month, one.day) for one in expand(repetition, MONDAY)] == [(3, 2), (3, 8), (3, 16), (3, 22)]


def test_expand_monthly_leaves_out_months_without_the_day():
    repetition = Repetition(repeat=Repeat.MONTHLY, times=4)

    dates = [one.date() for one in expand(repetition, wall(2026, 1, 31, 9))]

    assert dates == [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31), date(2026, 7, 31)]


def test_expand_refuses_an_end_before_the_start():
    with pytest.raises(Refusal, match="ends before it begins"):
        expand(Repetition(repeat=Repeat.DAILY, until=date(2026, 3, 1)), MONDAY)


def test_expand_refuses_more_sessions_than_a_series_may_have():
    with pytest.raises(Refusal, match="more than 200"):
        expand(Repetition(repeat=Repeat.DAILY, until=date(2199, 1, 1)), MONDAY)

    assert len(expand(Repetition(repeat=Repeat.DAILY, times=LONGEST_SERIES), MONDAY)) == LONGEST_SERIES


@pytest.mark.parametrize(
    ("repetition", "text"),
    [
        (weekly(5), "FREQ=WEEKLY;COUNT=5"),
        (weekly(5, every=2, weekdays=[4, 0]), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=5"),
        (Repetition(repeat=Repeat.DAILY, until=date(2026, 3, 6)), "FREQ=DAILY;COUNT=5"),
        (Repetition(repeat=Repeat.MONTHLY, times=5), "FREQ=MONTHLY;COUNT=5"),
    ],
)
def test_rrule_of_a_repetition_follows_the_standard(repetition: Repetition, text: str):
    assert rrule_of(repetition, 5) == text


def occurrences(
    walls: list[datetime], zone: str, minutes: int = 60, status: Status = Status.SCHEDULED
) -> list[Occurrence]:
    made: list[Occurrence] = []
    for number, local in enumerate(walls, 1):
        if clock.exists(local, zone):
            start = clock.instant(local, zone)
            made.append(Occurrence(number, status, Period.lasting(start, minutes), zone, start))
    return made


repetitions = st.one_of(
    st.builds(lambda n, e: Repetition(repeat=Repeat.DAILY, times=n, every=e), st.integers(2, 40), st.integers(1, 20)),
    st.builds(
        lambda n, e, days: Repetition(repeat=Repeat.WEEKLY, times=n, every=e, weekdays=days),
        st.integers(2, 40),
        st.integers(1, 4),
        st.frozensets(st.integers(0, 6), max_size=3),
    ),
    st.builds(lambda n: Repetition(repeat=Repeat.MONTHLY, times=n), st.integers(2, 14)),
)
first_walls = st.datetimes(wall(2026, 1, 1), wall(2027, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))


@given(st.sampled_from(ZONES), repetitions, first_walls)
def test_wall_time_survives_clock_changes(zone: str, repetition: Repetition, first: datetime):
    """What a person of the zone reads on the wall is the hour that was booked, whatever the offset is that day."""
    for one in occurrences(expand(repetition, first), zone):
        assert one.period is not None
        assert one.period.start.astimezone(ZoneInfo(zone)).time() == first.time()


@given(st.sampled_from(ZONES), repetitions, first_walls)
def test_expansion_is_in_order_without_repeats(zone: str, repetition: Repetition, first: datetime):
    walls = expand(repetition, first)

    assert walls == sorted(set(walls))
    assert all(one >= first for one in walls)
    assert len(walls) == repetition.times


def test_weekly_series_keeps_its_hour_on_both_sides_of_the_change_in_spring():
    starts = [one.period.start for one in occurrences(expand(weekly(3), wall(2026, 3, 22, 17)), BERLIN) if one.period]

    assert [start.hour for start in starts] == [16, 15, 15]


def test_weekly_series_keeps_its_hour_on_both_sides_of_the_change_in_autumn():
    starts = [one.period.start for one in occurrences(expand(weekly(3), wall(2026, 10, 18, 17)), BERLIN) if one.period]

    assert [start.hour for start in starts] == [15, 16, 16]


def test_shift_onto_a_wall_time_that_does_not_occur_leaves_no_period():
    [one] = occurrences([wall(2026, 3, 29, 17)], BERLIN)

    assert Shift(at=time(2, 30)).of(one).period is None


def test_shift_onto_a_wall_time_that_occurs_twice_takes_the_first():
    [one] = occurrences([wall(2026, 10, 25, 17)], BERLIN)

    shifted = Shift(at=time(2, 30)).of(one).period

    assert shifted is not None
    assert (shifted.start.hour, shifted.minutes) == (0, 60)


def test_shift_of_the_length_alone_keeps_each_start():
    [one] = occurrences([wall(2026, 10, 25, 17)], BERLIN)
    assert one.period is not None

    assert Shift(minutes=90).of(one).period == Period.lasting(one.period.start, 90)


def test_shift_leaves_a_session_without_a_time_alone():
    one = Occurrence(1, Status.TO_BE_ARRANGED, None, BERLIN)

    assert Shift(days=1).of(one) == one


def test_following_goes_by_the_original_dates():
    """The second was moved past the third; "this and following" of the third does not mean the second."""
    first, second, third = occurrences(expand(weekly(3), MONDAY), BERLIN)
    moved = Shift(days=10).of(second)

    assert reached([first, moved, third], third.id, Scope.FOLLOWING, lambda _: True) == [third.id]
    assert reached([first, moved, third], second.id, Scope.FOLLOWING, lambda _: True) == [second.id, third.id]


def test_session_without_a_series_is_alone_in_every_scope():
    one = Occurrence(1, Status.SCHEDULED, Period.lasting(clock.instant(MONDAY, BERLIN), 60), BERLIN)
    [other] = occurrences([MONDAY + timedelta(days=1)], BERLIN)
    other = Occurrence(2, other.status, other.period, other.zone, other.recurrence_at)

    for scope in Scope:
        assert reached([one, other], 1, scope, lambda _: True) == [1]


FINAL = (Status.LIVE, Status.COMPLETED, Status.MISSED, Status.CANCELLED)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Occurrence], int, datetime]:
    """A series some of which was moved, called off or held already, a pivot, and a present moment."""
    zone = draw(st.sampled_from(ZONES))
    made = occurrences(expand(draw(repetitions), draw(first_walls)), zone, draw(st.integers(30, 240)))
    lived = [
        Occurrence(
            one.id,
            draw(st.sampled_from((Status.SCHEDULED, Status.SCHEDULED, Status.PENDING, *FINAL))),
            Shift(days=draw(st.sampled_from((0, 0, 0, -2, 1)))).of(one).period or one.period,
            zone,
            one.recurrence_at,
        )
        for one in made
    ]
    pivot = draw(st.sampled_from(lived))
    now = draw(st.sampled_from(lived)).period
    assert now is not None
    return lived, pivot.id, now.start


shifts = st.builds(
    Shift,
    st.integers(-10, 10),
    st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.none() | st.integers(30, 720),
)


def apply(
    old: Sequence[Occurrence],
    pivot_id: int,
    scope: Scope,
    may: Callable[[Occurrence], bool],
    change: Callable[[Occurrence], Occurrence],
) -> list[Occurrence]:
    """The set after a step, as the commands make it of their rows."""
    chosen = reached(old, pivot_id, scope, may)
    return [change(one) if one.id in chosen else one for one in old]


@given(histories(), st.sampled_from(Scope), shifts)
def test_scopes_never_multiply_or_lose_a_session(
    history: tuple[list[Occurrence], int, datetime], scope: Scope, shift: Shift
):
    old, pivot_id, now = history

    def may(one: Occurrence) -> bool:
        return one.status not in FINAL and one.period is not None and one.period.start > now

    new = apply(old, pivot_id, scope, may, shift.of)

    assert [(n.id, n.recurrence_at, n.zone, n.status) for n in new] == [
        (o.id, o.recurrence_at, o.zone, o.status) for o in old
    ]
    meant = set(reached(old, pivot_id, scope, may))
    pivot = next(one for one in old if one.id == pivot_id)
    for before, after in zip(old, new, strict=True):
        if not may(before):
            assert after == before, "past, started and final ones are untouched"
        if before.id not in meant:
            assert after == before
        elif after.period is not None:
            assert_shifted(before, after, shift)
        if scope == Scope.FOLLOWING and may(before) and before.recurrence_at and pivot.recurrence_at:
            assert (before.id in meant) == (before.recurrence_at >= pivot.recurrence_at)
        if scope == Scope.ALL:
            assert (before.id in meant) == may(before)


def assert_shifted(before: Occurrence, after: Occurrence, shift: Shift) -> None:
    assert before.period is not None
    assert after.period is not None
    old, new = (clock.wall(one.start, before.zone) for one in (before.period, after.period))
    assert (new.date() - old.date()).days == shift.days
    assert new.time() == (shift.at or old.time())
    assert after.period.minutes == (shift.minutes or before.period.minutes)


@given(histories(), st.sampled_from(Scope))
def test_cancelling_and_reactivating_a_scope_gives_the_old_set_back(
    history: tuple[list[Occurrence], int, datetime], scope: Scope
):
    old, pivot_id, _ = history
    standing = [Occurrence(o.id, Status.SCHEDULED, o.period, o.zone, o.recurrence_at) for o in old]

    def turned(status: Status):
        return lambda o: Occurrence(o.id, status, o.period, o.zone, o.recurrence_at)

    off = apply(standing, pivot_id, scope, lambda o: o.status == Status.SCHEDULED, turned(Status.CANCELLED))
    on = apply(off, pivot_id, scope, lambda o: o.status == Status.CANCELLED, turned(Status.SCHEDULED))

    assert on == standing


@given(st.sampled_from(ZONES), first_walls, first_walls, st.integers(30, 600), st.integers(30, 600))
def test_shift_between_two_times_leads_from_one_to_the_other(
    zone: str, first: datetime, second: datetime, minutes: int, later_minutes: int
):
    if not (clock.exists(first, zone) and clock.exists(second, zone)):
        return
    old, new = (
        Period.lasting(clock.instant(wall, zone), length)
        for wall, length in ((first, minutes), (second, later_minutes))
    )
    one = Occurrence(1, Status.SCHEDULED, old, zone, old.start)

    assert Shift.between(old, new, zone).of(one).period == new
