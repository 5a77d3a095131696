"""What a booking would come to, while its form is being filled."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.database import reading
from app.models.drafts import BookingDraft, Repetition
from app.models.permissions import Viewer
from app.models.queries.booking import ProgramChoice, load_choices
from app.models.queries.outlook import Outlook, Wished, look_ahead
from app.models.words import Rank, Repeat, Role
from tests.models.factories import (
    NOW,
    House,
    at,
    booking,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_session,
    viewer,
)

Reads = Callable[[], AbstractContextManager[list[str]]]

pytestmark = pytest.mark.zones


def ahead(who: Viewer, draft: BookingDraft, **values) -> Outlook:
    with reading() as db:
        found = load_choices(db, who, draft.mentor_id, draft.mentee_id)
        wished = Wished(found.mentor, found.mentee, found.programs[0], times=draft, draft=draft, **values)
        return look_ahead(db, who, NOW, wished)


def weekly(times: int) -> Repetition:
    return Repetition(repeat=Repeat.WEEKLY, times=times)


def test_outlook_of_a_free_time(house: House) -> None:
    found = ahead(house.manager, booking(house))
    assert (found.verdict, found.problems, found.free_times, found.dates) == ("free", [], [], [])
    assert found.summary == "Tuesday 3 March 2026, 17:00"
    assert [time.who for time in found.times] == ["for you, Max and Mia"]


def test_outlook_of_a_taken_time_names_what_is_in_the_way_and_what_is_free(house: House) -> None:
    make_session(house, at(1, 17))
    found = ahead(house.manager, booking(house, at(1, 17, 30)))
    assert found.verdict == "clash"
    assert found.problems[0].startswith("Max Mentor has “Algebra” on Tue 3 Mar 2026, 17:00–18:00")
    assert [(free.date, free.time) for free in found.free_times] == [
        ("2026-03-03", "18:30"),
        ("2026-03-03", "19:00"),
        ("2026-03-03", "19:30"),
    ]


def test_outlook_of_a_past_time_says_so(house: House) -> None:
    assert ahead(house.manager, booking(house, NOW - timedelta(hours=1))).verdict == "past"


def test_outlook_of_a_time_that_does_not_exist_says_so(house: House) -> None:
    draft = booking(house, at(27, 1)).model_copy(update={"at": at(27, 1).time().replace(hour=2, minute=30)})
    found = ahead(house.manager, draft)
    assert (found.verdict, found.times) == ("missing", [])
    assert found.strip.days[6].slot == []


def test_outlook_of_a_group_seat_only_warns(house: House) -> None:
    other = make_house()
    make_group(other, at(1, 17), people=[house.mentee.person_id])
    assert ahead(house.manager, booking(house)).verdict == "warned"


def test_outlook_of_a_series_judges_every_date(house: House) -> None:
    make_session(house, at(8, 17))
    found = ahead(house.manager, booking(house, at(1, 17), repetition=weekly(3)))
    assert [line.verdict for line in found.dates] == ["free", "clash", "free"]
    assert (found.headline, found.look, found.can_skip) == ("1 of 3 dates cannot be booked.", "warn", True)


def test_outlook_of_a_series_across_a_clock_change_keeps_the_hour_and_warns_of_the_others(house: House) -> None:
    asha = make_person("Asha Rao", zone="Asia/Kolkata")
    make_member(house.program_id, asha, Role.MENTEE)
    draft = booking(house, at(22, 17), repetition=weekly(2)).model_copy(update={"mentee_id": asha})
    found = ahead(house.manager, draft)
    assert [line.words for line in found.dates] == ["Tue 24 Mar 2026, 17:00", "Tue 31 Mar 2026, 17:00"]
    assert found.notes == ["From Tue 31 Mar 2026 it is 20:30 instead of 21:30 for Asha: the clocks change."]


def test_outlook_hides_what_the_viewer_may_not_see(house: House) -> None:
    other = make_house()
    make_member(other.program_id, house.mentor.person_id, Role.MENTOR)
    make_session(other, at(1, 17), host_id=house.mentor.person_id, title="Secret", relationship_id=None)
    found = ahead(house.mentee, booking(house, at(1, 17)))
    said = " ".join(found.problems) + str(found.strip)
    assert ("Secret" in said, found.verdict) == (False, "clash")


def test_outlook_draws_both_weeks(house: House) -> None:
    make_session(house, at(2, 10))
    found = ahead(house.mentor, booking(house))
    assert [lane.who for lane in found.strip.days[0].lanes] == ["You", "Mia"]
    assert [len(lane.bars) for lane in found.strip.days[2].lanes] == [1, 1]
    assert len(found.strip.days[1].slot) == 1


def test_outlook_tells_an_unassigned_pair_that_they_will_be_assigned(house: House) -> None:
    newcomer = make_person("Nia New")
    make_member(house.program_id, newcomer, Role.MENTEE)
    draft = booking(house).model_copy(update={"mentee_id": newcomer})
    assert ahead(house.manager, draft).told == [
        "They will be assigned to each other.",
        "Max and Nia get an e-mail with the calendar entry.",
    ]


def test_outlook_tells_that_the_other_is_asked_where_the_programme_wants_it() -> None:
    house = make_house(asks_confirmation=True)
    assert ahead(house.mentor, booking(house)).told[0] == "Mia is asked to confirm; until then the time is held."


def test_outlook_tells_that_nobody_is_mailed_when_unticked(house: House) -> None:
    told = ahead(house.mentor, booking(house), notifies=False).told
    assert told == ["Mia gets no e-mail; it still shows in Meridian."]


def test_outlook_of_nothing_chosen_is_empty(house: House) -> None:
    with reading() as db:
        found = load_choices(db, house.manager, 0, 0)
        assert look_ahead(db, house.manager, NOW, Wished(found.mentor, found.mentee, found.programs[0])) == Outlook()


@pytest.mark.parametrize("times", [None, "booking"])
def test_outlook_asks_for_the_programme_where_several_fit(house: House, times: str | None) -> None:
    second = make_program(name="Writing")
    for person, role in ((house.mentor, Role.MENTOR), (house.mentee, Role.MENTEE)):
        make_member(second, person.person_id, role)
    with reading() as db:
        found = load_choices(db, viewer(make_person(rank=Rank.OWNER)), house.mentor.person_id, house.mentee.person_id)
        wished = Wished(found.mentor, found.mentee, ProgramChoice(), times=booking(house) if times else None)
        open_yet = look_ahead(db, house.manager, NOW, wished)
        chosen = look_ahead(db, house.manager, NOW, replace(wished, program=found.programs[1]))
    assert [one.name for one in found.programs] == ["Reading", "Writing"]
    assert (open_yet.asks, chosen.asks) == ("Choose the programme: several fit these two.", "")


def test_outlook_shows_the_week_of_the_date_before_the_hour_is_known(house: House) -> None:
    with reading() as db:
        found = load_choices(db, house.manager, house.mentor.person_id, 0)
        wished = Wished(found.mentor, found.mentee, found.programs[0], day=date(2026, 4, 15))
        assert look_ahead(db, house.manager, NOW, wished).strip.days[0].day == "2026-04-13"


@pytest.mark.parametrize("dates", [1, 30])
def test_outlook_asks_as_often_for_one_date_as_for_many(house: House, dates: int, count_reads: Reads) -> None:
    for day in range(1, dates):
        make_session(house, at(day * 7 + 1, 17))
    draft = booking(house, at(1, 17), repetition=weekly(dates) if dates > 1 else Repetition())
    make_session(house, at(1, 17, 30))
    with reading() as db:
        found = load_choices(db, house.manager, draft.mentor_id, draft.mentee_id)
        wished = Wished(found.mentor, found.mentee, found.programs[0], times=draft, draft=draft)
        with count_reads() as seen:
            look_ahead(db, house.manager, NOW, wished)
    assert len(seen) <= 15
