"""Addresses in mails that let their reader act without signing in. What they open is in `answers`."""

from datetime import timedelta
from typing import Any

from app.delivery.settings import public_url
from app.models.letters import Letter
from app.models.signed import Purpose, seal, seal_seat
from app.models.words import NoticeKind

STOP_LASTS = timedelta(days=5 * 365)
"""Old mails must be stoppable too; whoever finds such a link can only stop mails."""


def answer_url(letter: Letter) -> str:
    """Give the address at which the reader answers what the letter asks, until the last of its sessions begins.

    "" where no link may be made: in what a manager is shown of the mail.
    """
    starts = [told.start_at for told in letter.sessions if told.start_at]
    if not letter.house.secret or not starts:
        return ""
    facts: dict[str, Any] = {"session": letter.sessions[0].id, "person": letter.reader.id}
    if len(letter.sessions) > 1:
        facts["series"] = True
    return f"{public_url()}/answer/{seal(letter.house.secret, Purpose.ANSWER, facts, max(starts))}"


def stop_url(letter: Letter) -> str:
    """Give the address at which the reader stops mails about unread messages; "" where no link may be made."""
    if not letter.house.secret or letter.kind != NoticeKind.MESSAGES:
        return ""
    facts = {"person": letter.reader.id}
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


def _of_seat(letter: Letter, purpose: Purpose) -> str:
    told = letter.sessions[0]
    if not letter.house.secret or told.end_at is None:
        return ""
    token = seal_seat(letter.house.secret, purpose, told.id, letter.reader.id, told.end_at)
    return f"{public_url()}/{purpose}/{token}"
