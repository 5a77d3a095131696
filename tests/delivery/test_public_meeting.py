"""The way from the public page into the meeting."""

import re
from datetime import timedelta

from app.delivery import entering
from app.models.cookies import read_cookies
from app.models.database import transaction
from app.models.queries.public_look import look
from app.models.tables import Organisation
from app.models.words import Audience, Platform, Status
from tests.delivery.conftest import migrated
from tests.delivery.public_pages import ANN, SLUG, browser, chess, house, mark_of, words
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    LINK,
    NOW,
    House,
    make_group,
    make_person,
    seats,
    session,
)
from tests.support.asgi import Asking

__all__ = ["browser", "clock_at", "empty", "house", "migrated"]


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
