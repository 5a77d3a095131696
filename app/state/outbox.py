"""The Mail page: which mails are listed, which one is open. It sends nothing.

The texts come from `app.delivery.mail`, so that what is read here is the very mail that goes out.
"""

from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

import reflex as rx

from app.delivery import settings
from app.delivery.mail import preview, subject_of
from app.delivery.times import moment
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import NotFound
from app.models.outbox import try_again
from app.models.permissions import Viewer
from app.models.queries.outbox import Mail, list_mails, open_mail
from app.models.words import MAIL_WORDS, MailStatus
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of

LOOK_AGAIN_SECONDS = 5.0
"""The courier changes no history, so an open page looks by itself."""
NO_SERVER = (
    "No mail server is set: messages are kept here. Set MERIDIAN_SMTP_URL and start Meridian again; "
    "what is still timely is sent then."
)


@dataclass(frozen=True)
class MailRow:
    """One line of the list."""

    id: int
    status: str
    status_word: str
    reader: str
    email: str
    subject: str
    at: str


@dataclass(frozen=True)
class StatusChip:
    """One filter: "" is all."""

    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class MailShown:
    """The open mail; its texts are empty where they are for its reader alone."""

    id: int = 0
    status: str = ""
    status_word: str = ""
    reader: str = ""
    subject: str = ""
    written: str = ""
    standing: str = ""
    error: str = ""
    is_private: bool = False
    can_retry: bool = False
    text: str = ""
    html: str = ""
    calendars: list[str] = field(default_factory=list)


class OutboxState(rx.State):
    """What one manager looks at."""

    rows: list[MailRow] = []  # noqa: RUF012  # Reflex copies it for each browser
    chips: list[StatusChip] = []  # noqa: RUF012
    status: str = ""
    typed: str = ""
    page: int = 1
    pages: int = 1
    notice: str = ""
    missing: bool = False
    is_open: bool = False
    shown: MailShown = MailShown()
    part: str = "preview"
    retry_key: str = ""

    @rx.event
    @manager_only
    async def load(self) -> None:
        """Read the list; the address may name a status, such as /outbox?status=failed."""
        wanted = self.router.url.query_parameters.get("status", "")
        self.status, self.page = (wanted if wanted in _FILTERS else ""), 1
        self.is_open, self.shown = False, MailShown()
        await self._read()

    @rx.event(background=True)
    @manager_only
    async def follow(self) -> None:
        """Read the list again when something was committed, and every few seconds."""
        await keep_up(self, self._again, managers=True)

    @rx.event
    @manager_only
    async def choose_status(self, status: str) -> None:
        """Show the mails of one status, "" for all."""
        self.status, self.page = (status if status in _FILTERS else ""), 1
        await self._read()

    @rx.event
    @manager_only
    async def search(self, typed: str) -> None:
        """Show the mails to the people this finds."""
        self.typed, self.page = str(typed)[:200], 1
        await self._read()

    @rx.event
    @manager_only
    async def go_to(self, page: int) -> None:
        """Show another page of the list."""
        self.page = page
        await self._read()

    @rx.event
    @manager_only
    async def open(self, notice_id: int) -> None:
        """Open one mail to read."""
        viewer = viewer_of(self)
        self.shown = await rx.run_in_thread(partial(_shown, viewer, notice_id))
        self.part, self.is_open, self.retry_key = "preview", True, uuid4().hex

    @rx.event
    @manager_only
    async def show_part(self, part: str) -> None:
        """Turn to the preview, the text or the calendar file."""
        self.part = part if part in ("preview", "text", "calendar") else "preview"

    @rx.event
    @manager_only
    async def close(self) -> None:
        """Close the open mail."""
        self.is_open, self.shown = False, MailShown()

    @rx.event
    @manager_only
    async def retry(self):
        """Put the open mail, which failed, into the queue again."""
        viewer, notice_id = viewer_of(self), self.shown.id
        await rx.run_in_thread(partial(perform, try_again, viewer, self.retry_key, notice_id))
        self.is_open, self.shown = False, MailShown()
        await self._read()
        return rx.toast.success("It is in the queue again.")

    async def _again(self, _viewer: Viewer) -> float:
        if not self.missing:
            await self._read()
        return LOOK_AGAIN_SECONDS

    async def _read(self) -> None:
        viewer = viewer_of(self)
        status = MailStatus(self.status) if self.status else None
        try:
            found = await rx.run_in_thread(partial(_found, viewer, status, self.typed, self.page))
        except NotFound:
            self.missing, self.rows, self.chips = True, [], []
            return
        rows, chips, page, pages = found
        self.missing, self.notice = False, _server_notice()
        # Setting a var sends it, changed or not.
        for name, value in (("rows", rows), ("chips", chips), ("page", page), ("pages", pages)):
            if getattr(self, name) != value:
                setattr(self, name, value)


_FILTERS = tuple(status.value for status in MAIL_WORDS)


def _found(
    viewer: Viewer, status: MailStatus | None, typed: str, page: int
) -> tuple[list[MailRow], list[StatusChip], int, int]:
    with reading() as db:
        found = list_mails(db, viewer, status=status, typed=typed, page=page)
    everything = StatusChip("", "All", sum(found.counts.values()), status is None)
    chips = [StatusChip(one, word, found.counts.get(one, 0), one == status) for one, word in MAIL_WORDS.items()]
    return [_row(mail, viewer.zone) for mail in found.mails], [everything, *chips], found.page, found.pages


def _row(mail: Mail, zone: str) -> MailRow:
    letter = mail.letter
    return MailRow(
        id=letter.notice_id,
        status=mail.status,
        status_word=MAIL_WORDS[mail.status],
        reader=letter.reader.name,
        email=letter.reader.email,
        subject=subject_of(letter),
        at=moment(mail.sent_at or mail.created_at, zone),
    )


def _shown(viewer: Viewer, notice_id: int) -> MailShown:
    with reading() as db:
        mail = open_mail(db, viewer, notice_id)
    letter, zone = mail.letter, viewer.zone
    made = preview(letter)
    readable = not letter.private
    return MailShown(
        id=letter.notice_id,
        status=mail.status,
        status_word=MAIL_WORDS[mail.status],
        reader=f"{letter.reader.name} <{letter.reader.email}>",
        subject=made.subject,
        written=moment(mail.created_at, zone),
        standing=_standing(mail, zone),
        error=mail.error,
        is_private=letter.private,
        can_retry=mail.status == MailStatus.FAILED,
        text=made.text if readable else "",
        html=made.html if readable else "",
        calendars=list(made.calendars) if readable else [],
    )


def _standing(mail: Mail, zone: str) -> str:
    if mail.sent_at:
        return f"Sent {moment(mail.sent_at, zone)}"
    if mail.status == MailStatus.WAITING and mail.attempts:
        return f"Tried {mail.attempts} times; next try {moment(mail.due_at, zone)}"
    if mail.status == MailStatus.FAILED:
        return f"Gave up after {mail.attempts} {'try' if mail.attempts == 1 else 'tries'}"
    return ""


def _server_notice() -> str:
    try:
        return "" if settings.mail_server() else NO_SERVER
    except settings.BadMailServer as error:
        return f"The mail server’s address cannot be read, so messages are kept here. {error}"
