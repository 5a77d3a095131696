"""The public page of a group session by plain HTTP: its statuses, and what it says to whom."""

from pathlib import Path

import pytest
from icalendar import Calendar

from app.models.database import transaction
from app.models.queries.public_look import read_public
from app.models.tables import Organisation, Person
from app.models.words import Audience, SeatStatus, Status
from app.state.group import screen_for
from tests.delivery.conftest import migrated
from tests.delivery.public_pages import ANN, SLUG, browser, chess, house, sign_in, words
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_person,
    make_seat,
    rows_of,
    session,
)
from tests.support.asgi import Asking

__all__ = ["browser", "clock_at", "empty", "house", "migrated"]


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


def test_preview_shows_the_picture_else_the_logo(house: House, browser: Asking) -> None:
    chess(house)
    assert "og:image" not in browser.get(f"/g/{SLUG}").text
    with transaction() as db:
        db.get_one(Organisation, 1).logo = "data:image/png;base64,AA=="
    text = browser.get(f"/g/{SLUG}").text
    assert '<meta property="og:image" content="https://meet.example.org/logo/' in text
    assert '<meta name="twitter:card" content="summary">' in text
    chess(house, slug="go-1", image="abc")
    text = browser.get("/g/go-1").text
    assert '<meta property="og:image" content="https://meet.example.org/pictures/abc.jpg">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text


def test_time_is_in_the_zone_of_the_browser(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.get(f"/g/{SLUG}", headers={"cookie": "meridian_zone=Asia%2FKolkata"})
    assert "21:30–22:30 (Kolkata time, UTC+5:30)" in words(answer)
    assert "Where it is planned: Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)." in words(answer)


def test_zone_of_who_is_signed_in_is_not_the_browsers(house: House, browser: Asking) -> None:
    chess(house)
    pages = [browser.get(f"/g/{SLUG}", headers=who) for who in ({}, sign_in(house.mentee.person_id))]
    assert ["resolvedOptions" in page.text.partition("<dt>When")[2] for page in pages] == [True, False]


def test_time_says_that_the_clocks_change_before(house: House, browser: Asking) -> None:
    make_group(house, at(40), slug=SLUG, audience=Audience.PUBLIC)
    assert "The clocks change before then (Berlin time, UTC+1 today)." in words(browser.get(f"/g/{SLUG}"))


@pytest.mark.parametrize("path", ["/g/unknown", "/g/unknown/calendar.ics", "/g/unknown/qr.svg"])
def test_unknown_is_not_found(house: House, browser: Asking, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, "There is no such session" in words(answer)) == (404, True)


@pytest.mark.parametrize("path", ["chess-9f2.", "chess-9f2),", "chess-9f2/leave", "chess-9f2/enter"])
def test_address_with_something_at_its_end_leads_to_the_page(house: House, browser: Asking, path: str) -> None:
    chess(house)
    answer = browser.get(f"/g/{path}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/g/{SLUG}")


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


def test_live_page_says_the_same_of_what_it_does_not_show(house: House, browser: Asking) -> None:
    chess(house, audience=Audience.PRIVATE)
    with transaction() as db:
        db.get_one(Organisation, 1).public_contact = "hello@bright.example"
    for found, slug in ((None, "unknown"), (read_public(SLUG), SLUG)):
        screen = screen_for(found, {})
        assert f"{screen.title} {screen.missing}" in words(browser.get(f"/g/{slug}"))


def test_host_is_attending(house: House, browser: Asking) -> None:
    chess(house)
    answer = browser.get(f"/g/{SLUG}", headers=sign_in(house.mentor.person_id))
    assert "You are attending!" in words(answer)
    assert "<form" not in answer.text


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
