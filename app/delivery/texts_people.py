"""What mails say of assignments, their end, handing over, and announcements. Plain text, in the programme's words.

The sessions such a notice carries are written out as dates; their calendar objects are invitations'.
"""

import re
from collections.abc import Sequence

from app.delivery import settings, times, who
from app.delivery.message import LISTED, LONGEST_IN_SUBJECT, Button, Date, Message
from app.models import spoken
from app.models.letters import Letter, Subject, Told

LONGEST_NAME = 60
BECAUSE = "You get this mail because you take part in {house}."


def assigned(letter: Letter) -> Message:
    """Tell of new partners."""
    names, many = _partners(letter), len(_pairs(letter)) > 1
    heading = f"You now work with {_named(names)}"
    done = f"{_actor(letter)} assigned you to {'these people' if many else 'each other'}{_in_program(letter)}."
    return Message(
        subject=who.one_line(heading, LONGEST_IN_SUBJECT),
        heading=heading,
        paragraphs=[done, "You can now arrange sessions and write to each other."],
        rows=[*_pair_rows(letter), ("Programme", _program_name(letter))],
        button=_relationship_button(letter),
        footnote=_because(letter),
    )


def ended(letter: Letter) -> Message:
    """Tell that two no longer work together, and what becomes of the sessions they had arranged."""
    heading = f"Your work with {_named(_partners(letter))} has ended"
    done = f"{_actor(letter)} ended it{_in_program(letter)}."
    paragraphs = [f"{done} Booking and messages between you are closed; what has been stays to be read."]
    if letter.sessions:
        paragraphs.append("These sessions are cancelled and do not take place:")
    if kept := letter.facts.get("kept"):
        stays = "that was arranged before still takes place" if kept == 1 else "that were arranged still take place"
        paragraphs.append(f"{_count(kept)} {stays}.")
    dates, more = _dates(letter, letter.sessions)
    return Message(
        subject=who.one_line(heading, LONGEST_IN_SUBJECT),
        heading=heading,
        paragraphs=paragraphs,
        rows=_filled([("Reason", letter.reason), ("Programme", _program_name(letter))]),
        dates=dates,
        more=more,
        button=_relationship_button(letter),
        footnote=_because(letter, zone=bool(dates)),
    )


def handed_over(letter: Letter) -> Message:
    """Tell who takes over from whom, and which sessions that concerns."""
    old, new = _person(letter, "from_id"), _person(letter, "to_id")
    verb = "take over" if new == "you" else "takes over"
    heading = f"{_upper(new)} {verb} from {old}"
    paragraphs = [f"{_actor(letter)} handed this over{_in_program(letter)}."]
    if off := letter.facts.get("off"):
        needs = "needs a new time" if len(off) == 1 else "need a new time"
        paragraphs.append(f"{_count(len(off))} {needs}: the hours were taken.")
    if to_arrange := letter.facts.get("to_arrange"):
        paragraphs.append(f"{_count(to_arrange)} {'is' if to_arrange == 1 else 'are'} to be arranged.")
    dates, more = _dates(letter, letter.sessions)
    return Message(
        subject=who.one_line(heading, LONGEST_IN_SUBJECT),
        heading=heading,
        paragraphs=paragraphs,
        rows=_filled([("Reason", letter.reason), *_pair_rows(letter), ("Programme", _program_name(letter))]),
        dates=dates,
        more=more,
        button=_relationship_button(letter),
        footnote=_because(letter, zone=bool(dates)),
    )


def announcement(letter: Letter) -> Message:
    """Give an announcement as it was written."""
    subject, number = who.one_line(letter.facts.get("subject") or "News"), letter.facts.get("announcement_id")
    text = str(letter.facts.get("text") or "")
    page = "" if letter.reader.is_visitor or not number else f"{settings.public_url()}/announcements/{number}"
    return Message(
        subject=who.one_line(subject, LONGEST_IN_SUBJECT * 2),
        heading=subject,
        paragraphs=[part for part in re.split(r"\n{2,}", text) if part.strip()],
        button=Button("Open in the app", page) if page else None,
        footnote=f"{_actor(letter)} wrote this to you. {_because(letter)}",
    )


def new_address(letter: Letter) -> Message:
    """Tell somebody, where they were reached before, that their account is no longer theirs by this address."""
    contact = who.one_line(letter.house.public_contact, LONGEST_IN_SUBJECT)
    house = who.one_line(letter.house.name, LONGEST_NAME)
    asks = f"tell {house} at once" + (f": {contact}" if contact else "")
    return Message(
        subject=f"The e-mail address of your account at {house} was changed",
        heading="The e-mail address of your account was changed",
        paragraphs=[
            f"{_actor(letter)} changed it. You can no longer sign in by this address, and mails go to the new one.",
            f"If that is not right, {asks}.",
        ],
        footnote="You get this mail because this was the address of your account until now.",
    )


def _pairs(letter: Letter) -> Sequence[Sequence[int]]:
    return letter.facts.get("pairs") or ()


def _partners(letter: Letter) -> list[str]:
    ids = dict.fromkeys(one for pair in _pairs(letter) for one in pair if one != letter.reader.id)
    return [who.one_line(letter.people[one].name, LONGEST_NAME) for one in ids if one in letter.people]


def _named(names: Sequence[str]) -> str:
    return spoken.names(names) or "somebody"


def _pair_rows(letter: Letter) -> list[tuple[str, str]]:
    """List the others by what the programme calls them; the reader knows who they are."""
    program, rows = _program(letter), list[tuple[str, str]]()
    for mentor, mentee in _pairs(letter)[:LISTED]:
        other = mentee if mentor == letter.reader.id else mentor
        word = (program.words.mentee if other == mentee else program.words.mentor) if program else "With"
        if other in letter.people:
            rows.append((_upper(word), letter.people[other].name))
    left = len(_pairs(letter)) - LISTED
    return [*dict.fromkeys(rows), *([("And", f"{left} more")] if left > 0 else [])]


def _dates(letter: Letter, sessions: Sequence[Told]) -> tuple[list[Date], str]:
    zone = letter.reader.zone
    dates = [
        Date(f"{who.title(letter, told)}: {times.when(told, zone)}", times.was(told, zone))
        for told in sessions[:LISTED]
    ]
    left = len(sessions) - LISTED
    return dates, f"and {left} more" if left > 0 else ""


def _relationship_button(letter: Letter) -> Button:
    ids = letter.facts.get("relationship_ids") or ()
    page = f"/relationships/{ids[0]}" if len(ids) == 1 else "/relationships"
    return Button("Open the relationship" if len(ids) == 1 else "See your relationships", settings.public_url() + page)


def _program(letter: Letter) -> Subject | None:
    return letter.programs.get(letter.facts.get("program_id") or 0)


def _program_name(letter: Letter) -> str:
    program = _program(letter)
    return program.name if program else ""


def _in_program(letter: Letter) -> str:
    return f" in {who.one_line(_program_name(letter), LONGEST_NAME)}" if _program(letter) else ""


def _actor(letter: Letter) -> str:
    if letter.actor_id == letter.reader.id:
        return "You"
    return who.one_line(letter.facts.get("actor") or letter.house.name, LONGEST_NAME)


def _person(letter: Letter, name: str) -> str:
    person_id = letter.facts.get(name) or 0
    known = letter.people.get(person_id)
    return "you" if person_id == letter.reader.id else who.one_line(known.name, LONGEST_NAME) if known else "somebody"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(number: int) -> str:
    return "1 session" if number == 1 else f"{number} sessions"


def _filled(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [row for row in rows if row[1]]


def _because(letter: Letter, *, zone: bool = False) -> str:
    said = BECAUSE.format(house=who.one_line(letter.house.name, LONGEST_IN_SUBJECT))
    return f"{said} Times are shown in your time zone, {letter.reader.zone}." if zone else said
