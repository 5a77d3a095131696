"""What the bell says: one line a notice, for its reader, and where it leads. Pure; the mails' words are delivery's.

What is private (sign-in links, first access, messages) is only named here, never told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.models import spoken
from app.models.words import NoticeKind
from app.models.words.uploads import ENDED_WORDS, UploadStatus

LONGEST = 160

ICONS = (
    *("arrow-right-left", "calendar-check", "calendar-clock", "calendar-cog", "calendar-plus", "calendar-x"),
    "file-spreadsheet",
    *("alarm-clock", "circle-help", "handshake", "key-round", "mail-check", "megaphone", "message-square", "star"),
)
"""Every icon a line may have, by its name at lucide."""


@dataclass(frozen=True)
class Told:
    """A notice as it was written, and the names its line may need, by id."""

    kind: NoticeKind
    reader_id: int
    zone: str
    facts: Mapping[str, Any]
    people: Mapping[int, str] = field(default_factory=dict[int, str])
    programs: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def sessions(self) -> Sequence[Mapping[str, Any]]:
        """The sessions it is about, as they were, the earliest first."""
        return sorted(self.facts.get("sessions") or (), key=lambda session: session.get("start_at") or "~")

    @property
    def actor(self) -> str:
        """Who did it, "You" for the reader; "" is the clock."""
        return "You" if self.facts.get("actor_id") == self.reader_id else self.facts.get("actor") or ""


@dataclass(frozen=True)
class BellWords:
    """A line: its icon (lucide), its text, and the page it leads to, "" for none."""

    icon: str
    text: str
    href: str = ""


_SESSION_WORDS: dict[NoticeKind, tuple[str, str, str]] = {
    NoticeKind.BOOKED: ("calendar-plus", "booked", "was booked"),
    NoticeKind.ASKED: ("circle-help", "asked for", "was asked for"),
    NoticeKind.ACCEPTED: ("calendar-check", "accepted", "was accepted"),
    NoticeKind.DECLINED: ("calendar-x", "declined", "was declined"),
    NoticeKind.PROPOSED: ("calendar-clock", "proposed another time for", "was given another time"),
    NoticeKind.UNANSWERED: ("calendar-x", "let lapse", "was cancelled, for nobody answered"),
    NoticeKind.MOVED: ("calendar-clock", "moved", "was moved"),
    NoticeKind.CHANGED: ("calendar-cog", "changed", "was changed"),
    NoticeKind.CANCELLED: ("calendar-x", "cancelled", "was cancelled"),
    NoticeKind.REACTIVATED: ("calendar-check", "reactivated", "was reactivated"),
    NoticeKind.RECORDED: ("calendar-check", "recorded", "was recorded"),
}
"""The icon, what follows a person's name, and what follows the session's where nobody did it."""


def words_of(told: Told) -> BellWords:
    """Put a notice into one line; a kind that is about sessions but has none is named plainly."""
    if told.kind in _ALONE:
        return _ALONE[told.kind](told)
    return _about_sessions(told)


def ago(at: datetime, now: datetime, zone: str) -> str:
    """Say how long ago something was, in few words; the day after a week."""
    past = now - at
    if past < timedelta(minutes=1):
        return "just now"
    if past < timedelta(hours=1):
        return f"{int(past.total_seconds() // 60)} min ago"
    if past < timedelta(days=1):
        return f"{int(past.total_seconds() // 3600)} h ago"
    if past < timedelta(days=7):
        return f"{past.days} day{'s' if past.days > 1 else ''} ago"
    return spoken.short_day(at, zone)


def _about_sessions(told: Told) -> BellWords:
    # A kind without words of its own must not take the header from every page.
    icon, verb, done = _SESSION_WORDS.get(told.kind, ("calendar-cog", "changed", "was changed"))
    sessions = told.sessions
    if not sessions:
        return BellWords(icon, "Your sessions changed.", "/calendar")
    first = sessions[0]
    asks = any(one.get("asked_id") == told.reader_id and one.get("status") == "pending" for one in sessions)
    what = f"{len(sessions)} sessions" if len(sessions) > 1 else _name(first)
    done = done.replace("was ", "were ", 1) if len(sessions) > 1 else done
    actor = "" if told.kind == NoticeKind.UNANSWERED else told.actor
    lead = f"{actor} {verb} {what}" if actor else f"{what} {done}"
    text = lead + _time(first, told, many=len(sessions) > 1) + (". Please answer." if asks else "")
    href = next((f"/s/{one['id']}" for one in sessions if not one.get("is_deleted")), "")
    return BellWords(icon, _cut(text), href)


def _name(session: Mapping[str, Any]) -> str:
    numbered = f"Session {session['number']}" if session.get("number") else "a session"
    return f"“{session['title']}”" if session.get("title") else numbered


def _time(session: Mapping[str, Any], told: Told, *, many: bool) -> str:
    raw = session.get("start_at")
    if not raw:
        return ""
    moment = spoken.moment(datetime.fromisoformat(raw), told.zone)
    joined = " to " if told.kind == NoticeKind.MOVED and not many else ", from " if many else ", "
    return f"{joined}{moment}"


def _assigned(told: Told) -> BellWords:
    names = _partners(told)
    text = f"You now work with {spoken.names(names)}" if names else "You have a new assignment"
    return BellWords("handshake", _cut(f"{text}{_in_program(told)}."), _relationship_href(told))


def _ended(told: Told) -> BellWords:
    names = _partners(told)
    lead = f"Your work with {spoken.names(names)}" if names else "An assignment"
    return BellWords("handshake", _cut(f"{lead}{_in_program(told)} has ended."), _relationship_href(told))


def _handed_over(told: Told) -> BellWords:
    return BellWords("arrow-right-left", _cut(_handed_over_words(told)), "/relationships")


def _handed_over_words(told: Told) -> str:
    old, new = (_person(told, name) for name in ("from_id", "to_id"))
    if old and new:
        return f"{new} takes over from {old}{_in_program(told)}."
    return f"Sessions were handed over{_in_program(told)}."


def _announcement(told: Told) -> BellWords:
    subject, number = told.facts.get("subject") or "News", told.facts.get("announcement_id")
    sender = f"{told.actor}: " if told.actor else ""
    return BellWords("megaphone", _cut(f"{sender}{subject}"), f"/announcements/{number}" if number else "")


def _own_place(icon: str, lead: str) -> Callable[[Told], BellWords]:
    """Make the line about the reader's own place in a session."""

    def line(told: Told) -> BellWords:
        if not told.sessions:
            return BellWords(icon, f"{lead} a session.", "/calendar")
        first = told.sessions[0]
        href = "" if first.get("is_deleted") else f"/s/{first['id']}"
        return BellWords(icon, _cut(f"{lead} {_name(first)}{_time(first, told, many=False)}"), href)

    return line


def _reminder(told: Told) -> BellWords:
    if not told.sessions:
        return BellWords("alarm-clock", "A session is coming up.", "/calendar")
    first = told.sessions[0]
    lead = _name(first)
    return BellWords("alarm-clock", _cut(f"Coming up: {lead}{_time(first, told, many=False)}"), f"/s/{first['id']}")


def _too_few(told: Told) -> BellWords:
    what = _name(told.sessions[0]) if told.sessions else "a session"
    href = f"/s/{told.sessions[0]['id']}" if told.sessions else "/calendar"
    off = " It is cancelled." if told.facts.get("is_cancelled") else ""
    count, minimum = told.facts.get("people", 0), told.facts.get("minimum", 0)
    return BellWords("circle-help", _cut(f"Too few people: {count} of at least {minimum} for {what}.{off}"), href)


def _messages(_told: Told) -> BellWords:
    return BellWords("message-square", "You have unread messages.", "/messages")


def _thread(told: Told) -> BellWords:
    names = spoken.names(_partners(told)) or "somebody"
    verb = "closed" if told.facts.get("is_closed") else "reopened"
    actor = told.actor or "A manager"
    ids = told.facts.get("relationship_ids") or ()
    href = f"/messages/{ids[0]}" if ids else "/messages"
    return BellWords("message-square", _cut(f"{actor} {verb} your conversation with {names}{_in_program(told)}."), href)


def _uploaded(told: Told) -> BellWords:
    valid, invalid = told.facts.get("valid", 0), told.facts.get("invalid", 0)
    left = told.facts.get("left", 0)
    said = f"{valid} valid" + (f", {invalid} invalid" if invalid else "") + (f", {left} left out" if left else "")
    ended = ENDED_WORDS[UploadStatus(told.facts.get("status", UploadStatus.DONE))]
    text = f"Your upload {told.facts.get('file') or 'of sessions'} {ended}: {said}."
    return BellWords("file-spreadsheet", _cut(text), f"/sessions/bulk?id={told.facts.get('upload_id')}")


def _sign_in(_told: Told) -> BellWords:
    return BellWords("key-round", "A sign-in link was mailed to you.", "/account")


def _first_access(_told: Told) -> BellWords:
    return BellWords("key-round", "Your access was made. Welcome!", "/account")


def _new_address(told: Told) -> BellWords:
    return BellWords(
        "key-round", f"{told.actor or 'A manager'} changed the e-mail address of your account.", "/account"
    )


def _test_mail(_told: Told) -> BellWords:
    return BellWords("mail-check", "A test mail was written to you.", "/outbox")


_ALONE: dict[NoticeKind, Callable[[Told], BellWords]] = {
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.ENDED: _ended,
    NoticeKind.HANDED_OVER: _handed_over,
    NoticeKind.ANNOUNCEMENT: _announcement,
    NoticeKind.MESSAGES: _messages,
    NoticeKind.THREAD: _thread,
    NoticeKind.SIGN_IN: _sign_in,
    NoticeKind.FIRST_ACCESS: _first_access,
    NoticeKind.NEW_ADDRESS: _new_address,
    NoticeKind.TEST_MAIL: _test_mail,
    NoticeKind.INVITED: _own_place("mail-check", "You are invited to"),
    NoticeKind.CONFIRM: _own_place("circle-help", "Please confirm your place in"),
    NoticeKind.ENROLLED: _own_place("calendar-check", "You have a place in"),
    NoticeKind.WAITING: _own_place("calendar-clock", "You are on the waiting list for"),
    NoticeKind.PROMOTED: _own_place("calendar-check", "A place became free: you now take part in"),
    NoticeKind.PUT_BACK: _own_place("calendar-clock", "There are fewer places now: you are on the waiting list for"),
    NoticeKind.LEFT: _own_place("calendar-x", "You gave up your place in"),
    NoticeKind.REMOVED: _own_place("calendar-x", "You no longer have a place in"),
    NoticeKind.REMINDER: _reminder,
    NoticeKind.TOO_FEW: _too_few,
    NoticeKind.RATE: _own_place("star", "How was it? You can rate"),
    NoticeKind.UPLOADED: _uploaded,
}
WORDED = frozenset(_SESSION_WORDS) | frozenset(_ALONE)
"""The kinds that have words of their own."""


def _partners(told: Told) -> list[str]:
    ids = [one for pair in told.facts.get("pairs") or () for one in pair if one != told.reader_id]
    return [told.people[one] for one in dict.fromkeys(ids) if one in told.people]


def _person(told: Told, name: str) -> str:
    person_id = told.facts.get(name) or 0
    return "You" if person_id == told.reader_id else told.people.get(person_id, "")


def _in_program(told: Told) -> str:
    name = told.programs.get(told.facts.get("program_id") or 0, "")
    return f" in {name}" if name else ""


def _relationship_href(told: Told) -> str:
    ids = told.facts.get("relationship_ids") or ()
    return f"/relationships/{ids[0]}" if len(ids) == 1 else "/relationships"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
