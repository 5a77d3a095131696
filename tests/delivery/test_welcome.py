"""The door of a first-access link, as a browser without any script meets it."""

import pytest
import time_machine

from app.app import ROUTES
from app.delivery.mail import compose
from app.models.commands.first_access import LASTS, send_access
from app.models.commands.run import perform
from app.models.queries.logins import LOGIN_COOKIE
from tests.delivery.world import NOW, World, text_of
from tests.support.asgi import Asking

PASSWORD = "a few words are good"


@pytest.fixture
def browser() -> Asking:
    """Somebody's browser, signed in nowhere."""
    return Asking(ROUTES)


@pytest.fixture
def path(world: World) -> str:
    """The way to the page behind the link in Arjun's mail."""
    with time_machine.travel(NOW, tick=False):
        perform(send_access, world.manager(), "", [world.arjun.id or 0])
    text = text_of(compose(world.letter(world.arjun), NOW))
    [link] = [word for word in text.split() if word.startswith("https://meet.northlight.example/welcome/")]
    return link.removeprefix("https://meet.northlight.example")


def test_link_in_the_mail_greets_by_name_and_is_not_used_up_by_looking(path: str, browser: Asking) -> None:
    with time_machine.travel(NOW, tick=False):
        pages = [browser.get(path) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Welcome to Northlight" in pages[1].text
    assert "Arjun Rao" in pages[1].text
    assert pages[1].headers["cache-control"] == "no-store"


def test_password_lets_in_once(path: str, browser: Asking) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = browser.post(path, data={"password": PASSWORD})
        again = browser.post(path, data={"password": PASSWORD})
        shown = browser.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.cookies[LOGIN_COOKIE]
    assert [again.status_code, shown.status_code] == [410, 410]
    assert "Have a sign-in link sent" in shown.text


def test_password_that_is_refused_is_said_at_its_field(path: str, browser: Asking) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = browser.post(path, data={"password": "short"})

    assert answer.status_code == 422
    assert "This password is too short" in answer.text
    assert LOGIN_COOKIE not in answer.cookies


def test_link_that_ran_out_says_how_to_go_on(path: str, browser: Asking) -> None:
    with time_machine.travel(NOW + LASTS, tick=False):
        answers = [browser.get(path), browser.post(path, data={"password": PASSWORD})]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "Arjun" not in answers[0].text


@pytest.mark.parametrize("token", ["x", "%2e%2e", "a" * 3000])
def test_made_up_link_says_the_same_as_an_old_one(world: World, browser: Asking, token: str) -> None:
    assert browser.get(f"/welcome/{token}").status_code == 410
