"""Who only typed an address on a public page may undo that, and never touches what its owner did themselves."""

from collections.abc import Callable

import httpx
import pytest

from app.models import clock
from app.models.commands import enrolling
from app.models.database import transaction
from app.models.permissions import Viewer
from app.models.place_marks import address_name
from app.models.tables import Session
from app.models.words import Role, SeatStatus
from tests.delivery.conftest import migrated
from tests.delivery.public_pages import ANN, SLUG, browser, chess, house, mark_of, words
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    House,
    do,
    make_house,
    make_member,
    make_organisation,
    make_person,
    seats,
    viewer,
)
from tests.support.asgi import Asking

__all__ = ["browser", "clock_at", "empty", "house", "migrated"]

ROSA = {"name": "Somebody", "email": "rosa@example.net"}


@pytest.fixture
def rosa(house: House) -> Viewer:
    """A mentee with an account, whose address a stranger knows."""
    person_id = make_person("Rosa Real", email=ROSA["email"])
    make_member(house.program_id, person_id, Role.MENTEE)
    return viewer(person_id)


def take(browser: Asking, email: str = ROSA["email"]) -> dict[str, str]:
    """Register with Rosa's address, or another, as a stranger does; gives the stranger's mark."""
    return mark_of(browser.post(f"/g/{SLUG}", data=ROSA | {"email": email}))


def leave(browser: Asking, mine: dict[str, str]) -> httpx.Response:
    return browser.post(f"/g/{SLUG}/leave", headers=mine)


def join_herself(rosa: Viewer, session_id: int) -> None:
    do(enrolling.join, rosa, session_id)


def leave_and_join(rosa: Viewer, session_id: int) -> None:
    do(enrolling.leave, rosa, session_id)
    do(enrolling.join, rosa, session_id)


@pytest.mark.parametrize("act", [join_herself, leave_and_join])
def test_stranger_cannot_give_up_what_the_owner_took_herself(
    house: House, browser: Asking, rosa: Viewer, act: Callable[[Viewer, int], None]
) -> None:
    session_id = chess(house)
    stranger = take(browser)
    act(rosa, session_id)
    page = words(browser.get(f"/g/{SLUG}", headers=stranger))
    assert "To give it up, use the link in the mail about it." in page
    answer = leave(browser, stranger)
    assert (answer.status_code, "This browser cannot give up the place." in words(answer)) == (422, True)
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED


def test_stranger_cannot_give_up_a_place_that_was_confirmed_by_mail(empty: None, browser: Asking) -> None:
    make_organisation()
    session_id = chess(make_house(confirms_visitors=True))
    rosa = viewer(make_person("Rosa Real", email=ROSA["email"]))
    stranger = take(browser)
    do(enrolling.confirm_seat, rosa, session_id)
    assert leave(browser, stranger).status_code == 422
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED


def test_stranger_cannot_give_up_what_its_owner_confirmed_while_waiting(empty: None, browser: Asking) -> None:
    make_organisation()
    house = make_house(confirms_visitors=True)
    first = make_person()
    session_id = chess(house, (first,), maximum=3)
    rosa = viewer(make_person("Rosa Real", email=ROSA["email"]))
    stranger = take(browser)
    with transaction() as db:
        row = db.get_one(Session, session_id)
        enrolling.resize(db, house.manager, clock.now(), row, 2)
        row.maximum = 2
    assert seats(session_id)[rosa.person_id].status == SeatStatus.WAITING
    do(enrolling.confirm_seat, rosa, session_id)
    do(enrolling.leave, viewer(first), session_id)
    assert leave(browser, stranger).status_code == 422
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED


def test_stranger_cannot_give_up_what_another_browser_took_later(house: House, browser: Asking, rosa: Viewer) -> None:
    session_id = chess(house)
    stranger = take(browser)
    do(enrolling.leave, rosa, session_id)
    own = take(browser)
    assert leave(browser, stranger).status_code == 422
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED
    assert leave(browser, own).status_code == 303
    assert seats(session_id)[rosa.person_id].status == SeatStatus.WITHDRAWN


def test_stranger_who_also_knows_the_name_gets_no_mark_of_the_place(house: House, browser: Asking) -> None:
    session_id = chess(house)
    browser.post(f"/g/{SLUG}", data=ANN | {"key": "k" * 32})
    stranger = mark_of(browser.post(f"/g/{SLUG}", data=ANN | {"key": "s" * 32}))
    leave(browser, stranger)
    assert [seat.status for seat in seats(session_id).values()] == [SeatStatus.ENROLLED] * 2


def test_browser_undoes_what_it_took_itself_though_others_moved_it_up(
    house: House, browser: Asking, rosa: Viewer
) -> None:
    first = viewer(make_person())
    session_id = chess(house, (first.person_id,), maximum=2)
    mine = take(browser)
    assert seats(session_id)[rosa.person_id].status == SeatStatus.WAITING
    do(enrolling.leave, first, session_id)
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED
    assert leave(browser, mine).status_code == 303
    assert seats(session_id)[rosa.person_id].status == SeatStatus.WITHDRAWN


def test_who_left_is_told_how_to_leave_elsewhere_whether_or_not_they_have_a_place_there(
    house: House, browser: Asking, rosa: Viewer
) -> None:
    session_id = chess(house)
    join_herself(rosa, session_id)
    said = {}
    for email in (ROSA["email"], ANN["email"]):
        cookie = f"{take(browser, email)['cookie']}; {address_name(session_id)}={email}"
        left = mark_of(leave(browser, {"cookie": cookie}))
        page = words(browser.get(f"/g/{SLUG}", headers={"cookie": f"{left['cookie']}; {cookie.partition('; ')[2]}"}))
        assert f"One that {email} took elsewhere stays: leave by the link in its mail." in page
        said[email] = page.replace(email, "")
    assert said[ROSA["email"]] == said[ANN["email"]]
    assert seats(session_id)[rosa.person_id].status == SeatStatus.ENROLLED
