"""What the tests of the public pages begin with: a browser without a script, and a session to look at."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.delivery import entering, public, public_limits
from app.models.database import transaction
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.tables import Login
from app.models.words import Audience
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
)
from tests.models.organised import house
from tests.support.asgi import Asking

__all__ = ["house"]

SLUG = "chess-9f2"
ANN = {"name": "Ann Visitor", "email": "ann@example.net"}


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
