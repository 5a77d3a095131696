"""What stands behind sessions chosen together: how many can still be called off, and whom they concern."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.database import reading
from app.models.drafts.announcements import MOST_CHOSEN
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries import session_several
from app.models.queries.session_list_filters import read_picked
from app.models.queries.session_several import Weight, participants_of, weigh
from app.models.words import Place, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_person,
    make_seat,
    make_session,
    make_strangers,
    viewer,
)
from tests.models.organised import house

__all__ = ["house"]

Reads = Callable[[], AbstractContextManager[list[str]]]


def weighed(who: Viewer, query: str) -> Weight:
    with reading() as db:
        return weigh(db, who, NOW, *read_picked(query))


def people(who: Viewer, query: str) -> list[int]:
    with reading() as db:
        return participants_of(db, who, NOW, *read_picked(query))


def test_all_that_the_filters_show_are_weighed(house: House) -> None:
    ahead, live = make_session(house, at(2)), make_session(house, at(0, 10), status=Status.LIVE)
    group = make_group(house, at(1), [make_person("Ann"), make_person("Ben")])
    make_session(house, at(-1), status=Status.COMPLETED)
    make_session(house, at(-2), place=Place.IN_PERSON)
    make_session(house, at(3), status=Status.CANCELLED)
    assert weighed(house.manager, "show=all") == Weight(6, [group, ahead], people=4, needs_reason=True)
    assert weighed(house.manager, "all=1&type=private") == Weight(1, [group], people=3, needs_reason=False)
    assert weighed(house.manager, "show=live") == Weight(1, [])
    assert weighed(house.manager, f"ids={live},{ahead}") == Weight(2, [ahead], people=2, needs_reason=True)
    assert weighed(house.manager, f"ids={live},{ahead}").closed == 1


@pytest.mark.parametrize("query", ["ids=", "ids=abc", "ids=9999999999", "ids=0&show=all"])
def test_ids_that_cannot_be_read_choose_nothing(house: House, query: str) -> None:
    make_session(house, at(2))
    assert weighed(house.manager, query) == Weight()


def test_who_does_not_hold_a_place_is_not_counted(house: House) -> None:
    group = make_group(house, at(1), [house.mentee.person_id])
    for status in (SeatStatus.DECLINED, SeatStatus.WITHDRAWN, SeatStatus.INVITED):
        make_seat(group, make_person(), status)
    assert weighed(house.manager, f"ids={group}").people == 3


def test_strangers_weigh_nothing_of_others(house: House) -> None:
    session_id = make_session(house, at(1))
    foreign = viewer(make_strangers(house)["foreign manager"])
    assert (weighed(foreign, "show=all").total, weighed(foreign, f"ids={session_id}")) == (0, Weight())
    with pytest.raises(Refusal, match="Nobody takes part"):
        people(foreign, f"ids={session_id}")
    for ask in (weighed, people):
        with pytest.raises(NotFound):
            ask(house.mentor, f"ids={session_id}")


def test_participants_of_several_are_each_named_once(house: House) -> None:
    other = make_person()
    one, two = make_session(house, at(1)), make_group(house, at(2), [house.mentee.person_id, other])
    make_seat(two, make_person(), SeatStatus.DECLINED)
    named = sorted([house.mentor.person_id, house.mentee.person_id, other])
    assert (people(house.manager, f"ids={one},{two}"), people(house.manager, "all=1")) == (named, named)


def test_too_many_to_be_named_are_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_CHOSEN == 2_000
    monkeypatch.setattr(session_several, "MOST_CHOSEN", 2)
    group = make_group(house, at(1), [make_person(), make_person()])
    with pytest.raises(Refusal, match="These are more than 2 people"):
        people(house.manager, f"ids={group}")


def test_weighing_takes_as_many_statements_for_one_as_for_thirty(house: House, count_reads: Reads) -> None:
    counts: list[int] = []
    for days in (range(1, 2), range(2, 31)):
        for day in days:
            make_session(house, at(day))
        with count_reads() as statements:
            weighed(house.manager, "all=1")
        counts.append(len(statements))
    assert counts == [3, 3]
