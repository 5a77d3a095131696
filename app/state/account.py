"""The account page: a person's own names, zone, password and signed-in browsers."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import reflex as rx

from app.models import clock, passwords
from app.models.commands.account import change_password, change_self, choose_mails, sign_out_browser
from app.models.commands.guessing import Guess, note_try
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import PersonDraft, read
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.account import Account, read_account
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.spoken import moment
from app.state.login import cookies_of, signed_in, viewer_of
from app.state.shell import LoginState

PASSWORDS = ("old_password", "password", "password_again")
FIELDS: tuple[str, ...] = ("first_name", "last_name", "zone", *PASSWORDS)
NO_ERRORS: dict[str, str] = dict.fromkeys(FIELDS, "")


@dataclass(frozen=True)
class BrowserLine:
    """A signed-in browser, in words."""

    id: int
    name: str
    since: str
    is_this: bool


@dataclass(frozen=True)
class AccountShown:
    """The account, in words."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    zone: str = ""
    browser_zone: str = ""
    asks_old_password: bool = True
    browsers: list[BrowserLine] = field(default_factory=list[BrowserLine])
    mails_messages: bool = True


class AccountState(rx.State):
    """One person's own account page."""

    is_ready: bool = False
    shown: AccountShown = AccountShown()
    errors: dict[str, str] = NO_ERRORS
    drawn: str = ""  # names what the fields were filled with; another name draws them anew

    @signed_in
    async def open_account(self):
        """Read the account."""
        self.errors = NO_ERRORS
        await self._read()
        self.is_ready = True

    @signed_in
    async def save_self(self, form: dict[str, Any]):
        """Keep names and zone."""
        viewer, self.errors = viewer_of(self), NO_ERRORS
        sent = {name: _text(form.get(name)) for name in ("first_name", "last_name", "zone")}
        try:
            draft = read(PersonDraft, sent | {"email": viewer.email, "zone": sent["zone"] or None})
            await rx.run_in_thread(partial(perform, change_self, viewer, "", draft))
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("first_name")
            return None
        await self._read()
        return [LoginState.enter, rx.toast.success("Saved.")]

    @signed_in
    async def save_password(self, form: dict[str, Any]):
        """Change the password; every other browser is signed out."""
        viewer, self.errors = viewer_of(self), NO_ERRORS
        typed = [_text(form.get(name)) for name in PASSWORDS]
        try:
            await rx.run_in_thread(partial(replace_password, viewer, this_browser(self), *typed))
        except Refusal as refusal:
            self.errors = NO_ERRORS | refusal.by_field("password")
            return None
        await self._read()
        said = rx.toast.success("Your password is changed. Your other browsers are signed out.")
        return [*(rx.set_value(name, "") for name in PASSWORDS), said]

    @signed_in
    async def choose_message_mails(self, wanted: bool):
        """Choose whether unread messages are told by e-mail."""
        viewer = viewer_of(self)
        await rx.run_in_thread(partial(perform, choose_mails, viewer, "", wants_messages=wanted))
        await self._read()
        return rx.toast.success("Saved.")

    @signed_in
    async def sign_out_one(self, login_id: int):
        """Sign one of one's other browsers out."""
        viewer = viewer_of(self)
        await rx.run_in_thread(partial(perform, sign_out_browser, viewer, "", login_id))
        await self._read()
        return rx.toast.success("That browser is signed out.")

    async def _read(self) -> None:
        viewer, this = viewer_of(self), this_browser(self)
        self.shown = await rx.run_in_thread(partial(shown_to, viewer, this))
        shown = self.shown
        self.drawn = f"{shown.first_name}|{shown.last_name}|{shown.zone}|{shown.browser_zone}"


def this_browser(state: rx.State) -> str:
    """Give what this browser's login is stored under."""
    return token_hash(cookies_of(state).get(LOGIN_COOKIE, ""))


def shown_to(viewer: Viewer, this: str) -> AccountShown:
    """Read an account and put it in words."""
    with reading() as db:
        account = read_account(db, viewer, clock.now(), this)
    return AccountShown(
        account.first_name,
        account.last_name,
        account.email,
        account.zone,
        account.browser_zone or "UTC",
        account.asks_old_password,
        lines_of(account, viewer.zone),
        account.mails_messages,
    )


def lines_of(account: Account, zone: str) -> list[BrowserLine]:
    """Put the browsers in words, this one first."""
    ordered = sorted(account.browsers, key=lambda browser: not browser.is_this)
    return [BrowserLine(one.id, one.name, moment(one.since, zone), one.is_this) for one in ordered]


def replace_password(viewer: Viewer, this: str, old: str, new: str, again: str) -> None:
    """Check, hash and set a password. A stolen browser must not be able to guess the old one."""
    passwords.check_new(new, again)
    note_try(Guess(viewer.email, f"person {viewer.person_id}", purpose="change"), clock.now())
    perform(change_password, viewer, "", old, passwords.hash_password(new), this)


def _text(value: object) -> str:
    return value[:2_000] if isinstance(value, str) else ""
