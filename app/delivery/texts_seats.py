"""What mails say of a reader's own place in a group session. Plain text; names no other participant.

Their buttons lead to pages that need no sign-in, for many a reader has no account. The page behind
asks once more, for mail scanners follow links.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.delivery import links, times, who
from app.delivery.message import LONGEST_IN_SUBJECT, Button, Message
from app.models.letters import Letter, Told
from app.models.words import NoticeKind


@dataclass(frozen=True)
class _Words:
    """What begins the subject, and what the mail says; `label` is its button's, "" for none."""

    subject: str
    text: Sequence[str]
    label: str = ""


_SEE = "See or give up your place"
_WORDS: dict[NoticeKind, _Words] = {
    NoticeKind.INVITED: _Words(
        "Invitation",
        ["You are invited to this session.", "Please say whether you come."],
        "Accept",
    ),
    NoticeKind.CONFIRM: _Words(
        "Please confirm",
        [
            "Somebody, we hope you, registered this address for the session below.",
            "Your place is held for 30 minutes. Confirm it on the page; if it was not you, do nothing.",
        ],
        "Confirm my place",
    ),
    NoticeKind.ENROLLED: _Words(
        "You are registered",
        ["You have a place in this session.", "If you cannot come, please give it up, so that somebody else can."],
        _SEE,
    ),
    NoticeKind.WAITING: _Words(
        "Waiting list",
        ["All places are taken, so you are on the waiting list. We tell you as soon as one becomes yours."],
        _SEE,
    ),
    NoticeKind.PROMOTED: _Words(
        "You have a place",
        ["A place became free and is now yours.", "If you cannot come any more, please give it up for the next."],
        _SEE,
    ),
    NoticeKind.PUT_BACK: _Words(
        "On the waiting list again",
        [
            "This session has fewer places than before, and those who came last are on the waiting list again.",
            "You are among the first of it. We tell you as soon as a place becomes yours.",
        ],
        _SEE,
    ),
    NoticeKind.LEFT: _Words("Your place is given up", ["You no longer take part in this session."]),
    NoticeKind.REMOVED: _Words(
        "You no longer take part", ["Your place in this session, or your invitation, is taken back."]
    ),
    NoticeKind.RATE: _Words(
        "How was it",
        ["Thank you for coming.", "Say how it was: one to five stars, and a comment if you like."],
        "Rate this session",
    ),
}
_DECLINE = "?answer=decline"
_ADDRESS: dict[NoticeKind, Callable[[Letter], str]] = {
    NoticeKind.INVITED: links.invitation_url,
    NoticeKind.CONFIRM: links.confirm_url,
    NoticeKind.RATE: links.rating_url,
}


def message_of(letter: Letter) -> Message:
    """Put a notice about the reader's place into words."""
    told, words, zone = letter.sessions[0], _WORDS[letter.kind], letter.reader.zone
    name = who.one_line(who.title(letter, told), LONGEST_IN_SUBJECT)
    at = f", {times.moment(told.start_at, zone)}" if told.start_at else ""
    return Message(
        subject=f"{words.subject}: {name}{at}",
        heading=who.title(letter, told),
        paragraphs=[*words.text, *_position(letter)],
        rows=[row for row in _rows(letter, told) if row[1]],
        button=_button(letter, words.label),
        other=_other(letter),
        footnote=times.named(letter),
    )


def _position(letter: Letter) -> list[str]:
    position = letter.facts.get("position")
    return [f"You were number {position} on it when this was written."] if position else []


def _rows(letter: Letter, told: Told) -> list[tuple[str, str]]:
    program = letter.programs.get(told.program_id)
    zone = letter.reader.zone
    own = [] if times.shows_the_same(told, zone) else [("In the session’s own zone", times.when(told, told.zone))]
    return [
        ("When", times.when(told, zone)),
        *own,
        *who.people_rows(letter, told),
        ("Where", who.place_words(told)),
        ("Programme", program.name if program else ""),
        ("Details", who.cut(told.details, 2_000)),
        ("Session’s page", links.public_page_url(told)),
    ]


def _button(letter: Letter, label: str) -> Button | None:
    if not label:
        return None
    page = links.page_url(letter, letter.sessions[0])
    return Button(label, _ADDRESS.get(letter.kind, links.seat_url)(letter) or page)


def _other(letter: Letter) -> Button | None:
    """Give the way to decline an invitation; who gave up their place may come back while the session is public."""
    if letter.kind == NoticeKind.INVITED:
        declines = links.invitation_url(letter)
        return Button("Decline", declines + _DECLINE) if declines else None
    if letter.kind == NoticeKind.LEFT:
        page = links.public_page_url(letter.sessions[0])
        return Button("See the session", page) if page else None
    return None


TEXTS: dict[NoticeKind, Callable[[Letter], Message]] = dict.fromkeys(_WORDS, message_of)
"""The kinds that are told here."""
