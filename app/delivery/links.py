"""Addresses in mails: those that let their reader act without signing in, and the page of a session.

What the signed ones open is in `answers` and the doors of the public page.
"""

from datetime import datetime, timedelta
from typing import Any

from app.delivery.settings import public_url, session_url
from app.models.letters import Letter, Told
from app.models.rating import OPEN_FOR
from app.models.signed import Purpose, address_mark, seal, seal_seat
from app.models.words import Audience, Kind, NoticeKind, SeatStatus

STOP_LASTS = timedelta(days=5 * 365)
"""Old mails must be stoppable too; whoever finds such a link can only stop mails."""


def answer_url(letter: Letter) -> str:
    """Give the address at which the reader answers what the letter asks, until the last of its sessions begins.

    "" where no link may be made: in what a manager is shown of the mail.
    """
    starts = [told.start_at for told in letter.sessions if told.start_at]
    if not letter.house.secret or not starts:
        return ""
    mark = address_mark(letter.reader.email)
    facts: dict[str, Any] = {"session": letter.sessions[0].id, "person": letter.reader.id, "to": mark}
    if len(letter.sessions) > 1:
        facts["series"] = True
    return f"{public_url()}/answer/{seal(letter.house.secret, Purpose.ANSWER, facts, max(starts))}"


def stop_url(letter: Letter) -> str:
    """Give the address at which the reader stops mails about unread messages; "" where no link may be made."""
    if not letter.house.secret or letter.kind != NoticeKind.MESSAGES:
        return ""
    facts = {"person": letter.reader.id, "to": address_mark(letter.reader.email)}
    token = seal(letter.house.secret, Purpose.STOP_MESSAGES, facts, letter.created_at + STOP_LASTS)
    return f"{public_url()}/stop-messages/{token}"


def seat_url(letter: Letter) -> str:
    """Give the address at which the reader sees their place in a group session and may give it up, until it is over."""
    return _of_seat(letter, Purpose.SEAT)


def confirm_url(letter: Letter) -> str:
    """Give the address at which a visitor confirms the place that is held for them."""
    return _of_seat(letter, Purpose.CONFIRM)


def invitation_url(letter: Letter) -> str:
    """Give the address at which the reader accepts or declines an invitation to a group session."""
    return _of_seat(letter, Purpose.INVITATION)


def rating_url(letter: Letter) -> str:
    """Give the address at which the reader says how a group session was, for as long as it can be rated."""
    return _of_seat(letter, Purpose.RATING, until=letter.created_at + OPEN_FOR)


def place_url(letter: Letter, told: Told) -> str:
    """Give the address at which the reader does what their place in a group session asks of them; "" for the host."""
    if told.kind != Kind.GROUP or told.host_id == letter.reader.id:
        return ""
    purposes = {SeatStatus.INVITED: Purpose.INVITATION, SeatStatus.UNCONFIRMED: Purpose.CONFIRM}
    return _of_seat(letter, purposes.get(told.seat or SeatStatus.ENROLLED, Purpose.SEAT), told)


def page_url(letter: Letter, told: Told) -> str:
    """Give the address of a session's page that its reader can open: a visitor cannot sign in."""
    if not letter.reader.is_visitor:
        return session_url(told.id)
    return public_page_url(told) or _of_seat(letter, Purpose.SEAT, told) or public_url()


def public_page_url(told: Told) -> str:
    """Give the address of a session's public page, "" where it has none."""
    return f"{public_url()}/g/{told.slug}" if told.slug and told.audience == Audience.PUBLIC else ""


def _of_seat(letter: Letter, purpose: Purpose, told: Told | None = None, until: datetime | None = None) -> str:
    told, reader = told or letter.sessions[0], letter.reader
    until = until or told.end_at
    if not letter.house.secret or until is None:
        return ""
    token = seal_seat(letter.house.secret, purpose, told.id, reader.id, until, reader.email)
    return f"{public_url()}/{purpose}/{token}"
