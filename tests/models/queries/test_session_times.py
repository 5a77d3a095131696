"""What a typed time for a session comes to."""

from datetime import date, time

import pytest

from app.models import clock
from app.models.database import reading
from app.models.drafts import Times
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.session_times import FreeTime, TimeCheck, check_time
from app.models.words import Rank
from tests.models import factories as make
from tests.models.factories import BERLIN, at


def look(who: Viewer, session_id: int, day: date, hour: time, minutes: int = 60, zone: str = BERLIN) -> TimeCheck:
    with reading() as db:
        return check_time(db, who, clock.now(), session_id, Times(day=day, at=hour, zone=zone, minutes=minutes))


def test_check_says_how_long_it_lasts_and_what_it_is_for_the_viewer() -> None:
    house = make.make_house()
    far = make.viewer(make.make_person(zone="Asia/Kolkata", rank=Rank.OWNER))
    session_id = make.make_session(house, at())
    found = look(far, session_id, date(2026, 4, 1), time(17), 90)
    assert (found.lasts, found.zone) == ("Lasts 1 hour 30 minutes", "Berlin time, UTC+2")
    assert found.yours == "Wed 1 Apr 2026, 20:30–22:00 (Kolkata time, UTC+5:30)"
    assert (found.clashes, found.free) == ([], [])


def test_check_does_not_count_the_session_itself() -> None:
    house = make.make_house()
    session_id = make.make_session(house, at(1, 17))
    assert look(house.mentor, session_id, date(2026, 3, 3), time(17, 30)).clashes == []


def test_check_names_what_is_in_the_way_and_offers_free_times() -> None:
    house = make.make_house()
    make.make_session(house, at(1, 15), title="Geometry")
    session_id = make.make_session(house, at(2, 15))
    found = look(house.mentor, session_id, date(2026, 3, 3), time(15))
    assert [line.partition(" on ")[0] for line in found.clashes] == ["You have “Geometry”", "Mia Mentee has “Geometry”"]
    assert found.free[0] == FreeTime("2026-03-03", "16:30", "Tue 3 Mar 2026, 16:30")
    assert len(found.free) == 3


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        (date(2026, 3, 1), time(9), "This time has passed. Choose one that is still to come."),
        (
            date(2026, 3, 29),
            time(2, 30),
            "02:30 on 29 March 2026 does not exist in Europe/Berlin: the clocks go forward.",
        ),
    ],
)
def test_check_says_what_cannot_be(day: date, hour: time, words: str) -> None:
    house = make.make_house()
    assert look(house.mentor, make.make_session(house, at()), day, hour).clashes == [words]


def test_check_is_not_for_strangers() -> None:
    house, other = make.make_house(), make.make_house()
    session_id = make.make_session(house, at())
    with pytest.raises(NotFound):
        look(other.mentor, session_id, date(2026, 3, 3), time(15))
