"""The public page of a group session by plain HTTP: statuses, words, registering and leaving without a script."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from app.delivery import entering, public, public_limits
from app.models.cookies import read_cookies
from app.models.database import transaction
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.queries.public_look import look
from app.models.tables import Login, Organisation, Person
from app.models.words import Audience, Platform, Role, SeatStatus, Status
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    LINK,
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_seat,
    rows_of,
    seats,
    session,
)
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]

SLUG = "chess-9f2"
ANN = {"name": "Ann Visitor", "email": "ann@example.net"}


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Asking]:
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path))
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", "https://meet.example.org")
    public_limits.forget_tries()
    yield Asking([*public.ROUTES, *entering.ROUTES])
    public_limits.forget_tries()


def chess(house: House, people: tuple[int, ...] = (), **values: object) -> int:
    usual = {"slug": SLUG, "audience": Audience.PUBLIC, "details": "Openings and <b>endgames</b>.", "maximum": 4}
    return make_group(house, at(3), people, **usual | values)


def sign_in(person_id: int) -> dict[str, str]:
    token = f"token-of-{person_id}"
    until = NOW + timedelta(days=30)
    with transaction() as db:
        db.add(Login(person_id=person_id, token_hash=token_hash(token), created_at=NOW, expires_at=until))
    return {"cookie": f"{LOGIN_COOKIE}={token}"}


def words(answer: httpx.Response) -> str:
    """What a person reads, on one line."""
    return " ".join(html.unescape(re.sub(r"<script>.*?</script>|<[^>]+>", " ", answer.text, flags=re.DOTALL)).split())


def mark_of(answer: httpx.Response) -> dict[str, str]:
    return {"cookie": answer.headers["set-cookie"].partition(";")[0]}


def test_page_tells_a_stranger_everything_about_the_session(house: House, browser: Asking) -> None:
    chess(house, (make_person("Rosa Registered"),))
    answer = browser.get(f"/g/{SLUG}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    read = words(answer)
    for told in (
        "Chess",
        "Max Mentor",
        "Thursday 5 March 2026",
        "17:00–18:00",
        "Berlin time, UTC+1",
        "2 of 3 places left",
        "Openings and <b>endgames</b>.",
        "Online",
        "Bright Futures",
    ):
        assert told in read
    assert 'name="name"' in answer.text
    assert 'name="email"' in answer.text


def test_page_names_no_participant(house: House, browser: Asking) -> None:
    person = make_person("Rosa Registered", email="rosa@example.net")
    waiting = make_person("Wanda Waiting", email="wanda@example.net")
    session_id = chess(house, (person,), maximum=2)
    make_seat(session_id, waiting, SeatStatus.WAITING)
    text = browser.get(f"/g/{SLUG}").text
    assert [one for one in ("Rosa", "rosa@", "Wanda", "wanda@", house.mentor.email) if one in text] == []


def test_preview_is_in_the_head(house: House, browser: Asking) -> None:
    chess(house, title='Chess "for" <all>')
    text = browser.get(f"/g/{SLUG}").text
    assert '<meta property="og:title" content="Chess &#34;for&#34; &lt;all&gt;">' in text
    assert '<meta property="og:url" content="https://meet.example.org/g/chess-9f2">' in text
    assert (
        'property="og:description" content="Thursday 5 March 2026, 17:00–18:00 (Berlin time, UTC+1). Openings' in text
    )
    assert "<title data-first>Chess &#34;for&#34; &lt;all&gt; · Bright Futures</title>" in text


def test_time_is_in_the_zone_of_the_browser(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.get(f"/g/{SLUG}", headers={"cookie": "meridian_zone=Asia%2FKolkata"})
    assert "21:30–22:30 (Kolkata time, UTC+5:30)" in words(answer)
    assert "Where it is planned: Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)." in words(answer)


def test_time_says_that_the_clocks_change_before(house: House, browser: Asking) -> None:
    make_group(house, at(40), slug=SLUG, audience=Audience.PUBLIC)
    assert "The clocks change before then (Berlin time, UTC+1 today)." in words(browser.get(f"/g/{SLUG}"))


@pytest.mark.parametrize("path", ["/g/unknown", "/g/unknown/calendar.ics", "/g/unknown/qr.svg"])
def test_unknown_is_not_found(house: House, browser: Asking, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, "There is no such session" in words(answer)) == (404, True)


def test_deleted_is_not_found(house: House, browser: Asking) -> None:
    chess(house, status=Status.CANCELLED, deleted_at=NOW)
    assert browser.get(f"/g/{SLUG}").status_code == 404


def test_cancelled_is_gone_and_takes_nobody(house: House, browser: Asking) -> None:
    chess(house, status=Status.CANCELLED)
    answer = browser.get(f"/g/{SLUG}")
    assert (answer.status_code, "This session is cancelled" in words(answer)) == (410, True)
    assert browser.post(f"/g/{SLUG}", data=ANN).status_code == 422
    assert len(rows_of(Person)) == 3


def test_reason_of_a_cancellation_is_for_those_who_wanted_to_come(house: House, browser: Asking) -> None:
    chess(house, (house.mentee.person_id,), status=Status.CANCELLED, cancel_reason="The host is ill.")
    assert "The host is ill." not in browser.get(f"/g/{SLUG}").text
    assert "The host is ill." in browser.get(f"/g/{SLUG}", headers=sign_in(house.mentee.person_id)).text


def test_past_is_still_shown_and_takes_nobody(house: House, browser: Asking) -> None:
    make_group(house, at(-3), slug=SLUG, audience=Audience.PUBLIC, status=Status.COMPLETED)
    answer = browser.get(f"/g/{SLUG}")
    assert (answer.status_code, "This session is over" in words(answer)) == (200, True)
    assert "<form" not in answer.text
    assert browser.post(f"/g/{SLUG}", data=ANN).status_code == 422


def test_private_shows_nothing_to_strangers(house: House, browser: Asking) -> None:
    session_id = chess(house, audience=Audience.PRIVATE)
    invited = make_person("Ivy Invited")
    make_seat(session_id, invited, SeatStatus.INVITED)
    for headers in ({}, sign_in(house.mentee.person_id)):
        answer = browser.get(f"/g/{SLUG}", headers=headers)
        assert (answer.status_code, "Chess" in answer.text) == (403, False)
    assert browser.post(f"/g/{SLUG}", data=ANN).status_code == 404
    assert "You are invited" in words(browser.get(f"/g/{SLUG}", headers=sign_in(invited)))


def test_host_is_attending(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.get(f"/g/{SLUG}", headers=sign_in(house.mentor.person_id))
    assert "You are attending!" in words(answer)
    assert "<form" not in answer.text


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
    """An answer without what chance put into it: the mark's bytes."""
    headers = {name: re.sub(r"(meridian_place_\d+=)[\w%-]+", r"\1", text) for name, text in answer.headers.items()}
    return answer.status_code, headers, answer.content, len(answer.headers["set-cookie"])


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


def test_tries_with_one_address_are_limited(house: House, browser: Asking) -> None:
    chess(house)
    statuses = [browser.post(f"/g/{SLUG}", data=ANN).status_code for _ in range(7)]
    assert statuses == [303] * 6 + [429]
    assert browser.post(f"/g/{SLUG}", data=ANN | {"email": "ben@example.net"}).status_code == 303


def test_calendar_file_has_the_session_and_nobody_else(house: House, browser: Asking) -> None:
    session_id = chess(house, (make_person("Rosa Registered"),))
    answer = browser.get(f"/g/{SLUG}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert (event["summary"], event["uid"], event.decoded("dtstart")) == ("Chess", session(session_id).uid, at(3))
    assert event["url"] == "https://meet.example.org/g/chess-9f2"
    assert [name for name in ("ATTENDEE", "ORGANIZER") if name in event] == []


def test_qr_code_is_a_picture(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.get(f"/g/{SLUG}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_hostile_texts_stay_texts(house: House, browser: Asking) -> None:
    evil = '"><script>alert(1)</script>'
    chess(house, title=evil, details=f'{evil} javascript:alert(1) https://example.org/?a="onclick=1', address=evil)
    text = browser.get(f"/g/{SLUG}").text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
    assert 'a="onclick' not in text


def test_block_goes_into_the_compiled_shell(house: House, browser: Asking, tmp_path: Path) -> None:
    chess(house)
    shell = tmp_path / "build" / "client" / "__spa-fallback.html"
    shell.parent.mkdir(parents=True)
    head = '<meta charSet="utf-8"/><link rel="modulepreload" href="/assets/a.js"/><script src="/theme.js"></script>'
    shell.write_text(f"<!DOCTYPE html><html><head>{head}</head><body><section></section></body></html>")
    text = browser.get(f"/g/{SLUG}").text
    assert text.index("og:title") < text.index("<body><div") < text.index("<section></section></body>")
    assert "modulepreload" not in text


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


def test_visitor_goes_into_the_meeting_and_is_noted(house: House, browser: Asking) -> None:
    start = NOW + timedelta(minutes=10)
    session_id = make_group(house, start, slug=SLUG, audience=Audience.PUBLIC, maximum=4)
    stranger = browser.post(f"/g/{SLUG}/enter")
    assert (stranger.status_code, LINK in stranger.text) == (422, False)
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    page = browser.get(f"/g/{SLUG}", headers=mine)
    assert ("Join the meeting" in words(page), LINK in page.text) == (True, False)
    inside = browser.post(f"/g/{SLUG}/enter", headers=mine)
    assert (inside.status_code, f'href="{LINK}"' in inside.text) == (200, True)
    (seat,) = [seat for seat in seats(session_id).values() if not seat.is_host]
    assert (seat.attended, session(session_id).status) == (True, Status.LIVE)


def test_way_into_the_meeting_tells_nothing_of_an_address(house: House, browser: Asking) -> None:
    """Rosa has a place, Emma an account, Nora neither; who types their addresses learns nothing."""
    values = {"platform": Platform.BIG_BLUE_BUTTON, "link": "", "slug": SLUG, "audience": Audience.PUBLIC}
    with transaction() as db:
        house_row = db.get_one(Organisation, 1)
        house_row.bbb_url, house_row.bbb_secret = "https://bbb.example.org", "secret"
    rosa = make_person("Rosa Registered", email="rosa@example.net")
    make_person("Emma Member", email="emma@example.net")
    session_id = make_group(house, NOW + timedelta(minutes=10), [rosa], maximum=9, **values)
    shown = set()
    for email in ("rosa@example.net", "emma@example.net", "nora@example.net"):
        sent = browser.post(f"/g/{SLUG}", data={"name": "A & B", "email": email})
        kept = "; ".join(one.partition(";")[0] for one in sent.headers.get_list("set-cookie"))
        seen = look(SLUG, read_cookies(kept))
        link = entering._enter(seen, read_cookies(kept)["meridian_name"])["link"]
        shown.add(re.sub(r"(userID|checksum)=\w+", "", link))
    assert len(shown) == 1
    assert "fullName=A+%26+B" in shown.pop()
    assert seats(session_id)[rosa].attended is None


def test_meeting_is_closed_before_its_time_and_to_those_who_wait(house: House, browser: Asking) -> None:
    chess(house, (make_person(),), maximum=2)
    mine = mark_of(browser.post(f"/g/{SLUG}", data=ANN))
    assert "Join the meeting" not in words(browser.get(f"/g/{SLUG}", headers=mine))
    answer = browser.post(f"/g/{SLUG}/enter", headers=mine)
    assert (answer.status_code, LINK in answer.text) == (422, False)
