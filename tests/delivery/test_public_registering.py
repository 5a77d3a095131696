"""Registering and leaving on the public page without a script."""

import re
from datetime import timedelta

import httpx
import pytest
import time_machine

from app.delivery import public
from app.models import clock
from app.models.commands.enrolling import expire_holds, leave_seat
from app.models.place_marks import address_name, mark_name
from app.models.tables import Person
from app.models.words import Audience, Role, SeatStatus
from tests.delivery.conftest import migrated
from tests.delivery.public_pages import ANN, SLUG, browser, chess, house, mark_of, sign_in, words
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    NOW,
    House,
    make_house,
    make_member,
    make_organisation,
    make_person,
    rows_of,
    seats,
)
from tests.support.asgi import Asking

__all__ = ["browser", "clock_at", "empty", "house", "migrated"]


def test_visitor_registers_and_leaves_without_a_script(house: House, browser: Asking) -> None:
    session_id = chess(house)
    answer = browser.post(f"/g/{SLUG}", data=ANN)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/g/{SLUG}")
    mine = mark_of(answer)
    page = browser.get(f"/g/{SLUG}", headers=mine)
    assert "You are registered" in words(page)
    assert "2 of 3 places left" in words(page)
    assert f"/g/{SLUG}/calendar.ics" in page.text
    assert "You are registered" not in words(browser.get(f"/g/{SLUG}"))
    left = browser.post(f"/g/{SLUG}/leave", headers=mine)
    assert (left.status_code, left.headers["location"]) == (303, f"/g/{SLUG}")
    assert "You gave up your place." in words(browser.get(f"/g/{SLUG}", headers=mark_of(left)))
    (seat,) = [seat for seat in seats(session_id).values() if not seat.is_host]
    assert seat.status == SeatStatus.WITHDRAWN


def test_full_puts_on_the_waiting_list(house: House, browser: Asking) -> None:
    chess(house, (make_person(),), maximum=2)
    page = words(browser.get(f"/g/{SLUG}"))
    assert "The only place is taken" in page
    assert "You would be number 1 on the waiting list." in page
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    page = words(browser.get(f"/g/{SLUG}", headers=mine))
    assert "You are number 1 on the waiting list" in page
    assert "One person is on the waiting list" in page
    assert "Leave the waiting list" in page


def test_member_joins_with_one_button(house: House, browser: Asking) -> None:
    session_id = chess(house)
    mine = sign_in(house.mentee.person_id)
    page = browser.get(f"/g/{SLUG}", headers=mine)
    assert 'name="email"' not in page.text
    assert browser.post(f"/g/{SLUG}", headers=mine).status_code == 303
    assert seats(session_id)[house.mentee.person_id].status == SeatStatus.ENROLLED
    assert "You are registered" in words(browser.get(f"/g/{SLUG}", headers=mine))
    browser.post(f"/g/{SLUG}/leave", headers=mine)
    assert seats(session_id)[house.mentee.person_id].status == SeatStatus.WITHDRAWN


def test_members_only_lets_no_visitor_in(empty: None, browser: Asking) -> None:
    make_organisation()
    house = make_house(allows_visitors=False)
    chess(house)
    page = browser.get(f"/g/{SLUG}")
    assert (page.status_code, "For members" in words(page), "<form" in page.text) == (200, True, False)
    assert browser.post(f"/g/{SLUG}", data=ANN).status_code == 422


def test_errors_keep_what_was_typed(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.post(f"/g/{SLUG}", data={"name": 'Ann "<i>" O’Hara', "email": "nonsense"})
    assert answer.status_code == 422
    assert 'value="Ann &#34;&lt;i&gt;&#34; O’Hara"' in answer.text
    assert "This is not an e-mail address." in words(answer)
    assert 'aria-invalid="true"' in answer.text


def test_consent_is_asked_where_it_is_set(empty: None, browser: Asking) -> None:
    make_organisation(consent_text="We keep your name until the session is over.")
    chess(make_house())
    assert "We keep your name until the session is over." in words(browser.get(f"/g/{SLUG}"))
    refused = browser.post(f"/g/{SLUG}", data=ANN)
    assert (refused.status_code, "Your consent is missing." in words(refused)) == (422, True)
    assert browser.post(f"/g/{SLUG}", data=ANN | {"consents": "yes"}).status_code == 303


def test_trap_registers_nobody(house: House, browser: Asking) -> None:
    chess(house)
    assert browser.post(f"/g/{SLUG}", data=ANN | {public.TRAP: "x"}).status_code == 422
    assert len(rows_of(Person)) == 3


def anonymous(answer: httpx.Response) -> tuple[object, ...]:
    """An answer without what chance put into it, the mark's bytes, and without the address that was typed."""
    typed = re.compile(r"(meridian_address_\d+=)[^;]+")
    sent = {name: typed.sub(r"\1", text) for name, text in answer.headers.items()}
    headers = {name: re.sub(r"(meridian_place_\d+=)[\w%-]+", r"\1", text) for name, text in sent.items()}
    return answer.status_code, headers, answer.content, len(sent["set-cookie"])


def all_cookies_of(answer: httpx.Response) -> dict[str, str]:
    return {"cookie": "; ".join(one.partition(";")[0] for one in answer.headers.get_list("set-cookie"))}


def test_browser_is_told_which_address_the_mail_goes_to(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.post(f"/g/{SLUG}", data=ANN | {"email": " Ann@Gmial.example"})
    page = words(browser.get(f"/g/{SLUG}", headers=all_cookies_of(answer)))
    assert "A confirmation comes to ann@gmial.example. Is the address wrong? Leave, and register again." in page
    assert "gmial" not in browser.get(f"/g/{SLUG}").text


def test_browser_forgets_the_address_with_the_place(house: House, browser: Asking) -> None:
    session_id = chess(house)
    sent = browser.post(f"/g/{SLUG}", data=ANN).headers.get_list("set-cookie")
    ages = {one.partition("=")[0]: re.search(r"Max-Age=(\d+)", one) for one in sent}
    place, address = ages[mark_name(session_id)], ages[address_name(session_id)]
    assert place is not None
    assert address is not None
    assert address[1] == place[1]


@pytest.mark.parametrize("maximum", [20, 4])
def test_known_addresses_are_answered_like_new_ones(house: House, browser: Asking, maximum: int) -> None:
    seated = [make_person(f"Person {number}", email=f"seated{number}@example.net") for number in range(3)]
    session_id = chess(house, tuple(seated), maximum=maximum)
    member = make_person("Emma Member", email="member@example.net")
    make_member(house.program_id, member, Role.MENTEE)
    gone = make_person("Gina Gone", email="gone@example.net", deactivated_at=NOW)
    known = ["seated0@example.net", house.mentor.email, "gone@example.net", "member@example.net"]
    answers = [
        browser.post(f"/g/{SLUG}", data={"name": "A B", "email": email}) for email in [*known, "new@example.net"]
    ]
    assert len({repr(anonymous(answer)) for answer in answers}) == 1
    pages = [browser.get(f"/g/{SLUG}", headers=mark_of(answer)) for answer in answers]
    shown = {re.sub(r"number \d+", "number N", words(page)) for page in pages}
    assert len(shown) == 1
    assert gone not in seats(session_id)


def test_mark_of_a_known_address_cannot_touch_its_place(house: House, browser: Asking) -> None:
    person = make_person("Rosa Registered", email="rosa@example.net")
    session_id = chess(house, (person,))
    thief = mark_of(browser.post(f"/g/{SLUG}", data={"name": "Somebody", "email": "rosa@example.net"}))
    left = browser.post(f"/g/{SLUG}/leave", headers=thief)
    assert "You gave up your place." in words(browser.get(f"/g/{SLUG}", headers=mark_of(left)))
    assert seats(session_id)[person].status == SeatStatus.ENROLLED


def test_form_sent_again_from_another_tab_keeps_the_way_to_leave(house: House, browser: Asking) -> None:
    session_id = chess(house)
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    again = browser.post(f"/g/{SLUG}", headers=mine, data=ANN | {"email": " Ann@Example.net ", "key": "f" * 32})
    assert (again.status_code, "set-cookie" in again.headers) == (303, False)
    browser.post(f"/g/{SLUG}/leave", headers=mine)
    assert [seat.status for seat in seats(session_id).values() if not seat.is_host] == [SeatStatus.WITHDRAWN]
    assert "You gave up your place." in words(browser.get(f"/g/{SLUG}", headers=mine))


def test_browser_with_a_place_registers_somebody_else_too(house: House, browser: Asking) -> None:
    session_id = chess(house)
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    browser.post(f"/g/{SLUG}", headers=mine, data={"name": "Bob", "email": "bob@example.net"})
    assert [seat.status for seat in seats(session_id).values() if not seat.is_host] == [SeatStatus.ENROLLED] * 2


def test_tries_with_one_address_are_limited(house: House, browser: Asking) -> None:
    chess(house)
    statuses = [browser.post(f"/g/{SLUG}", data=ANN).status_code for _ in range(7)]
    assert statuses == [303] * 6 + [429]
    assert browser.post(f"/g/{SLUG}", data=ANN | {"email": "ben@example.net"}).status_code == 303


@pytest.mark.parametrize("audience", [None, *Audience])
def test_bad_form_for_what_is_not_theirs_is_told_that(house: House, browser: Asking, audience: Audience | None) -> None:
    if audience is not None:
        chess(house, audience=audience)
    answer = browser.post(f"/g/{SLUG}", data={"name": "", "email": "nonsense"})
    assert answer.status_code == {None: 404, Audience.PRIVATE: 403, Audience.PUBLIC: 422}[audience]


def test_held_place_is_not_confirmed_without_the_mail(empty: None, browser: Asking) -> None:
    make_organisation()
    session_id = chess(make_house(confirms_visitors=True))
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    assert browser.post(f"/g/{SLUG}", headers=mine).status_code == 422
    (seat,) = [seat for seat in seats(session_id).values() if not seat.is_host]
    assert seat.status == SeatStatus.UNCONFIRMED


def test_held_place_that_ran_out_says_so_whoever_has_the_address(
    empty: None, browser: Asking, clock_at: time_machine.Traveller
) -> None:
    make_organisation()
    house = make_house(confirms_visitors=True)
    session_id = chess(house, (make_person("Rosa Registered", email="rosa@example.net"),))
    marks = [mark_of(browser.post(f"/g/{SLUG}", data=ANN | {"email": one})) for one in ("new@x.de", "rosa@example.net")]
    asked = {words(browser.get(f"/g/{SLUG}", headers=mark)) for mark in marks}
    assert len(asked) == 1
    assert "Confirm your place" in asked.pop()
    clock_at.move_to(NOW + timedelta(minutes=31))
    assert expire_holds(clock.now()) == 1
    shown = {words(browser.get(f"/g/{SLUG}", headers=mark)) for mark in marks}
    assert len(shown) == 1
    assert "Your place was not confirmed in time. Your name" in shown.pop()
    assert sorted(seat.status for seat in seats(session_id).values()) == ["enrolled", "enrolled", "withdrawn"]


def test_free_place_lets_in_whoever_waits_and_whoever_seemed_to(house: House, browser: Asking) -> None:
    rosa = make_person("Rosa Registered", email="rosa@example.net")
    session_id = chess(house, (rosa,), maximum=2)
    thief = mark_of(browser.post(f"/g/{SLUG}", data=ANN | {"email": "rosa@example.net"}))
    assert "You are number 1 on the waiting list" in words(browser.get(f"/g/{SLUG}", headers=thief))
    leave_seat(session_id, rosa)
    assert "You are registered" in words(browser.get(f"/g/{SLUG}", headers=thief))


def test_coming_back_without_a_name_tells_nothing_of_an_address(house: House, browser: Asking) -> None:
    chess(house, (make_person(email="rosa@example.net"),), maximum=20)
    answers = []
    for email in ("rosa@example.net", "new@example.net"):
        mine = mark_of(browser.post(f"/g/{SLUG}", data={"name": "A B", "email": email}))
        left = mark_of(browser.post(f"/g/{SLUG}/leave", headers=mine))
        answer = browser.post(f"/g/{SLUG}", headers=left)
        answers.append((answer.status_code, re.sub(r'name="key" value="\w+"', "", answer.text)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
