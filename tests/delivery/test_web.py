"""What holds for every request."""

from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request

from app.delivery.web import cache_rule, client_address, is_from_here, local_path, pattern_of, without_tokens


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "client": ("10.0.0.1", 5)})


@pytest.mark.parametrize("path", ["/", "/account", "/calendar?view=week&date=2026-11-22", "/s/12#join", "/ü"])
def test_path_of_our_own_is_taken(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "wanted",
    [
        *("", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil"),
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
        ({"host": "m.example.org", "sec-fetch-site": "cross-site"}, False),
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


def test_one_time_link_is_not_logged() -> None:
    assert without_tokens("/enter/secret") == "/enter/…"
    assert without_tokens("/account") == "/account"
