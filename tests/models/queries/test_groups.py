"""The list of group sessions and what their form shows: for whom, how many statements, in which words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time

import pytest
from sqlmodel import select

from app.models.database import reading, transaction
from app.models.drafts import Times
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.group_forms import GroupForm, list_programs, load_group_form, read_repeated
from app.models.queries.group_outlook import (
    Asked,
    find_hosts,
    find_to_invite,
    foresee,
    foresee_invites,
    foresee_size,
    list_everybody,
    named_host,
    named_to_invite,
)
from app.models.queries.groups import AHEAD, PAST, GroupLine, list_groups, runs_groups
from app.models.tables import Membership, PersonTag
from app.models.words import Audience, Rank, Role, SeatStatus, Status
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    make_group,
    make_member,
    make_person,
    make_program,
    make_seat,
    make_session,
    make_strangers,
    viewer,
    wall_date,
)

Reads = Callable[[], AbstractContextManager[list[str]]]


def listed(who: Viewer, part: str = AHEAD, most: int = 50) -> list[GroupLine]:
    with reading() as db:
        return list_groups(db, who, NOW, part, most).lines


def ids(who: Viewer, part: str = AHEAD) -> list[int]:
    return [line.id for line in listed(who, part)]


def form_of(who: Viewer, session_id: int) -> GroupForm:
    with reading() as db:
        return load_group_form(db, who, NOW, session_id)


def times(day: int = 1, hour: int = 17, minutes: int = 60) -> Times:
    return Times(day=wall_date(day), at=time(hour), zone=BERLIN, minutes=minutes)


def invites(**chosen: object) -> dict[str, object]:
    return {"person_ids": [], "cohorts": [], "tags": [], "program": False} | chosen


def test_line_says_how_full_a_session_is_without_its_host(house: House) -> None:
    people = [make_person() for _ in range(5)]
    session_id = make_group(house, at(), people[:2], slug="s" * 16, audience=Audience.PUBLIC, maximum=4)
    for one, status in zip(people[2:], (SeatStatus.UNCONFIRMED, SeatStatus.INVITED, SeatStatus.WAITING), strict=True):
        make_seat(session_id, one, status)
    assert listed(house.manager) == [
        GroupLine(
            id=session_id,
            title="Chess",
            when="Tue 3 Mar 2026, 17:00–18:00",
            host="Max Mentor",
            program="Reading",
            audience="Public",
            status="scheduled",
            word="Upcoming",
            enrolled=3,
            places=3,
            invited=1,
            waiting=1,
            link="/g/" + "s" * 16,
        )
    ]


def test_upcoming_are_in_order_and_the_past_backwards(house: House) -> None:
    late, soon = make_group(house, at(5)), make_group(house, at(2))
    old, older = make_group(house, at(-1), status=Status.COMPLETED), make_group(house, at(-2), status=Status.MISSED)
    gone = make_group(house, at(3), status=Status.CANCELLED)
    make_group(house, at(4), deleted_at=NOW, status=Status.CANCELLED)
    make_session(house, at(6))
    assert ids(house.manager) == [soon, late]
    assert ids(house.manager, PAST) == [gone, old, older]


def test_each_sees_those_they_run(house: House) -> None:
    session_id = make_group(house, at(), [house.mentee.person_id])
    strangers = {name: viewer(one) for name, one in make_strangers(house).items()}
    owner = viewer(make_person(rank=Rank.OWNER))
    seen = {"manager": house.manager, "mentor": house.mentor, "mentee": house.mentee, "owner": owner} | strangers
    assert {name for name, who in seen.items() if ids(who) == [session_id]} == {"manager", "mentor", "owner"}
    assert {name for name, who in seen.items() if not runs_groups(who)} == {"mentee", "nobody"}


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_as_many_statements_for_one_as_for_thirty(house: House, count_reads: Reads, count: int) -> None:
    for day in range(1, count + 1):
        make_group(house, at(day), [house.mentee.person_id])
    with count_reads() as seen:
        assert len(listed(house.manager)) == count
    assert len(seen) == 2


def test_list_ends_where_asked_and_says_that_there_is_more(house: House) -> None:
    for day in (1, 2, 3):
        make_group(house, at(day))
    with reading() as db:
        found = list_groups(db, house.manager, NOW, AHEAD, 2)
    assert (len(found.lines), found.has_more) == (2, True)


def test_programmes_are_those_that_allow_group_sessions(house: House) -> None:
    closed = make_program(name="Closed", archived_at=NOW)
    off = make_program(name="Off", allows_group_sessions=False)
    for program in (closed, off):
        make_member(program, house.mentor.person_id, Role.MENTOR)
    with reading() as db:
        assert [one.name for one in list_programs(db, house.mentor)] == ["Reading"]
        assert [one.name for one in list_programs(db, house.mentor, also=off)] == ["Off", "Reading"]
        assert list_programs(db, house.mentee) == []
        assert [one.may_choose_host for one in list_programs(db, house.manager)] == [True]
        assert [one.may_choose_host for one in list_programs(db, house.mentor)] == [False]


def test_hosts_are_found_by_managers_among_the_mentors(house: House) -> None:
    with reading() as db:
        assert [one.name for one in find_hosts(db, house.manager, house.program_id, "")] == ["Max Mentor"]
        assert find_hosts(db, house.mentor, house.program_id, "") == []
        assert named_host(db, house.manager, house.program_id, house.mentor.person_id).name == "Max Mentor"
        assert named_host(db, house.manager, house.program_id, house.mentee.person_id).name == "Mona Manager"
        assert named_host(db, house.mentor, house.program_id, house.manager.person_id).name == "Max Mentor"


def test_host_finds_the_members_but_not_their_addresses(house: House) -> None:
    stranger = make_person("Mina Stranger")
    with reading() as db:
        for who, address in ((house.manager, house.mentee.email), (house.mentor, "")):
            found = find_to_invite(db, who, house.program_id, "mi", {who.person_id})
            assert [(one.name, one.email) for one in found] == [("Mia Mentee", address)]
        assert find_to_invite(db, house.mentor, house.program_id, "mi", {house.mentee.person_id}) == []
        named = named_to_invite(db, house.mentor, house.program_id, [stranger, house.mentee.person_id])
        assert [one.name for one in named] == ["Mia Mentee"]


def test_groups_of_people_are_the_programmes_and_tags_are_the_managers(house: House) -> None:
    with transaction() as db:
        db.add(PersonTag(person_id=house.mentee.person_id, name="evening"))
        row = db.exec(select(Membership).where(Membership.person_id == house.mentee.person_id)).one()
        row.cohort = "Spring"
    with reading() as db:
        [program] = list_programs(db, house.manager)
        offered = [[one.value for one in list_everybody(db, who, program)] for who in (house.manager, house.mentor)]
    assert offered == [["program:", "cohort:Spring", "tag:evening"], ["program:", "cohort:Spring"]]


@pytest.mark.parametrize(
    ("when", "look", "headline"),
    [
        (times(1), "good", "This time is free."),
        (times(2, 18), "danger", "This time cannot be had."),
        (times(0, 9), "danger", "This time has passed."),
        (times(27, 2), "danger", "This time does not exist."),
    ],
)
def test_time_is_judged_while_it_is_typed(house: House, when: Times, look: str, headline: str) -> None:
    make_session(house, at(2))
    with reading() as db:
        seen = foresee(db, house.mentor, NOW, house.program_id, house.mentor.person_id, when)
    assert (seen.look, seen.headline, bool(seen.problems)) == (look, headline, headline[-5:] not in ("free.", "ssed."))


def test_time_is_named_with_its_zone(house: House) -> None:
    with reading() as db:
        unsaid = foresee(db, house.mentor, NOW, house.program_id, house.mentor.person_id, None)
        seen = foresee(db, house.mentor, NOW, house.program_id, house.mentor.person_id, times())
    assert (unsaid.zone_words, unsaid.headline) == ("Berlin time, UTC+1", "")
    assert seen.summary == "Tuesday 3 March 2026, 17:00–18:00 (Berlin time, UTC+1)"


def test_own_time_is_free_while_editing(house: House) -> None:
    session_id = make_group(house, at())
    with reading() as db:
        seen = foresee(db, house.mentor, NOW, house.program_id, house.mentor.person_id, times(), session_id)
    assert seen.look == "good"


def test_invitations_are_counted_beforehand(house: House) -> None:
    asked = Asked(house.mentor, house.program_id, house.mentor.person_id, maximum=5, private=False)
    with reading() as db:
        assert foresee_invites(db, NOW, asked, invites()) == ("", "")
        assert foresee_invites(db, NOW, asked, invites(person_ids=[house.mentee.person_id])) == (
            "1 person will be invited.",
            "good",
        )
        words, look = foresee_invites(db, NOW, asked, invites(person_ids=[make_person()]))
        assert (words[:35], look) == ("1 of these people cannot be invited", "danger")


def test_invitations_leave_out_who_is_in_already(house: House) -> None:
    session_id = make_group(house, at(), [house.mentee.person_id])
    asked = Asked(house.mentor, house.program_id, house.mentor.person_id, 20, False, session_id)
    with reading() as db:
        words, look = foresee_invites(db, NOW, asked, invites(program=True))
    assert (words, look) == ("1 person will be invited. 1 of those chosen already takes part.", "good")


def test_more_invited_than_places_is_said_beforehand(house: House) -> None:
    for _ in range(4):
        make_member(house.program_id, make_person(), Role.MENTEE)
    looks = []
    with reading() as db:
        for private in (False, True):
            asked = Asked(house.mentor, house.program_id, house.mentor.person_id, 3, private)
            looks.append(foresee_invites(db, NOW, asked, invites(program=True))[1])
    assert looks == ["warn", "danger"]


def test_size_is_foreseen(house: House) -> None:
    people = [make_person() for _ in range(3)]
    session_id = make_group(house, at(), people[:2], maximum=3)
    make_seat(session_id, people[2], SeatStatus.WAITING)
    with reading() as db:
        said = [foresee_size(db, NOW, session_id, maximum) for maximum in (2, 3, 4, 0)]
    assert said == [
        "1 person, the last who came, will go back to the waiting list. They are told.",
        "",
        "1 person will move up from the waiting list. They are told.",
        "",
    ]


def test_form_begins_with_what_the_session_is(house: House) -> None:
    values = {"slug": "s" * 16, "details": "For all.", "minimum": 2, "categories": ["chess", "games"]}
    session_id = make_group(house, at(), [house.mentee.person_id], 90, **values)
    form = form_of(house.mentor, session_id)
    fields = ("title", "details", "date", "time", "zone", "hours", "minutes", "minimum", "maximum", "categories")
    assert [form.fields[name] for name in fields] == [
        *("Chess", "For all.", "2026-03-03", "17:00", BERLIN, "1", "30", "2", "20"),
        "chess, games",
    ]
    assert [(one.name, one.word) for one in form.seats] == [("Mia Mentee", "Enrolled")]
    assert (form.host.name, form.version, form.closed) == ("Max Mentor", 1, "")
    seen = [form_of(who, session_id).seats[0].email for who in (house.manager, house.mentor)]
    assert seen == [house.mentee.email, ""]


def test_form_of_a_started_session_says_why_it_is_closed(house: House) -> None:
    session_id = make_group(house, at(), status=Status.LIVE)
    form = form_of(house.manager, session_id)
    assert (form.closed[:24], form.has_meeting_left) == ("This session has started", True)
    over = form_of(house.manager, make_group(house, at(-1), status=Status.COMPLETED))
    assert (over.closed[:25], over.has_meeting_left) == ("This session is completed", False)


@pytest.mark.parametrize("who", ["mentee", "nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_form_and_dates_are_for_those_who_run_it(house: House, who: str) -> None:
    session_id = make_group(house, at(), [house.mentee.person_id])
    stranger = viewer((make_strangers(house) | {"mentee": house.mentee.person_id})[who])
    for query in (lambda: form_of(stranger, session_id), lambda: repeated(stranger, session_id)):
        with pytest.raises(NotFound):
            query()


def repeated(who: Viewer, session_id: int) -> tuple[str, str]:
    with reading() as db:
        found = read_repeated(db, who, session_id)
    return found.title, found.at


def test_duplicate_begins_with_its_hour(house: House) -> None:
    assert repeated(house.mentor, make_group(house, at())) == ("Chess", "17:00")


@pytest.mark.parametrize("count", [1, 30])
def test_form_takes_as_many_statements_for_one_as_for_thirty(house: House, count_reads: Reads, count: int) -> None:
    session_id = make_group(house, at(), [make_person() for _ in range(count)], maximum=40)
    with count_reads() as seen:
        assert len(form_of(house.manager, session_id).seats) == count
    assert len(seen) == 5
