"""The public profile by plain HTTP: what it shows, and for whom there is none."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlmodel import col, select

from app.delivery import mentor_public
from app.models import clock
from app.models.database import reading, transaction
from app.models.queries.public_mentor import STANDS, load_public_mentor
from app.models.tables import Person, Seat
from app.models.words import Audience, SeatStatus, Status
from tests.delivery.conftest import migrated
from tests.delivery.doors import open_doors
from tests.models.conftest import clock_at, count_reads, empty
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_organisation,
    make_person,
    make_seat,
)
from tests.support.asgi import Asking

__all__ = ["clock_at", "count_reads", "empty", "migrated"]


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    house = make_house()
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).bio = "Likes <i>clear</i> goals."
    return house


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asking:
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path))
    return Asking(mentor_public.ROUTES)


def slug_of(person_id: int) -> str:
    with reading() as db:
        return db.get_one(Person, person_id).slug


def test_profile_shows_bio_and_public_sessions_to_come(house: House, browser: Asking) -> None:
    usual = {"audience": Audience.PUBLIC, "maximum": 4}
    make_group(house, at(3), (make_person("Rosa Registered"),), slug="a", **usual)
    make_group(house, at(2), slug="b", title="Private", audience=Audience.PRIVATE)
    make_group(house, at(4), slug="c", title="Cancelled", status=Status.CANCELLED, **usual)
    make_group(house, at(-4), slug="d", title="Past", status=Status.COMPLETED, **usual)
    answer = browser.get(f"/m/{slug_of(house.mentor.person_id)}", headers={"cookie": "meridian_zone=UTC"})
    assert answer.status_code == 200
    for told in (
        "Max Mentor",
        "Likes &lt;i&gt;clear&lt;/i&gt; goals.",
        "Chess",
        "16:00–17:00 (UTC)",
        "2 of 3 places left",
    ):
        assert told in answer.text
    hidden = ("Private", "Cancelled", "Past", "Rosa", house.mentor.email)
    assert [one for one in hidden if one in answer.text] == []
    assert 'href="/g/a"' in answer.text


def test_profile_tells_how_many_were_held_and_how_they_were_rated(house: House, browser: Asking) -> None:
    session_id = make_group(house, at(-4), (make_person("Rosa Rated"),), slug="a", status=Status.COMPLETED)
    with transaction() as db:
        rated = db.exec(select(Seat).where(Seat.session_id == session_id, col(Seat.is_host).is_(False))).one()
        rated.rating, rated.comment = 4, "Too fast"
    text = browser.get(f"/m/{slug_of(house.mentor.person_id)}").text
    assert [said in text for said in ("1 session held", "4.0 of 5 stars from 1 rating", "Too fast", "Rosa")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_profile_tells_who_is_signed_in_where_they_stand(house: House) -> None:
    usual = {"audience": Audience.PUBLIC, "maximum": 2}
    for number, status in enumerate(SeatStatus):
        session_id = make_group(house, at(number + 1), slug=f"s{number}", title=status, **usual)
        make_seat(session_id, house.mentee.person_id, status)
    path = f"/m/{slug_of(house.mentor.person_id)}"
    hosts, takes_part, strange = (
        set(re.findall(r"You[^<]*", open_doors(mentor_public.ROUTES, email).get(path).text.partition("Upcoming")[2]))
        for email in (house.mentor.email, house.mentee.email, "")
    )
    assert hosts == {"You are attending!"}
    assert takes_part == {*STANDS.values()}
    assert strange == set()


def test_people_who_host_nothing_have_no_profile(house: House, browser: Asking) -> None:
    statuses = [browser.get(f"/m/{slug_of(one.person_id)}").status_code for one in (house.mentee, house.manager)]
    assert [*statuses, browser.get("/m/unknown").status_code] == [404, 404, 404]


def test_manager_who_hosts_has_a_profile(house: House, browser: Asking) -> None:
    make_group(house, at(3), slug="a", audience=Audience.PUBLIC, host_id=house.manager.person_id)
    assert browser.get(f"/m/{slug_of(house.manager.person_id)}").status_code == 200


def test_deactivated_people_have_no_profile(house: House, browser: Asking) -> None:
    with transaction() as db:
        db.get_one(Person, house.mentor.person_id).deactivated_at = NOW
    assert browser.get(f"/m/{slug_of(house.mentor.person_id)}").status_code == 404


@pytest.mark.parametrize("sessions", [1, 30])
def test_profile_needs_seven_statements(
    house: House, count_reads: Callable[[], AbstractContextManager[list[str]]], sessions: int
) -> None:
    for number in range(sessions):
        make_group(house, at(number + 1), slug=f"s{number}", audience=Audience.PUBLIC)
    with reading() as db, count_reads() as seen:
        found = load_public_mentor(db, slug_of(house.mentor.person_id), BERLIN, clock.now())
    assert (len(found.lines), len(seen) - 1) == (sessions, 7)
