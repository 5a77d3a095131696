"""What a mail says: subject, heading, rows and dates, in the reader's zone and the programme's words.

Knows nothing of HTML, MIME or iCalendar. Everything here is plain text; the templates escape it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.delivery import links, settings, texts_coming, texts_people, texts_seats, texts_uploads, times, who
from app.delivery.message import LISTED, LONGEST_IN_SUBJECT, Button, Date, Message
from app.models import spoken
from app.models.letters import Letter, Told
from app.models.words import LIST_WORDS, NoticeKind, SeatStatus, Status

LONGEST_DETAILS = 2_000


@dataclass(frozen=True)
class _Wording:
    """`verb` follows a person's name, `done` "was"; then `after`, for one session and for many."""

    subject: str
    verb: str
    done: str
    after: str = ""
    after_many: str = ""


_OFF = ("It does not take place.", "They do not take place.")
_WORDING: dict[NoticeKind, _Wording] = {
    NoticeKind.BOOKED: _Wording(
        "Booked", "booked", "booked", "A calendar file comes with this mail.", "A calendar file comes with this mail."
    ),
    NoticeKind.ASKED: _Wording("Waiting for an answer", "asked for", "asked for"),
    NoticeKind.ACCEPTED: _Wording(
        "Confirmed", "accepted", "accepted", "It takes place as planned.", "They take place as planned."
    ),
    NoticeKind.DECLINED: _Wording("Declined", "declined", "declined", *_OFF),
    NoticeKind.PROPOSED: _Wording("Another time proposed", "proposed another time for", "given another time"),
    NoticeKind.UNANSWERED: _Wording(
        "Cancelled, unanswered",
        "cancelled",
        "cancelled",
        "Nobody had answered when it was to begin.",
        "Nobody had answered when they were to begin.",
    ),
    NoticeKind.MOVED: _Wording("Moved", "moved", "moved"),
    NoticeKind.CHANGED: _Wording(
        "Changed", "changed", "changed", "This is how it stands now.", "This is how they stand now."
    ),
    NoticeKind.CANCELLED: _Wording("Cancelled", "cancelled", "cancelled", *_OFF),
    NoticeKind.REACTIVATED: _Wording(
        "Reactivated",
        "reactivated",
        "reactivated",
        "It was cancelled before, and takes place after all.",
        "They were cancelled before, and take place after all.",
    ),
    NoticeKind.RECORDED: _Wording(
        "Recorded", "recorded", "recorded", "It has been already: there is nothing for you to do."
    ),
}


def message_of(letter: Letter) -> Message:
    """Put a notice into words for its reader."""
    if letter.kind in _ALONE:
        return _ALONE[letter.kind](letter)
    if not letter.sessions:
        raise ValueError(f"a notice of kind {letter.kind} tells of no session")
    return _about_one(letter) if len(letter.sessions) == 1 else _about_many(letter)


def _about_one(letter: Letter) -> Message:
    told, zone = letter.sessions[0], letter.reader.zone
    name = who.one_line(who.title(letter, told), LONGEST_IN_SUBJECT)
    at = told.start_at or told.old_start_at
    moved = "now " if letter.kind == NoticeKind.MOVED else ""
    subject = f"{_prefix(letter)}: {name}" + (f", {moved}{times.moment(at, zone)}" if at else "")
    now, old = times.when(told, zone), _old(told, zone)
    rows = [("New time", now), ("Old time", old)] if old else [("When", now)]
    if letter.kind == NoticeKind.RECORDED:
        rows.append(("Outcome", LIST_WORDS[told.status]))
    rows += _own_zone(told, zone, "In the session’s own zone") + _shared_rows(letter, told, who.place_words(told))
    return _message(letter, subject, who.title(letter, told), rows)


def _about_many(letter: Letter) -> Message:
    sessions = sorted(letter.sessions, key=lambda told: (told.start_at is None, told.start_at or letter.created_at))
    zone, first, last = letter.reader.zone, sessions[0], sessions[-1]
    subject = f"{_prefix(letter)}: {who.one_line(who.several(letter), LONGEST_IN_SUBJECT)}, {len(sessions)} sessions"
    if first.start_at:
        subject += f" from {times.moment(first.start_at, zone)}"
    places = {who.place_words(told) for told in sessions}
    rows = [
        ("Sessions", str(len(sessions))),
        ("First", times.when(first, zone)),
        ("Last", times.when(last, zone)),
        *_own_zone(first, zone, "First, in its own zone"),
        *_shared_rows(letter, first, places.pop() if len(places) == 1 else ""),
    ]
    dates = [Date(times.when(told, zone), _old(told, zone)) for told in sessions[:LISTED]]
    left = len(sessions) - LISTED
    return _message(letter, subject, who.several(letter), rows, dates, f"and {left} more" if left > 0 else "")


def _message(
    letter: Letter,
    subject: str,
    heading: str,
    rows: Sequence[tuple[str, str]],
    dates: Sequence[Date] = (),
    more: str = "",
) -> Message:
    return Message(
        subject=subject,
        heading=heading,
        paragraphs=[text for text in (_lead(letter), _answer(letter)) if text],
        rows=[row for row in rows if row[1]],
        dates=dates,
        more=more,
        button=_button(letter),
        footnote=f"You get this mail because you take part. {times.named(letter)}",
    )


def _prefix(letter: Letter) -> str:
    if _waits_for_reader(letter) and letter.kind == NoticeKind.ASKED:
        return "Please answer"
    return _WORDING[letter.kind].subject


def _lead(letter: Letter) -> str:
    wording, many = _WORDING[letter.kind], len(letter.sessions) > 1
    actor = "" if letter.kind == NoticeKind.UNANSWERED else letter.facts.get("actor") or ""
    if not actor:
        lead = f"{'These sessions were' if many else 'This session was'} {wording.done}."
    else:
        name = "You" if letter.actor_id == letter.reader.id else who.one_line(actor, 120)
        lead = f"{name} {wording.verb} {'these sessions' if many else 'this session'}."
    after = wording.after_many if many else wording.after
    changed = ", ".join(letter.facts.get("changed") or ())
    return " ".join(text for text in (lead, f"What changed: {changed}." if changed else "", after) if text)


def _answer(letter: Letter) -> str:
    if not any(told.status == Status.PENDING for told in letter.sessions):
        return ""
    if _waits_for_reader(letter):
        return "Please accept, decline or propose another time before it begins; unanswered, it is cancelled then."
    asked = letter.people.get(next((told.asked_id for told in letter.sessions if told.asked_id), 0) or 0)
    return f"It is not confirmed yet: we wait for an answer from {asked.name}." if asked else ""


def _waits_for_reader(letter: Letter) -> bool:
    return any(told.status == Status.PENDING and told.asked_id == letter.reader.id for told in letter.sessions)


def _own_zone(told: Told, zone: str, label: str) -> list[tuple[str, str]]:
    return [] if times.shows_the_same(told, zone) else [(label, times.when(told, told.zone))]


def _old(told: Told, zone: str) -> str:
    return "" if told.old_start_at == told.start_at and told.old_end_at == told.end_at else times.was(told, zone)


def _shared_rows(letter: Letter, told: Told, place: str) -> list[tuple[str, str]]:
    program = letter.programs.get(told.program_id)
    return [
        ("Reason", letter.reason),
        *who.people_rows(letter, told),
        ("Where", place),
        ("Type", told.session_type),
        ("Programme", program.name if program else ""),
        ("Details", who.cut(told.details, LONGEST_DETAILS)),
    ]


def _button(letter: Letter) -> Button | None:
    told = next((told for told in letter.sessions if not told.is_deleted), None)
    if told is None:
        return None
    page = links.page_url(letter, told)
    if _waits_for_reader(letter):
        return Button("Answer", links.answer_url(letter) or page)
    if told.seat == SeatStatus.INVITED and told.status == Status.SCHEDULED:
        return Button("Accept or decline", links.place_url(letter, told) or page)
    if letter.reader.is_visitor and told.status == Status.SCHEDULED:
        return Button("See or give up your place", links.place_url(letter, told) or page)
    return Button("Open the session", page)


def _sign_in(letter: Letter) -> Message:
    house = who.one_line(letter.house.name, LONGEST_IN_SUBJECT)
    return Message(
        f"Your sign-in link for {house}",
        "Sign in",
        ["Open this link to sign in. It works once." + _until(letter), "If you did not ask for it, ignore this mail."],
        button=_link_button(letter, "Sign in"),
    )


def _first_access(letter: Letter) -> Message:
    house = who.one_line(letter.house.name, LONGEST_IN_SUBJECT)
    return Message(
        f"Your access to {house}",
        f"Welcome to {house}",
        ["An account was made for you. Open this link to choose your password; it works once." + _until(letter)],
        button=_link_button(letter, "Choose a password"),
    )


def _messages(letter: Letter) -> Message:
    count, threads = sum(one.count for one in letter.unread), [one.relationship_id for one in letter.unread]
    senders = list(dict.fromkeys(who.one_line(one.sender, 60) for one in letter.unread))
    news = f"{count} new message{'' if count == 1 else 's'} from {spoken.names(senders)}" if count else "New messages"
    page = f"{settings.public_url()}/messages" + (f"/{threads[0]}" if len(threads) == 1 else "")
    stop = links.stop_url(letter)
    return Message(
        who.one_line(news, 2 * LONGEST_IN_SUBJECT),
        news,
        ["They wait for you in Meridian. Only you and their writers can read them, so this mail does not quote them."],
        rows=[(one.sender, f"{one.count} unread") for one in letter.unread[:LISTED]] if len(threads) > 1 else (),
        more=f"and {len(threads) - LISTED} more" if len(threads) > LISTED else "",
        button=Button("Read and answer", page),
        footnote="You get this mail because messages were waiting for you. You can change that in your account.",
        stop=Button("Stop these mails", stop) if stop else None,
    )


def _test_mail(letter: Letter) -> Message:
    return Message(
        f"Test mail from {who.one_line(letter.house.name, LONGEST_IN_SUBJECT)}",
        "The mail server works",
        ["This is a test: mails from here reach you."],
    )


def _link_button(letter: Letter, label: str) -> Button | None:
    path = letter.facts.get("path")
    link = f"{settings.public_url()}{path}" if path else letter.facts.get("link")
    return Button(label, link) if link else None


def _until(letter: Letter) -> str:
    until = letter.facts.get("until")
    return f" It holds until {times.moment(datetime.fromisoformat(until), letter.reader.zone)}." if until else ""


_ALONE: dict[NoticeKind, Callable[[Letter], Message]] = {
    NoticeKind.SIGN_IN: _sign_in,
    NoticeKind.FIRST_ACCESS: _first_access,
    NoticeKind.MESSAGES: _messages,
    NoticeKind.TEST_MAIL: _test_mail,
    NoticeKind.NEW_ADDRESS: texts_people.new_address,
    NoticeKind.ASSIGNED: texts_people.assigned,
    NoticeKind.ENDED: texts_people.ended,
    NoticeKind.HANDED_OVER: texts_people.handed_over,
    NoticeKind.ANNOUNCEMENT: texts_people.announcement,
    NoticeKind.REMINDER: texts_coming.reminder,
    NoticeKind.TOO_FEW: texts_coming.too_few,
    NoticeKind.UPLOADED: texts_uploads.uploaded,
    **texts_seats.TEXTS,
}
