"""What mails say of sessions that are near: reminders, and that too few people come. Plain text.

A reminder is worded from the session as it is when the mail is made; it names no other participant
of a group session.
"""

from app.delivery import links, settings, times, who
from app.delivery.message import LONGEST_IN_SUBJECT, Button, Message
from app.models.letters import Letter, Told
from app.models.words import Kind

LONGEST_DETAILS = 2_000


def reminder(letter: Letter) -> Message:
    """Remind of a session. Raises ValueError where it is not there any more."""
    if not letter.sessions:
        raise ValueError("the session of this reminder is gone")
    told, zone = letter.sessions[0], letter.reader.zone
    place = links.place_url(letter, told)
    page = Button("Open the session", links.page_url(letter, told))
    gives_up = Button("See or give up your place", place) if place else None
    return Message(
        subject=f"Reminder: {_title(letter, told)}{_at(told, zone)}",
        heading=who.title(letter, told),
        paragraphs=[_said(letter, told)],
        rows=[row for row in _rows(letter, told) if row[1]],
        button=gives_up if letter.reader.is_visitor and gives_up else page,
        other=None if letter.reader.is_visitor else gives_up,
        footnote=f"You get this mail because you take part. {times.named(letter)}",
    )


def too_few(letter: Letter) -> Message:
    """Tell the host and the managers how few come, and what becomes of the session."""
    told, facts = letter.sessions[0], letter.facts
    is_off = bool(facts.get("is_cancelled"))
    count, minimum = facts.get("people", 0), facts.get("minimum", 0)
    what = "has been cancelled, and everybody who had a place is told" if is_off else "takes place all the same"
    advice = [] if is_off else ["You can still cancel it, move it, or invite more people."]
    return Message(
        subject=f"Too few people: {_title(letter, told)}{_at(told, letter.reader.zone)}",
        heading=who.title(letter, told),
        paragraphs=[f"{count} of at least {minimum} people come, the host counted. The session {what}.", *advice],
        rows=[row for row in _rows(letter, told) if row[1]],
        button=Button("Open the session", settings.session_url(told.id)),
        footnote=f"You get this mail because you host or manage this session. {times.named(letter)}",
    )


def _said(letter: Letter, told: Told) -> str:
    if told.host_id == letter.reader.id and told.kind == Kind.GROUP:
        return "The session that you host is coming up."
    return "This session is coming up."


def _title(letter: Letter, told: Told) -> str:
    return who.one_line(who.title(letter, told), LONGEST_IN_SUBJECT)


def _at(told: Told, zone: str) -> str:
    return f", {times.moment(told.start_at, zone)}" if told.start_at else ""


def _rows(letter: Letter, told: Told) -> list[tuple[str, str]]:
    program, zone = letter.programs.get(told.program_id), letter.reader.zone
    own = [] if times.shows_the_same(told, zone) else [("In the session’s own zone", times.when(told, told.zone))]
    return [
        ("When", times.when(told, zone)),
        *own,
        *who.people_rows(letter, told),
        ("Where", who.place_words(told)),
        ("Type", told.session_type),
        ("Programme", program.name if program else ""),
        ("Details", who.cut(told.details, LONGEST_DETAILS)),
    ]
