"""The doors of mails about a place: looking changes nothing, an answer is for one person, one session, one purpose."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from app.delivery import public, seat_links
from app.models.database import reading, transaction
from app.models.signed import Purpose, seal_seat
from app.models.tables import Person
from app.models.words import Audience, SeatStatus
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import House, at, make_group, make_house, make_organisation, make_person, make_seat, seats
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]

SECRET = "s" * 32


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house(confirms_visitors=True)


@pytest.fixture
def browser() -> Iterator[Asking]:
    return Asking([*public.ROUTES, *seat_links.ROUTES])


def place(house: House, status: SeatStatus, **values: object) -> tuple[int, int]:
    usual = {"slug": "chess", "audience": Audience.PUBLIC, "maximum": 3}
    session_id = make_group(house, at(3), **usual | values)
    person_id = make_person("Vera Visitor", email="vera@example.net")
    make_seat(session_id, person_id, status)
    return session_id, person_id


def path(purpose: Purpose, session_id: int, person_id: int) -> str:
    with reading() as db:
        email = db.get_one(Person, person_id).email if person_id else ""
    return f"/{purpose}/{seal_seat(SECRET, purpose, session_id, person_id, at(3, 18), email)}"


@pytest.mark.parametrize(
    ("purpose", "status", "label"),
    [
        (Purpose.SEAT, SeatStatus.ENROLLED, "Give up my place"),
        (Purpose.SEAT, SeatStatus.WAITING, "Leave the waiting list"),
        (Purpose.CONFIRM, SeatStatus.UNCONFIRMED, "Confirm my place"),
        (Purpose.INVITATION, SeatStatus.INVITED, "Accept"),
    ],
)
def test_looking_changes_nothing(
    house: House, browser: Asking, purpose: Purpose, status: SeatStatus, label: str
) -> None:
    session_id, person_id = place(house, status)
    for _ in range(3):
        answer = browser.get(path(purpose, session_id, person_id))
        assert (answer.status_code, label in answer.text) == (200, True)
        assert browser.head(path(purpose, session_id, person_id)).status_code == 200
    assert seats(session_id)[person_id].status == status


@pytest.mark.parametrize(
    ("purpose", "before", "answer", "after"),
    [
        (Purpose.SEAT, SeatStatus.ENROLLED, "leave", SeatStatus.WITHDRAWN),
        (Purpose.CONFIRM, SeatStatus.UNCONFIRMED, "confirm", SeatStatus.ENROLLED),
        (Purpose.CONFIRM, SeatStatus.UNCONFIRMED, "leave", SeatStatus.WITHDRAWN),
        (Purpose.INVITATION, SeatStatus.INVITED, "accept", SeatStatus.ENROLLED),
        (Purpose.INVITATION, SeatStatus.INVITED, "decline", SeatStatus.DECLINED),
    ],
)
def test_answer_is_carried_out(
    house: House, browser: Asking, purpose: Purpose, before: SeatStatus, answer: str, after: SeatStatus
) -> None:
    session_id, person_id = place(house, before)
    got = browser.post(path(purpose, session_id, person_id), data={"answer": answer})
    assert got.status_code == 200
    assert ('class="note good"' in got.text) == (after == SeatStatus.ENROLLED)
    assert seats(session_id)[person_id].status == after
    assert browser.post(path(purpose, session_id, person_id), data={"answer": answer}).status_code == 200
    assert seats(session_id)[person_id].status == after


def test_answer_is_remembered_by_the_browser(house: House, browser: Asking) -> None:
    session_id, person_id = place(house, SeatStatus.INVITED, audience=Audience.PRIVATE)
    assert browser.get("/g/chess").status_code == 403
    got = browser.post(path(Purpose.INVITATION, session_id, person_id), data={"answer": "accept"})
    mine = {"cookie": got.headers["set-cookie"].partition(";")[0]}
    assert "You are registered" in browser.get("/g/chess", headers=mine).text


def test_invited_browser_may_read_the_session_before_it_answers(house: House, browser: Asking) -> None:
    session_id, person_id = place(house, SeatStatus.INVITED, audience=Audience.PRIVATE)
    got = browser.get(path(Purpose.INVITATION, session_id, person_id))
    mine = {"cookie": got.headers["set-cookie"].partition(";")[0]}
    assert "You are invited" in browser.get("/g/chess", headers=mine).text
    assert seats(session_id)[person_id].status == SeatStatus.INVITED
    # A place of their own that the browser knows already is not exchanged for whosever link is opened.
    assert "set-cookie" not in browser.get(path(Purpose.INVITATION, session_id, person_id), headers=mine).headers


@pytest.mark.parametrize("answer", ["accept", "confirm", "", "cancel"])
def test_link_is_for_one_purpose(house: House, browser: Asking, answer: str) -> None:
    session_id, person_id = place(house, SeatStatus.INVITED)
    assert browser.post(path(Purpose.SEAT, session_id, person_id), data={"answer": answer}).status_code == 422
    assert seats(session_id)[person_id].status == SeatStatus.INVITED


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ.abc"])
def test_broken_link_says_so(house: House, browser: Asking, token: str) -> None:
    place(house, SeatStatus.INVITED)
    assert browser.get(f"/seat/{token}x").status_code == 410
    assert browser.post(f"/seat/{token}x", data={"answer": "leave"}).status_code == 410


def test_link_runs_out_with_the_session(house: House, browser: Asking, clock_at: time_machine.Traveller) -> None:
    session_id, person_id = place(house, SeatStatus.ENROLLED)
    clock_at.shift(timedelta(days=4))
    assert browser.get(path(Purpose.SEAT, session_id, person_id)).status_code == 410


def test_mark_of_nobody_opens_nothing(house: House, browser: Asking) -> None:
    session_id, _ = place(house, SeatStatus.ENROLLED)
    assert browser.get(path(Purpose.SEAT, session_id, 0)).status_code == 410


def test_link_ends_with_the_address_it_was_mailed_to(house: House, browser: Asking) -> None:
    session_id, person_id = place(house, SeatStatus.ENROLLED)
    mailed = path(Purpose.SEAT, session_id, person_id)
    with transaction() as db:
        db.get_one(Person, person_id).email = "vera@elsewhere.example"
    assert browser.get(mailed).status_code == 410
    assert browser.post(mailed, data={"answer": "leave"}).status_code == 410
    assert seats(session_id)[person_id].status == SeatStatus.ENROLLED


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["Accept", "Decline"]),
        ("?answer=accept", ["Accept", "Decline"]),
        ("?answer=decline", ["Decline", "Accept"]),
        ("?answer=leave", ["Accept", "Decline"]),
    ],
)
def test_answer_chosen_in_the_mail_comes_first(house: House, browser: Asking, query: str, labels: list[str]) -> None:
    session_id, person_id = place(house, SeatStatus.INVITED)
    page = browser.get(path(Purpose.INVITATION, session_id, person_id) + query)
    assert re.findall(r'class="button (\w*)" type="submit" name="answer" value="\w+">(\w+)<', page.text) == [
        ("primary", labels[0]),
        ("", labels[1]),
    ]
    assert seats(session_id)[person_id].status == SeatStatus.INVITED


def test_invitation_says_what_accepting_comes_to_when_all_places_are_taken(house: House, browser: Asking) -> None:
    session_id, person_id = place(house, SeatStatus.INVITED, maximum=2)
    make_seat(session_id, make_person("Rosa Registered"))
    text = browser.get(path(Purpose.INVITATION, session_id, person_id)).text
    assert "You are invited. All places are taken. You would be number 1 on the waiting list." in text
