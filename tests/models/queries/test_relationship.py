"""One relationship: who may open it, its numbered sessions, what is offered, and its history."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import time

import pytest

from app.models.commands import booking, cancelling
from app.models.commands.assigning import assign_pair
from app.models.commands.ending import end
from app.models.commands.relationships import add_session
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft
from app.models.drafts.relationships import ArrangeAllDraft, EndDraft, PairDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.arranging import Foreseen, foresee
from app.models.queries.relationship import RelationshipPage, SessionPlace, load_place, load_relationship
from app.models.tables import Person, Relationship
from app.models.words import Place, Rank, Role, Status
from tests.models import factories as make
from tests.models.factories import BERLIN, NOW, House, at, do, make_house, make_session, wall_date

Reads = Callable[[], AbstractContextManager[list[str]]]


def page(who: Viewer, relationship_id: int) -> RelationshipPage:
    with reading() as db:
        return load_relationship(db, who, NOW, relationship_id)


def place(who: Viewer, relationship_id: int, number: int) -> SessionPlace:
    with reading() as db:
        return load_place(db, who, relationship_id, number)


@pytest.fixture
def house() -> House:
    return make_house(mentor_word="coach", mentee_word="coachee")


def test_page_names_the_other_and_the_programmes_words(house: House) -> None:
    titles = [page(who, house.relationship_id).title for who in (house.mentor, house.mentee, house.manager)]
    assert titles == ["Mia Mentee", "Max Mentor", "Max Mentor and Mia Mentee"]
    found = page(house.mentor, house.relationship_id)
    assert (found.mentor_word, found.mentee_word, found.program) == ("Coach", "Coachee", "Reading")
    assert (found.mentor.is_me, found.mentee.is_me) == (True, False)


def test_page_names_the_zone_without_an_offset_that_holds_for_half_a_year_only(house: House) -> None:
    zones = [replace(house.mentor, zone=zone) for zone in ("Europe/Berlin", "America/New_York", "UTC")]
    named = [page(who, house.relationship_id).zone for who in zones]
    assert named == ["Berlin time", "New York time", "UTC"]


@pytest.mark.parametrize("who", ["nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_foreign_relationship_is_not_found(house: House, who: str) -> None:
    make_session(house, at(2), number=1)
    stranger = make.viewer(make.make_strangers(house)[who])
    for look in (lambda: page(stranger, house.relationship_id), lambda: place(stranger, house.relationship_id, 1)):
        with pytest.raises(NotFound):
            look()


@pytest.mark.parametrize("relationship_id", [0, -1, 2**40, 999])
def test_relationship_that_is_none_is_not_found(house: House, relationship_id: int) -> None:
    with pytest.raises(NotFound):
        page(house.manager, relationship_id)


def test_number_that_is_none_is_not_found(house: House) -> None:
    make_session(house, at(2), number=1)
    make_session(house, at(3), number=2, deleted_at=NOW)
    for number in (0, 2, 7):
        with pytest.raises(NotFound):
            place(house.mentor, house.relationship_id, number)


def test_sessions_stand_by_number_in_relationship_words(house: House) -> None:
    make_session(house, number=4)
    make_session(house, at(3), number=3, status=Status.PENDING)
    make_session(house, at(2), number=2, title="")
    make_session(house, at(-2), number=1, status=Status.COMPLETED)
    make_session(house, at(5), number=5, status=Status.CANCELLED)
    make_session(house, at(-3), number=6, status=Status.MISSED)
    make_session(house, at(-4), number=7, place=Place.IN_PERSON, address="Room 4\nOld School", session_type="At school")
    lines = page(house.mentor, house.relationship_id).sessions
    assert [(line.name, line.word) for line in lines] == [
        ("Session 1", "Completed"),
        ("Session 2", "Arranged"),
        ("Session 3", "Pending confirmation"),
        ("Session 4", "To be arranged"),
        ("Session 5", "Cancelled"),
        ("Session 6", "Missed"),
        ("Session 7", "Awaiting outcome"),
    ]
    assert (lines[1].day, lines[1].hours, lines[1].place) == ("Wed 4 Mar 2026", "17:00–18:00", "Online")
    assert (lines[3].day, lines[3].place) == ("", "")
    assert lines[6].place == "At school · Room 4"


def test_edit_leads_to_the_form_that_it_means(house: House) -> None:
    make_session(house, at(2), number=1)
    make_session(house, number=2)
    make_session(house, at(3), number=3, status=Status.CANCELLED)
    make_session(house, at(0, 9), number=4, status=Status.LIVE)
    here = f"/relationships/{house.relationship_id}"
    lines = page(house.mentee, house.relationship_id).sessions
    assert [line.href for line in lines] == [f"{here}/1?do=edit", f"{here}/2?do=arrange", f"{here}/3", f"{here}/4"]
    assert [line.changes for line in lines] == [True, True, True, False]


def test_pair_may_arrange_but_only_managers_end(house: House) -> None:
    make_session(house, number=1)
    shown = [page(who, house.relationship_id) for who in (house.mentor, house.mentee, house.manager)]
    assert [one.may_arrange_all for one in shown] == [True, True, True]
    assert [one.may_record for one in shown] == [True, False, True]
    assert [one.may_end for one in shown] == [False, False, True]
    messages = f"/messages/{house.relationship_id}"
    assert [one.messages_href for one in shown] == [messages, messages, ""]


def test_managers_see_whether_the_two_may_write_and_the_step_that_is_open(house: House) -> None:
    one = house.relationship_id
    assert [page(who, one).thread_step for who in (house.manager, house.mentor, house.mentee)] == ["close", "", ""]
    with transaction() as db:
        db.get_one(Relationship, one).thread_closed_at = NOW
    assert page(house.manager, one).thread_step == "reopen"
    with transaction() as db:
        db.get_one(Relationship, one).ended_at = NOW
    assert page(house.manager, one).thread_step == ""


def test_ended_relationship_can_only_be_viewed(house: House) -> None:
    make_session(house, number=1)
    make_session(house, at(2), number=2)
    do(end, house.manager, EndDraft(relationship_id=house.relationship_id))
    found = page(house.mentor, house.relationship_id)
    assert (found.ended, found.may_change, found.may_arrange_all, found.may_end) == ("Mon 2 Mar 2026", *[False] * 3)
    assert [line.changes for line in found.sessions] == [False, False]
    assert place(house.mentor, house.relationship_id, 2).is_ended is True


def test_nothing_new_is_offered_while_one_of_them_is_deactivated(house: House) -> None:
    make_session(house, number=1)
    with transaction() as db:
        db.get_one(Person, house.mentee.person_id).deactivated_at = NOW
    found = page(house.mentor, house.relationship_id)
    assert (found.may_change, found.may_arrange_all, found.may_record) == (False, False, False)


def test_future_sessions_are_listed_for_the_end(house: House) -> None:
    make_session(house, at(4), number=2)
    first = make_session(house, at(2), number=3, status=Status.PENDING)
    make_session(house, at(-2), number=4, status=Status.COMPLETED)
    make_session(house, at(3), number=5, status=Status.CANCELLED)
    future = page(house.manager, house.relationship_id).future
    assert [one.name for one in future] == ["Session 3", "Session 2"]
    assert (future[0].id, future[0].when) == (first, "Wed 4 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)")


def test_form_proposes_a_week_after_the_last_as_they_met_then(house: House) -> None:
    make_session(house, at(9, 15), 90, number=1, place=Place.IN_PERSON, address="Library", session_type="Skype")
    form = page(house.mentor, house.relationship_id).form
    assert (form.day, form.at, form.until) == (f"{wall_date(16)}", "15:00", "16:30")
    assert (form.place, form.address, form.session_type) == (Place.IN_PERSON, "Library", "Skype")


def test_form_of_a_fresh_relationship_begins_tomorrow_with_the_programmes_length() -> None:
    house = make_house(default_minutes=90)
    form = page(house.mentor, house.relationship_id).form
    assert (form.day, form.at, form.until) == (f"{wall_date(1)}", "17:00", "18:30")


def test_history_tells_of_the_relationship_and_its_sessions() -> None:
    house = make_house()
    other = make.make_person("Tom Third")
    make.make_member(house.program_id, other, Role.MENTEE)
    draft = PairDraft(program_id=house.program_id, mentor_id=house.mentor.person_id, mentee_id=other)
    pair = do(assign_pair, house.manager, draft)["relationship_id"]
    do(add_session, house.mentor, pair)
    [session] = [one for one in make.sessions(relationship_id=pair) if one.number == 1]
    do(booking.arrange, house.mentor, session.id, make.editing(at(2)))
    do(cancelling.cancel, make.viewer(other), session.id, CancelDraft(reason="I am ill"))
    said = [(entry.who, entry.what, entry.reason) for entry in page(house.mentor, pair).history]
    assert said == [
        ("Tom Third", "Session 1: cancelled this session", "I am ill"),
        ("You", "Session 1: arranged this session: Wed 4 Mar 2026, 17:00", ""),
        ("You", "Session 4: added this session", ""),
        ("Mona Manager", "brought the two together", ""),
    ]


def test_place_names_the_sessions_before_and_after(house: House) -> None:
    for number in (1, 3, 8):
        make_session(house, number=number)
    found = place(house.mentee, house.relationship_id, 3)
    assert (found.before_name, found.after_name, found.others) == ("Session 1", "Session 8", "Max Mentor")
    assert (place(house.mentee, house.relationship_id, 1).before_href, found.name) == ("", "Session 3")


def test_number_of_reads_does_not_grow(house: House, count_reads: Reads) -> None:
    def count() -> int:
        with count_reads() as seen:
            page(house.manager, house.relationship_id)
        return len(seen)

    make_session(house, at(2), number=1)
    once = count()
    for number in range(2, 32):
        make_session(house, at(number), number=number)
    assert count() == once <= 9


def looked_ahead(house: House, **values: object) -> Foreseen:
    start = {"day": wall_date(1), "at": time(17), "zone": BERLIN, "minutes": 60}
    draft = ArrangeAllDraft(relationship_id=house.relationship_id, **start | values)  # type: ignore[arg-type]
    with reading() as db:
        return foresee(db, house.mentor, NOW, draft)


def test_arrange_all_is_foreseen_date_by_date(house: House) -> None:
    for number in (1, 2, 4):
        make_session(house, number=number)
    make_session(house, at(8), number=3, title="Geometry")
    found = looked_ahead(house)
    assert [(one.session, one.words, one.verdict_word) for one in found.dates] == [
        ("Session 1", "Tue 3 Mar 2026, 17:00", "Free"),
        ("Session 2", "Tue 10 Mar 2026, 17:00", "Clash"),
        ("Session 4", "Tue 17 Mar 2026, 17:00", "Free"),
    ]
    assert (found.headline, found.look, found.can_skip) == ("1 of 3 dates cannot be had.", "danger", True)
    assert "Geometry" in found.dates[1].messages


@pytest.mark.parametrize(
    ("count", "said"), [(1, "This date is free."), (2, "Both dates are free."), (3, "All 3 dates are free.")]
)
def test_arrange_all_says_that_all_are_free(house: House, count: int, said: str) -> None:
    for number in range(1, count + 1):
        make_session(house, number=number)
    assert looked_ahead(house).headline == said


def test_arrange_all_leaves_out_what_clashes(house: House) -> None:
    for number in (1, 2):
        make_session(house, number=number)
    make_session(house, at(1), number=3, title="Geometry")
    found = looked_ahead(house, skips_clashes=True, every_weeks=2)
    assert [(one.session, one.words, one.verdict_word) for one in found.dates] == [
        ("", "Tue 3 Mar 2026, 17:00", "Left out"),
        ("Session 1", "Tue 17 Mar 2026, 17:00", "Free"),
        ("Session 2", "Tue 31 Mar 2026, 17:00", "Free"),
    ]
    assert (found.headline, found.look) == ("2 dates are free; 1 is left out.", "good")


def test_arrange_all_says_why_it_cannot_be_read_for_an_ended_one(house: House) -> None:
    make_session(house, number=1)
    do(end, house.manager, EndDraft(relationship_id=house.relationship_id))
    found = looked_ahead(house)
    assert (found.look, found.dates) == ("danger", [])


def test_owner_sees_every_relationship(house: House) -> None:
    owner = make.viewer(make.make_person("Olga Owner", rank=Rank.OWNER))
    assert page(owner, house.relationship_id).id == house.relationship_id
