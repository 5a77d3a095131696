"""The door of the mail that asks how a session was: looking changes nothing, a bad rating is shown again."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from app.delivery import rating_links
from app.delivery.mail import compose
from app.models.commands.asking import AFTER, ask_how_it_was
from app.models.database import reading
from app.models.letters import read_letters
from app.models.rating import OPEN_FOR, OVER
from app.models.signed import Purpose, seal_seat
from app.models.tables import Notice
from app.models.words import Audience, SeatStatus, Status
from tests.delivery.conftest import migrated
from tests.delivery.world import text_of
from tests.models.conftest import clock_at, empty
from tests.models.factories import NOW, House, at, make_group, make_house, make_organisation, make_person, seats
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]

SECRET = "s" * 32
VERA = "vera@example.net"


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house()


@pytest.fixture
def browser() -> Asking:
    return Asking(rating_links.ROUTES)


def over(house: House, **values: object) -> tuple[int, int]:
    person_id = make_person("Vera Visitor", email=VERA)
    usual = {"status": Status.COMPLETED, "finished_at": NOW, "slug": "chess", "audience": Audience.PUBLIC}
    return make_group(house, at(0, 8), [person_id], **usual | values), person_id


def link_in_the_mail() -> str:
    with reading() as db:
        (letter,) = read_letters(db, db.exec(select(Notice)).all())
    (link,) = re.findall(r"/rating/[\w.-]+", text_of(compose(letter, NOW)))
    return link


def path(session_id: int, person_id: int, purpose: Purpose = Purpose.RATING) -> str:
    return f"/rating/{seal_seat(SECRET, purpose, session_id, person_id, at(0, 9) + OPEN_FOR, VERA)}"


def test_visitor_rates_without_signing_in(house: House, browser: Asking) -> None:
    session_id, vera = over(house)
    assert "Rate this session" in browser.get(path(session_id, vera)).text
    assert seats(session_id)[vera].rating is None

    answer = browser.post(path(session_id, vera), data={"rating": "4", "comment": "  Lively <b>talk</b>.  "})

    assert (answer.status_code, "Thank you." in answer.text) == (200, True)
    assert (seats(session_id)[vera].rating, seats(session_id)[vera].comment) == (4, "Lively <b>talk</b>.")
    again = browser.get(path(session_id, vera)).text
    assert re.search(r'value="4" required checked', again)
    assert "Lively &lt;b&gt;talk&lt;/b&gt;." in again
    assert "Change my rating" in again


@pytest.mark.parametrize("stars", [{}, {"rating": ""}, {"rating": "0"}, {"rating": "6"}, {"rating": "good"}])
def test_bad_rating_is_shown_again_with_what_was_typed(house: House, browser: Asking, stars: dict[str, str]) -> None:
    session_id, vera = over(house)

    answer = browser.post(path(session_id, vera), data={"comment": "Lively.", **stars})

    assert (answer.status_code, "Lively." in answer.text) == (422, True)
    assert re.search(r'id="rating-error" role="alert">[^<]+<', answer.text)
    assert seats(session_id)[vera].rating is None


def test_stranger_rates_nothing(house: House, browser: Asking) -> None:
    session_id, _ = over(house)
    stranger = make_person("Sam Stranger", email="sam@example.net")
    token = seal_seat(SECRET, Purpose.RATING, session_id, stranger, at(9), "sam@example.net")
    assert browser.get(f"/rating/{token}").status_code == 410
    assert browser.post(f"/rating/{token}", data={"rating": "1"}).status_code == 410
    assert {one.rating for one in seats(session_id).values()} == {None}


def test_link_is_for_this_alone_and_ends_after_two_weeks(
    house: House, browser: Asking, clock_at: time_machine.Traveller
) -> None:
    session_id, vera = over(house)
    assert browser.get(path(session_id, vera, Purpose.SEAT)).status_code == 410
    clock_at.move_to(NOW + OPEN_FOR + timedelta(hours=1))
    assert browser.post(path(session_id, vera), data={"rating": "5"}).status_code == 410
    assert seats(session_id)[vera].rating is None


def test_link_in_the_mail_lasts_as_long_as_the_session_can_be_rated(
    house: House, browser: Asking, clock_at: time_machine.Traveller
) -> None:
    over(house, finished_at=at(7))
    ask_how_it_was(at(7) + AFTER)
    link = link_in_the_mail()

    clock_at.move_to(at(7) + OPEN_FOR - timedelta(seconds=1))
    assert browser.post(link, data={"rating": "5"}).status_code == 200
    clock_at.move_to(at(7) + OPEN_FOR)
    assert OVER in browser.get(link).text


def test_mail_leads_to_the_form(house: House, browser: Asking) -> None:
    session_id, vera = over(house)
    ask_how_it_was(NOW + AFTER)
    assert browser.post(link_in_the_mail(), data={"rating": "5"}).status_code == 200
    assert seats(session_id)[vera].rating == 5
    assert seats(session_id)[vera].status == SeatStatus.ENROLLED
