"""Setting open hours, and what they mean to whoever books: a mentee is refused, mentor and manager are warned."""

from datetime import date, time
from typing import Any

import pytest
from sqlmodel import select

from app.models import clock
from app.models.commands.answering import accept, propose
from app.models.commands.availability import set_hours
from app.models.commands.booking import arrange, book, check, reactivate
from app.models.commands.cancelling import cancel
from app.models.commands.changing import move
from app.models.commands.dates import Verdict
from app.models.database import reading
from app.models.drafts import CancelDraft, read
from app.models.drafts.availability import AvailabilityDraft
from app.models.errors import Clash, NotFound, Refusal, Stale
from app.models.queries.availability import HoursPage, fingerprint, load_hours_page
from app.models.tables import Availability, Change
from app.models.words import Rank, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    booking,
    do,
    editing,
    make_group,
    make_house,
    make_organisation,
    make_person,
    make_session,
    moving,
    session,
    viewer,
)

WORKDAYS = [[{"start": 540, "end": 1020}]] * 5
OUTSIDE, INSIDE = at(1, 20), at(1, 10)


def hours(**values: Any) -> AvailabilityDraft:
    return read(AvailabilityDraft, {"is_limited": True, "zone": BERLIN, "weekly": WORKDAYS} | values)


@pytest.fixture
def house() -> House:
    make_organisation()
    made = make_house()
    do(set_hours, made.mentor, made.mentor.person_id, hours())
    return made


def test_hours_that_somebody_changed_meanwhile_are_not_taken_back(house: House) -> None:
    me, seen = house.mentor.person_id, fingerprint(page(house))
    do(set_hours, house.manager, me, hours(days=[{"day": "2026-03-20"}]), seen)
    for late in (hours(zone="UTC"), hours(is_limited=False)):
        with pytest.raises(Stale):
            do(set_hours, house.mentor, me, late, seen)
    assert [one.day for one in page(house).days] == ["2026-03-20"]
    do(set_hours, house.mentor, me, hours(zone="UTC"), fingerprint(page(house)))
    assert page(house).zone == "UTC"


def test_hours_of_a_page_that_the_server_has_forgotten_are_not_lifted(house: House) -> None:
    with pytest.raises(Stale):
        do(set_hours, house.mentor, house.mentor.person_id, hours(is_limited=False), fingerprint(HoursPage()))
    assert page(house).is_limited


def page(house: House, person_id: int | None = None) -> HoursPage:
    with reading() as db:
        return load_hours_page(db, house.mentor, NOW, person_id or house.mentor.person_id)


def test_hours_are_kept_as_they_were_set(house: House) -> None:
    off = {"day": "2026-03-09", "hours": []}
    passed = {"day": "2026-03-01", "hours": []}
    longer = {"day": "2026-03-07", "hours": [{"start": 600, "end": 720}, {"start": 700, "end": 1440}]}
    do(set_hours, house.mentor, house.mentor.person_id, hours(days=[off, passed, longer]))
    shown = page(house)
    assert [(day.name, [(h.start, h.end) for h in day.hours]) for day in shown.weekly][4:] == [
        ("Friday", [("09:00", "17:00")]),
        ("Saturday", []),
        ("Sunday", []),
    ]
    assert [(day.day, [(h.start, h.end) for h in day.hours]) for day in shown.days] == [
        ("2026-03-07", [("10:00", "00:00")]),
        ("2026-03-09", []),
    ]


def test_taking_the_hours_away_opens_every_hour(house: House) -> None:
    do(set_hours, house.mentor, house.mentor.person_id, hours(is_limited=False))
    assert not page(house).is_limited
    do(book, house.mentee, booking(house, OUTSIDE))


def test_setting_the_same_hours_again_leaves_no_second_line_in_the_history(house: House) -> None:
    do(set_hours, house.mentor, house.mentor.person_id, hours())
    with reading() as db:
        assert [row.step for row in db.exec(select(Change).where(Change.step == "open_hours"))] == ["open_hours"]


@pytest.mark.parametrize(
    "values",
    [
        {"weekly": []},
        {"weekly": [[{"start": 600, "end": 600}]]},
        {"weekly": [[{"start": 600, "end": 1500}]]},
        {"weekly": [*WORKDAYS, [], [], []]},
        {"zone": "Mars/Base"},
        {"days": [{"day": "2026-03-09"}, {"day": "2026-03-09"}]},
    ],
)
def test_hours_that_make_no_sense_are_refused(house: House, values: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        do(set_hours, house.mentor, house.mentor.person_id, hours(**values))
    assert page(house).weekly[0].hours


def test_hours_are_set_by_oneself_and_ones_managers_only(house: House) -> None:
    elsewhere = make_house(name="Elsewhere")
    owner = viewer(make_person(rank=Rank.OWNER))
    for allowed in (house.mentor, house.manager, owner):
        do(set_hours, allowed, house.mentor.person_id, hours())
    for stranger in (house.mentee, elsewhere.manager, elsewhere.mentor):
        with pytest.raises(NotFound):
            do(set_hours, stranger, house.mentor.person_id, hours(is_limited=False))
    with pytest.raises(NotFound):
        do(set_hours, house.mentee, house.mentee.person_id, hours())
    assert page(house).is_limited


def test_a_mentee_books_within_open_hours_only(house: House) -> None:
    with pytest.raises(Clash) as refused:
        do(book, house.mentee, booking(house, OUTSIDE))
    assert "is outside Max Mentor’s open hours. On Tuesday 3 March they are 09:00–17:00" in str(refused.value)
    do(book, house.mentee, booking(house, INSIDE))


@pytest.mark.parametrize("part", ["mentor", "manager"])
def test_mentor_and_manager_book_outside_with_a_warning(house: House, part: str) -> None:
    with reading() as db:
        outlook = check(db, house.part(part), NOW, booking(house, OUTSIDE))
    assert [one.verdict for one in outlook.findings] == [Verdict.WARNED]
    assert do(book, house.part(part), booking(house, OUTSIDE))["session_ids"]


def test_free_times_lie_in_open_hours(house: House) -> None:
    make_session(house, at(1, 10), minutes=360)
    with reading() as db:
        outlook = check(db, house.mentee, NOW, booking(house, at(1, 15)))
    shown = [clock.wall(one, BERLIN) for one in outlook.free_times]
    assert [(one.date(), one.time()) for one in shown] == [
        (date(2026, 3, 4), time(9)),
        (date(2026, 3, 4), time(9, 30)),
        (date(2026, 3, 4), time(10)),
    ]


def test_every_way_of_giving_a_time_minds_the_hours(house: House) -> None:
    waiting, booked = make_session(house), make_session(house, INSIDE)
    with pytest.raises(Clash):
        do(arrange, house.mentee, waiting, editing(OUTSIDE))
    with pytest.raises(Clash):
        do(move, house.mentee, booked, moving(OUTSIDE))
    assert (session(waiting).status, session(booked).start_at) == (Status.TO_BE_ARRANGED, INSIDE)
    do(move, house.mentor, booked, moving(OUTSIDE))
    assert session(booked).start_at == OUTSIDE


def test_a_time_that_the_mentor_chose_or_is_asked_for_may_lie_outside(house: House) -> None:
    asked = make_session(house, OUTSIDE, status=Status.PENDING, asked_id=house.mentee.person_id)
    do(accept, house.mentee, asked)
    pending = make_session(house, at(3, 10), status=Status.PENDING, asked_id=house.mentee.person_id)
    do(propose, house.mentee, pending, moving(at(3, 20)))
    assert session(pending).asked_id == house.mentor.person_id


def test_reactivating_keeps_a_time_that_was_agreed(house: House) -> None:
    booked = make_session(house, OUTSIDE)
    do(cancel, house.mentee, booked, CancelDraft(reason="Ill"))
    do(reactivate, house.mentee, booked)
    assert session(booked).status == Status.SCHEDULED


def test_group_sessions_are_their_hosts_own_affair(house: House) -> None:
    group = make_group(house, INSIDE)
    do(move, house.mentor, group, moving(OUTSIDE))
    assert session(group).start_at == OUTSIDE


def test_one_row_a_person(house: House) -> None:
    do(set_hours, house.manager, house.mentor.person_id, hours(zone="Europe/Paris"))
    with reading() as db:
        assert [row.zone for row in db.exec(select(Availability))] == ["Europe/Paris"]
