"""Pages that are whole when they leave the server: the set-up, mailed links, what went wrong.

They need no script and no socket. They look like the rest of the house (`meridian.css`).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.delivery.rendering import render
from app.models.clock import known_zones
from app.models.commands.first_access import Newcomer
from app.models.demo import SignIns
from app.models.queries.answering import Question
from app.models.queries.organisation import House

UNCACHED = {"cache-control": "no-store"}


def sign_in_path(path: str) -> str:
    """Give the sign-in page's address, with the way back."""
    return "/sign-in" if path == "/" else f"/sign-in?next={quote(path)}"


def link_button(house: House) -> Response:
    """Show the one button that uses a mailed link up."""
    return _paper("link.html", house, title="Sign in")


def link_used(house: House) -> Response:
    """Say that a link no longer works, and how to get a new one."""
    text = "It works once, and only for half an hour. Have a new one sent to you, or sign in with your password."
    return _message(house, "This link no longer works", text, "Sign in", "/sign-in", status=410)


def welcome(house: House, newcomer: Newcomer, problems: Mapping[str, str]) -> Response:
    """Let somebody who was added choose their password."""
    values = {"newcomer": newcomer, "problems": problems}
    return _paper("welcome.html", house, title="Welcome", status=422 if problems else 200, **values)


def welcome_over(house: House) -> Response:
    """Say that a first-access link no longer works, and how to go on."""
    text = (
        "It works once, for two weeks, and only until a newer one is made. Have a sign-in link sent to your "
        "e-mail address instead, or ask whoever added you for a new one."
    )
    return _message(house, "This link no longer works", text, "Have a sign-in link sent", "/sign-in", status=410)


def link_sent(house: House, email: str) -> Response:
    """Say where the link went, in the same words for every address."""
    text = (
        f"If {email.strip()[:254]} belongs to somebody here, a sign-in link is on its way. "
        "It works once, for half an hour. Nothing there? Look into the spam folder, or ask the organisation."
    )
    return _message(house, "Look into your mail", text, "Back to sign in", "/sign-in")


def setup(token: str, given: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    """Offer the two ways to begin."""
    return _paper(
        "setup.html",
        House(),
        title="Set up Meridian",
        token=token,
        given=given,
        problems=problems,
        zones=known_zones(),
        status=422 if problems else 200,
    )


def setup_closed(house: House) -> Response:
    """Say that there is nothing to set up, or that the link is the wrong one."""
    if house.is_set_up:
        return _message(house, "Already set up", f"{house.name} is ready.", "Sign in", "/sign-in", status=410)
    text = "Open the link that was printed last where Meridian was started. Each start prints a new one."
    return _message(house, "This set-up link does not work", text, "Try again", "/", status=410)


def demo_ready(house: House, signs: SignIns) -> Response:
    """Show who there is, and everybody's password, once."""
    return _paper("demo.html", house, title="The demo is ready", signs=signs)


def question(
    house: House, asked: Question, given: Mapping[str, str], problems: Mapping[str, str], address: str
) -> Response:
    """Ask for an answer to a session, or say why there is nothing to answer any more."""
    status = 422 if problems else 200
    values = {"q": asked, "given": given, "problems": problems, "address": address}
    return _paper("answer.html", house, title=asked.title, status=status, **values)


def answered(house: House, title: str, text: str, address: str) -> Response:
    """Say what became of the answer."""
    return _message(house, title, text, "Open the session", address)


def answer_gone(house: House) -> Response:
    """Say that a mailed link asks nothing any more."""
    text = "It ran out, or the session is not there any more. Sign in to see how things stand."
    return _message(house, "This link no longer works", text, "Sign in", "/sign-in", status=410)


def stop_button(house: House, email: str) -> Response:
    """Show the one button that stops mails about unread messages."""
    text = f"{email} will no longer be told by e-mail that messages are waiting. The messages themselves still arrive."
    return _paper("stop.html", house, title="Stop mails about messages?", text=text)


def stopped(house: House, email: str) -> Response:
    """Say that they are stopped, and where they are switched on again."""
    text = f"{email} gets no more mails about unread messages. They can be switched on again in the account."
    return _message(house, "These mails are stopped", text, "Open the account", "/account#mails")


def stop_gone(house: House) -> Response:
    """Say that a link cannot stop anything."""
    text = "Sign in and look into your account: mails about unread messages are switched off there."
    return _message(house, "This link does not work", text, "Open the account", "/account#mails", status=410)


def failed(_request: Request, _error: Exception) -> Response:
    """Answer a request that failed behind a door."""
    return broken()


def broken() -> Response:
    """Say that something failed, without saying what: that is in the log."""
    text = "It was written down for whoever runs this server. Nothing was changed. Please try again in a moment."
    return _message(House(), "Something went wrong on our side", text, "Back to the start", "/", status=500)


def _message(house: House, title: str, text: str, action: str, href: str, *, status: int = 200) -> Response:
    return _paper("message.html", house, title=title, text=text, action=action, href=href, status=status)


def _paper(template: str, house: House, *, title: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(render(template, house=house, title=title, **values), status, UNCACHED)
