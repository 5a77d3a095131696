"""What the Messages page shows, in the reader's words and zone. Pure but for `read_screen`; it knows no state."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.models import clock
from app.models.database import reading
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.messages import (
    Found,
    Line,
    Thread,
    ThreadLine,
    list_threads,
    load_thread,
    search_thread,
)
from app.models.spoken import Piece, day_words, initials, pieces


@dataclass(frozen=True)
class ThreadShown:
    """A thread in the list."""

    id: int
    href: str
    name: str
    initials: str
    program: str
    excerpt: str
    at: str
    unread: int
    is_open: bool
    is_here: bool


@dataclass(frozen=True)
class LineShown:
    """A message. `day` stands above the first of a day; `is_first_unread` has the line "New" above it."""

    id: int
    is_mine: bool
    pieces: list[Piece]
    at: str
    instant: str
    day: str = ""
    is_first_unread: bool = False


@dataclass(frozen=True)
class StretchShown:
    """A stretch of a found message."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class FoundShown:
    """A message that was searched for; the marked stretches have `is_hit`."""

    id: int
    who: str
    at: str
    stretches: list[StretchShown]


@dataclass(frozen=True)
class Conversation:
    """The thread that is open; `id` 0 is none. `unread_to` is the message to be marked as read, 0 for none."""

    id: int = 0
    draft: str = ""
    name: str = ""
    initials: str = ""
    about: str = ""
    silent: str = ""
    has_earlier: bool = False
    unread_to: int = 0
    lines: list[LineShown] = field(default_factory=list[LineShown])


def read_screen(viewer: Viewer, wanted: int, first_id: int) -> tuple[list[ThreadLine], Thread | None]:
    """Read the list and the wanted thread; the first one where none is wanted. None: there is none for this person."""
    with reading() as db:
        lines = list_threads(db, viewer)
        shown = wanted or (lines[0].relationship_id if lines else 0)
        try:
            return lines, load_thread(db, viewer, shown, first_id=first_id) if shown else None
        except NotFound:
            return lines, None


def find_in(viewer: Viewer, relationship_id: int, typed: str, other: str) -> list[FoundShown]:
    """Search a thread."""
    with reading() as db:
        found = search_thread(db, viewer, relationship_id, typed)
    return [found_shown(one, other, viewer.zone) for one in found]


def found_shown(found: Found, other: str, zone: str) -> FoundShown:
    """Put a found message in words."""
    at = clock.wall(found.sent_at, zone)
    stretches = [StretchShown(one.text, one.is_hit) for one in found.stretches]
    return FoundShown(found.id, "You" if found.is_mine else other, f"{day_words(at)}, {at:%H:%M}", stretches)


def threads_shown(lines: Sequence[ThreadLine], here: int, now: datetime, zone: str) -> list[ThreadShown]:
    """Put the list in words."""
    return [
        ThreadShown(
            id=line.relationship_id,
            href=f"/messages/{line.relationship_id}",
            name=line.other_name,
            initials=initials(line.other_name),
            program=line.program,
            excerpt=f"You: {line.excerpt}" if line.is_mine else line.excerpt,
            at=short_moment(line.last_at, now, zone) if line.last_at else "",
            unread=line.unread,
            is_open=line.is_open,
            is_here=line.relationship_id == here,
        )
        for line in lines
    ]


def conversation(thread: Thread, viewer: Viewer, now: datetime, divider: int) -> Conversation:
    """Put a thread in words; above the message `divider` stands the line of what is new."""
    word = thread.other_word
    return Conversation(
        id=thread.relationship_id,
        draft=f"message:{viewer.person_id}:{thread.relationship_id}",
        name=thread.other_name,
        initials=initials(thread.other_name),
        about=f"{word[:1].upper()}{word[1:]} · {thread.program}",
        silent=thread.silent,
        has_earlier=thread.has_earlier,
        unread_to=thread.lines[-1].id if thread.unread and thread.lines else 0,
        lines=lines_shown(thread.lines, now, viewer.zone, divider),
    )


def lines_shown(lines: Sequence[Line], now: datetime, zone: str, divider: int) -> list[LineShown]:
    """Put messages in words, each day named once."""
    shown: list[LineShown] = []
    named = ""
    for line in lines:
        at, day = clock.wall(line.sent_at, zone), day_name(line.sent_at, now, zone)
        heading, named = ("" if day == named else day), day
        shown.append(
            LineShown(
                line.id, line.is_mine, pieces(line.text), f"{at:%H:%M}", line.sent_at.isoformat(), heading,
                line.id == divider,
            )
        )  # fmt: skip
    return shown


def first_unread(thread: Thread) -> int:
    """Give the first message the reader has not read, 0 where there is none."""
    return next((line.id for line in thread.lines if not line.is_mine and line.id > thread.read_id), 0)


def day_name(at: datetime, now: datetime, zone: str) -> str:
    """Name a day: "Today", "Yesterday", or "Tuesday 24 November 2026"."""
    day, today = clock.today(at, zone), clock.today(now, zone)
    if day == today:
        return "Today"
    return "Yesterday" if day == today - timedelta(days=1) else day_words(clock.wall(at, zone))


def short_moment(at: datetime, now: datetime, zone: str) -> str:
    """Name an instant as a list does: the time of today, else the day, with its year where it is not this one."""
    there, today = clock.wall(at, zone), clock.today(now, zone)
    if there.date() == today:
        return f"{there:%H:%M}"
    return f"{there.day} {there:%b}" if there.year == today.year else f"{there.day} {there:%b %Y}"
