"""What holds for every request."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.delivery import papers
from app.delivery.web import (
    LARGEST_BODY,
    Around,
    cache_rule,
    client_address,
    cookies_of,
    is_from_here,
    local_path,
    pattern_of,
    without_tokens,
)
from app.models.signed import Purpose


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "client": ("10.0.0.1", 5)})


async def read_form(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def fail(_request: Request) -> Response:
    raise RuntimeError("a secret")


def answer_to(path: str, *parts: bytes) -> tuple[int, str]:
    """Post the parts of a body, as HTTP/2 does: without saying how long it will be."""
    routes = [Route("/form", read_form, methods=["POST"]), Route("/fail", fail, methods=["POST"])]
    inner = Starlette(routes=routes, exception_handlers={Exception: papers.failed})
    around = Around(inner, pages=[], private_pages=[], error_page=papers.broken)
    waiting, answer = [*parts], []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Any) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    with suppress(RuntimeError):  # once it is answered, the failure goes on to the server's log
        asyncio.run(around(scope, receive, send))
    return answer[0]["status"], b"".join(one.get("body", b"") for one in answer).decode()


def test_body_is_measured_even_if_it_does_not_say_its_length() -> None:
    half = bytes(LARGEST_BODY // 2)
    assert answer_to("/form", half, half) == (200, str(2 * len(half)))
    assert answer_to("/form", half, half, b"12") == (413, "This is too large.")


def test_path_that_no_database_can_be_asked_for_is_not_found() -> None:
    assert answer_to("/g/chess\0") == (404, "This page was not found.")


def test_failure_behind_a_door_is_answered_by_a_page_in_words() -> None:
    status, page = answer_to("/fail", b"")
    assert (status, "Something went wrong on our side" in page, "secret" in page) == (500, True, False)


@pytest.mark.parametrize("other", ['g_state={"a":1, "b": 2}', "é=ü", "alone", "a b=c", '"', "b@d=1", "", "="])
def test_cookies_of_other_programs_sign_nobody_out(other: str) -> None:
    for header in (f"{other}; meridian_login=abc%2B", f"meridian_login=abc%2B;{other}"):
        assert cookies_of(request(cookie=header))["meridian_login"] == "abc+"


@pytest.mark.parametrize("path", ["/", "/account", "/calendar?view=week&date=2026-11-22", "/s/12#join", "/ü"])
def test_path_of_our_own_is_taken(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "wanted",
    [
        *("", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil"),
        *("//[", "http://[", "[", "///evil.example"),
        *("/\r\nSet-Cookie: a=b", "/sign-out", "/sign-in?next=/", "\t//evil.example", "/\x00"),
    ],
)
def test_path_that_leads_elsewhere_becomes_the_start(wanted: str) -> None:
    assert local_path(wanted) == "/"


def test_address_is_the_callers_unless_proxies_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = request(x_forwarded_for="1.1.1.1, 2.2.2.2")
    assert client_address(forged) == "10.0.0.1"
    monkeypatch.setenv("MERIDIAN_PROXY_HOPS", "1")
    assert client_address(forged) == "2.2.2.2"
    monkeypatch.setenv("MERIDIAN_PROXY_HOPS", "2")
    assert client_address(forged) == "1.1.1.1"
    monkeypatch.setenv("MERIDIAN_PROXY_HOPS", "3")
    assert client_address(forged) == "10.0.0.1"


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"host": "m.example.org", "origin": "https://m.example.org"}, True),
        ({"host": "10.0.0.5:3000", "origin": "https://m.example.org"}, True),
        ({"host": "m.example.org", "origin": "http://m.example.org"}, False),
        ({"host": "m.example.org", "origin": "https://evil.example"}, False),
        ({"host": "m.example.org", "origin": "null"}, False),
        ({"host": "m.example.org", "origin": "http://["}, False),
        ({"host": "m.example.org", "sec-fetch-site": "cross-site"}, False),
        ({"host": "m.example.org", "origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"host": "m.example.org", "origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"host": "m.example.org"}, True),
    ],
)
def test_form_is_ours_by_its_origin(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], is_ours: bool) -> None:
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", "https://m.example.org")
    assert is_from_here(Headers(headers)) is is_ours


@pytest.mark.parametrize(
    ("route", "path", "matches"),
    [
        ("/", "/", True),
        ("/", "/x", False),
        ("/calendar", "/calendar/", True),
        ("/s/[id]", "/s/12", True),
        ("/s/[id]", "/s/12/", True),
        ("/s/[id]", "/s/", False),
        ("/s/[id]", "/s/1/2", False),
    ],
)
def test_page_is_known_by_its_route(route: str, path: str, matches: Any) -> None:
    assert bool(pattern_of(route).fullmatch(path)) is matches


def test_only_names_with_a_digest_are_kept_for_ever() -> None:
    assert "immutable" in cache_rule("/assets/root-abc.js", 200, "text/javascript")
    assert cache_rule("/assets/none.js", 404, "text/html") == "no-cache"
    assert cache_rule("/meridian.css", 200, "text/css") == "no-cache"
    assert cache_rule("/health", 200, "application/json") == "no-store"


@pytest.mark.parametrize("door", [*Purpose, "enter", "feeds", "welcome"])
def test_secret_of_a_link_is_not_logged(door: str) -> None:
    assert without_tokens(f"/{door}/secret") == f"/{door}/…"


def test_other_paths_are_logged_whole() -> None:
    assert without_tokens("/account") == "/account"
