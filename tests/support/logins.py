"""Signs people in by their cookie alone. The sign-in form has tests of its own (test_doors.py)."""

import secrets
from datetime import timedelta

from playwright.sync_api import Page
from sqlmodel import Session as Db

from app.models import clock
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.tables import Login


def sign_in_by_cookie(db: Db, page: Page, base_url: str, person_id: int) -> Page:
    """Write a login of this person, which the caller commits, and give the page's browser its cookie."""
    token, now = secrets.token_urlsafe(), clock.now()
    kept = {"created_at": now, "expires_at": now + timedelta(days=1)}
    db.add(Login(person_id=person_id, token_hash=token_hash(token), **kept))
    page.context.add_cookies([{"name": LOGIN_COOKIE, "value": token, "url": base_url}])
    return page
