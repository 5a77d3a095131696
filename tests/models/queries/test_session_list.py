"""The list of all sessions: for whom, narrowed and sorted how, with how many statements; its files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.session_list import SessionList, list_sessions, read_choices
from app.models.queries.session_list_filters import (
    Filters,
    read_filters,
)
from app.models.queries.session_sheets import sessions_sheet
from app.models.words import Audience, Place, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_member,
    make_person,
    make_seat,
    make_session,
    make_strangers,
    viewer,
)
from tests.models.organised import house

__all__ = ["house"]

Reads = Callable[[], AbstractContextManager[list[str]]]


def found(who: Viewer, **params: str) -> SessionList:
    with reading() as db:
        return list_sessions(db, who, NOW, read_filters(params))


def ids(who: Viewer, **params: str) -> list[int]:
    return [row.id for row in found(who, **params).rows]


def test_parts_divide_the_list_and_the_filter_reaches_the_rest(house: House) -> None:
    made = {
        "scheduled": make_session(house, at(2)),
        "awaiting": make_session(house, at(-3), place=Place.IN_PERSON),
        "live": make_session(house, at(0, 10), status=Status.LIVE),
        "completed": make_session(house, at(-1), status=Status.COMPLETED),
        "missed": make_session(house, at(-2), status=Status.MISSED),
        "cancelled": make_session(house, at(4), status=Status.CANCELLED),
        "pending": make_session(house, at(3), status=Status.PENDING),
        "to_be_arranged": make_session(house),
    }
    make_session(house, at(5), status=Status.CANCELLED, deleted_at=NOW)
    manager = house.manager
    parts = {part: ids(manager, show=part) for part in ("upcoming", "live", "completed")}
    assert parts == {one: [made[name]] for one, name in zip(parts, ("scheduled", "live", "completed"), strict=True)}
    assert ids(manager) == [made["scheduled"]]
    assert {name: ids(manager, status=name) for name in made} == {name: [one] for name, one in made.items()}
    assert sorted(ids(manager, show="all")) == sorted(made.values())
    shown = {row.id: (row.status, row.word) for row in found(manager, show="all").rows}
    assert shown[made["awaiting"]] == ("awaiting", "Awaiting outcome")
    assert shown[made["to_be_arranged"]] == ("to_be_arranged", "To be arranged")
    assert ids(manager, show="all")[-1] == made["to_be_arranged"]
    assert ids(manager, show="all", sort="schedule")[-1] == made["to_be_arranged"]


def test_filters_of_one_kind_widen_and_of_several_narrow(house: House) -> None:
    pair = make_session(house, at(1))
    lists = {"categories": ["Größe", "Games"], "medium": ["English"], "recommended_for": ["Teens"]}
    private = make_group(house, at(2), audience=Audience.PRIVATE, **lists)
    public = make_group(house, at(3), audience=Audience.PUBLIC, categories=["Music"], medium=["English", "Hindi"])
    manager = house.manager
    assert ids(manager, type="one_to_one") == [pair]
    assert ids(manager, type="private,public") == [private, public]
    assert ids(manager, category="Größe") == [private]
    assert ids(manager, category="Games,Music") == [private, public]
    assert ids(manager, category="Game") == []
    assert ids(manager, medium="Hindi") == [public]
    assert ids(manager, medium="English", **{"for": "Teens"}) == [private]
    assert ids(manager, program=str(house.program_id), type="public") == [public]
    assert ids(manager, program=str(house.program_id + 1)) == []
    with reading() as db:
        groups = {one.name: one for one in read_choices(db, manager, read_filters({"category": "Games"}))}
    assert [(one.value, one.is_on) for one in groups["category"].choices] == [
        ("Games", True),
        ("Größe", False),
        ("Music", False),
    ]
    assert list(groups) == ["type", "status", "category", "medium", "for"]


def test_search_finds_titles_and_mentors(house: House) -> None:
    algebra, percent = make_session(house, at(1)), make_group(house, at(2), title="100% Chess_club")
    manager = house.manager
    assert ids(manager, q="ALGE") == [algebra]
    assert ids(manager, q="max ment") == [algebra, percent]
    assert ids(manager, q="100% chess_") == [percent]
    assert ids(manager, q="%") == [percent]
    assert ids(manager, q="Mia") == []


def test_columns_sort_both_ways(house: House) -> None:
    anna = make_person("Anna Adams")
    make_member(house.program_id, anna, Role.MENTOR)
    first = make_session(house, at(3), title="beta")
    second = make_group(house, at(1), [make_person()], title="Alpha", audience=Audience.PUBLIC)
    third = make_group(house, at(2), [make_person(), make_person()], title="gamma", host_id=anna)
    order = {
        "id": [first, second, third],
        "title": [second, first, third],
        "mentor": [third, first, second],
        "schedule": [second, third, first],
        "type": [first, third, second],
    }
    manager = house.manager
    assert {name: ids(manager, sort=name) for name in order} == order
    backwards = {name: ids(manager, sort=name, down="1") for name in order}
    assert backwards == {**{name: one[::-1] for name, one in order.items()}, "mentor": [second, first, third]}
    assert ids(manager, sort="enrolment", down="1")[0] == third
    assert ids(manager, sort="status") == [first, second, third]


def test_pages_say_their_range(house: House) -> None:
    for day in range(1, 46):
        make_session(house, at(day))
    pages = [found(house.manager, page=str(page)) for page in (1, 3, 9)]
    assert [(one.range_words, one.page, len(one.rows)) for one in pages] == [
        ("1–20 of 45", 1, 20),
        ("41–45 of 45", 3, 5),
        ("41–45 of 45", 3, 5),
    ]
    assert found(house.manager, per="50").range_words == "1–45 of 45"
    assert found(house.manager, q="nothing").range_words == ""


def test_enrolment_counts_without_the_host(house: House) -> None:
    session_id = make_group(house, at(1), [house.mentee.person_id], maximum=5, slug="s" * 16)
    make_seat(session_id, make_person(), SeatStatus.INVITED)
    make_seat(session_id, make_person(), SeatStatus.UNCONFIRMED)
    make_session(house, at(2))
    group, pair = found(house.manager).rows
    assert (group.enrolment, group.type_word, group.link) == ("2 / 4, 1 invited", "Private", "/g/" + "s" * 16)
    assert (pair.enrolment, pair.type_word, pair.link) == ("Mia Mentee", "One-to-one", "")
    assert (group.day, group.hours, group.host) == ("Tue 3 Mar 2026", "17:00–18:00", "Max Mentor")


def test_row_leads_to_what_can_still_be_changed(house: House) -> None:
    pair, group = make_session(house, at(1)), make_group(house, at(2))
    live = make_group(house, at(0, 10), status=Status.LIVE)
    make_session(house, at(-1), place=Place.IN_PERSON)
    make_session(house, at(-2), status=Status.COMPLETED)
    assert [(row.edit_href, row.edit_word) for row in found(house.manager, show="all", sort="id").rows] == [
        (f"/s/{pair}?form=edit", "Edit"),
        (f"/sessions/{group}/edit", "Edit"),
        (f"/s/{live}?form=meeting", "Edit meeting link"),
        ("", ""),
        ("", ""),
    ]


def test_list_is_for_managers_and_only_of_their_programmes(house: House, owner: Viewer) -> None:
    session_id = make_session(house, at(1))
    strangers = make_strangers(house)
    assert ids(owner) == ids(house.manager) == [session_id]
    assert ids(viewer(strangers["foreign manager"])) == []
    for who in (house.mentor, house.mentee, viewer(strangers["nobody"])):
        for query in (
            lambda who=who: found(who),
            lambda who=who: sheet(who),
            lambda who=who: choices(who),
        ):
            with pytest.raises(NotFound):
                query()


def test_manager_who_hosts_elsewhere_finds_that_too(house: House) -> None:
    foreign = make_strangers(house)["foreign manager"]
    hosted = make_group(house, at(1), host_id=foreign)
    make_session(house, at(2))
    assert ids(viewer(foreign)) == [hosted]


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_as_many_statements_for_one_as_for_thirty(
    house: House, owner: Viewer, count_reads: Reads, count: int
) -> None:
    for day in range(1, count + 1):
        make_group(house, at(day), [make_person()])
    with count_reads() as seen:
        assert len(found(owner, per="50", q="chess").rows) == count
    assert len(seen) == 6


def sheet(who: Viewer, only: list[int] | None = None, **params: str) -> list[list[str]]:
    with reading() as db:
        return sessions_sheet(db, who, NOW, read_filters(params), only).rows


def choices(who: Viewer) -> Any:
    with reading() as db:
        return read_choices(db, who, Filters())


def test_file_holds_all_pages_that_the_filters_show(house: House) -> None:
    made = [make_session(house, at(day)) for day in range(1, 26)]
    make_session(house, at(-1), status=Status.COMPLETED)
    assert [row[0] for row in sheet(house.manager, page="2")] == [str(one) for one in made]
    assert sheet(house.manager, [made[3]])[0] == [
        *(str(made[3]), "Algebra", "Max Mentor", "Mia Mentee", "Reading", "Fri 6 Mar 2026", "17:00–18:00"),
        *("Mia Mentee", "1", "1", "0", "0", "One-to-one", "Upcoming"),
    ]
    foreign = viewer(make_strangers(house)["foreign manager"])
    assert sheet(foreign, made) == []
