"""What a row would make of its session: created, edited, deleted, or as it is. Pure over the roster.

Whose time would clash is `checking`'s concern, which knows the other rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.models import clock, lifecycle, spoken
from app.models.drafts import BookingDraft
from app.models.drafts.base import Draft, read
from app.models.drafts.groups import GroupDraft
from app.models.errors import Refusal
from app.models.occupancy import Wish
from app.models.period import Period
from app.models.permissions import Viewer, facts_of
from app.models.tables import Program
from app.models.uploads.sessions.cells import Parsed
from app.models.uploads.sessions.columns import MANDATORY, TIMES, WORDS
from app.models.uploads.sessions.roster import Known, Roster, Stored
from app.models.words import PLATFORM_WORDS, Audience, Part, Platform, Step

USUAL_MINIMUM, USUAL_MAXIMUM = 2, 10
"""What the form for group sessions begins with."""
NAMES = {
    "title": "title", "details": "description", "type": "type", "day": "date",
    "zone": "time zone", "at": "time", "minutes": "duration", "recommended_for": "target group",
    "categories": "category", "medium": "medium",
}  # fmt: skip
UNKEPT = "Target group, categories and medium are kept for group sessions only."
FIELDS = {"mentor_id": "mentor", "host_id": "mentor", "mentee_id": "mentees", "program_id": "program"}
"""Where a draft's fields stand in a file."""


@dataclass(frozen=True)
class Desk:
    """What every row is judged by. `program_id` is the programme of the rows that name none."""

    viewer: Viewer
    now: datetime
    roster: Roster
    program_id: int | None
    mentor_word: str


@dataclass
class Judged:
    """A row and what it would do. `wish` is the time it would take, None where its session's time stays."""

    row: Parsed
    plan: dict[str, Any] = field(default_factory=dict[str, Any])
    says: str = ""
    wish: Wish | None = None
    frees: int = 0  # the session whose time is free afterwards, or another one
    changes_nothing: bool = False


def judge_create(row: Parsed, desk: Desk) -> Judged:
    """Find what a Create row would make."""
    judged = Judged(row)
    for key in MANDATORY:
        if key not in row.filled:
            name = desk.mentor_word if key == "mentor" else NAMES[key]
            row.wrong(key, f"The {name} is missing.", "Fill it in: a new session needs it.")
    _refuse_id(row, desk)
    program = program_of(row, desk)
    mentor = person(row, "mentor", row.mentor, desk)
    mentees = [person(row, "mentees", email, desk) for email in row.mentees]
    _check_meeting(row, row.platform or Platform.BIG_BLUE_BUTTON, bool(row.texts.link), desk)
    _check_people(row, program, mentor, mentees)
    period = period_of(row, desk)
    if mentor and program and period:
        is_pair = row.audience == Audience.PRIVATE and len(mentees) == 1
        mentee = mentees[0].id if is_pair and mentees[0] else None
        judged.wish = Wish(period, mentor.id, mentee, program.allows_back_to_back)
        if not row.is_wrong:
            _plan_create(judged, desk, program, mentor, [one for one in mentees if one])
    return judged


def judge_delete(row: Parsed, desk: Desk) -> Judged:
    """Find what a Delete row would take away."""
    stored = stored_of(row, desk, Step.DELETE)
    period = stored.session.period if stored else None
    if stored is None or period is None:
        return Judged(row)
    session = stored.session
    says = f"Deletes “{session.name}” of {spoken.span(period, desk.viewer.zone)}."
    people = [one for one in (session.host_id, session.mentee_id) if one]
    return Judged(row, {"verb": "delete", "session_id": session.id, "people": people}, says, frees=session.id or 0)


def stored_of(row: Parsed, desk: Desk, step: Step) -> Stored | None:
    """Find the session that a row names, if the step is open to it."""
    if not row.id:
        if not row.is_flawed("id"):
            row.wrong("id", "The ID is missing.", "Write the session’s number: it is in the result file.")
        return None
    stored = desk.roster.sessions.get(row.id)
    if stored is None or stored.session.deleted_at is not None:
        what = f"Session {row.id} was deleted." if stored else f"There is no session {row.id} here."
        row.wrong("id", what, "Look its ID up in the result file, or in the session’s address.")
        return None
    if why_not := lifecycle.why_not(facts_of(stored.session), step, {Part.MANAGER}, desk.now):
        row.wrong("id", why_not, "Take this row out.")
        return None
    return stored


def person(row: Parsed, column: str, email: str, desk: Desk) -> Known | None:
    """Find somebody by address; who cannot take part is noted at the row."""
    if not email:
        return None
    known = desk.roster.people.get(email)
    if known is None or not known.is_seen:
        row.wrong(column, f"Nobody here has the address {email}.", "Correct it, or add the person first.")
        return None
    if not known.is_active:
        row.wrong(column, f"{known.name} is no longer active.", "Name somebody else.")
        return None
    return known


def program_of(row: Parsed, desk: Desk) -> Program | None:
    """Find the programme of a new session."""
    programs = desk.roster.programs
    if not row.program:
        found = [one for one in [programs.get(desk.program_id or 0)] if one]
        if not found:
            row.wrong("program", "No programme is named.", "Choose one for the whole file, or fill in this cell.")
    else:
        found = desk.roster.named(row.program)
        names = ", ".join(f"“{one.name}”" for one in list(programs.values())[:5])
        if not found:
            message = f"You have no programme “{row.program[:60]}”."
            row.wrong("program", message, f"Write one such as {names}." if names else "")
        elif len(found) > 1:
            row.wrong("program", "Several programmes have this name.", "Rename one, or upload a file for each.")
    return found[0] if len(found) == 1 else None


def period_of(row: Parsed, desk: Desk) -> Period | None:
    """Give the time of a new session."""
    if not (row.day and row.at and row.zone and row.minutes):
        return None
    return period_at(row, datetime.combine(row.day, row.at), row.zone, row.minutes, desk)


def period_at(row: Parsed, wall: datetime, zone: str, minutes: int, desk: Desk) -> Period | None:
    """Give the period of a wall time; what does not occur, or is past, is noted at the row."""
    if not clock.exists(wall, zone):
        row.wrong("at", clock.missing_words(wall, zone), "Choose an hour earlier or later.")
        return None
    start = clock.instant(wall, zone)
    if start <= desk.now:
        row.wrong("day", f"{clock.wall_words(wall)} has passed.", "Choose a time that is still to come.")
        return None
    return Period.lasting(start, minutes)


def checked(row: Parsed, shape: type[Draft], raw: Mapping[str, Any]) -> None:
    """Note what a form would refuse."""
    try:
        read(shape, raw)
    except Refusal as refusal:
        note(row, refusal)


def note(row: Parsed, refusal: Refusal) -> None:
    """Note a form's refusal at the cells it means."""
    for one in refusal.problems:
        leaf = one.field.rsplit(".", 1)[-1]
        row.wrong(FIELDS.get(leaf, leaf), one.message, one.remedy)


def check_meeting(row: Parsed, meeting: Mapping[str, Any], desk: Desk) -> None:
    """Note what is wrong with how people would meet after an edit."""
    _check_meeting(row, Platform(meeting["platform"]), bool(meeting["link"]), desk)


def _check_meeting(row: Parsed, platform: Platform, has_link: bool, desk: Desk) -> None:
    if row.is_flawed("platform", "link"):
        return
    if platform == Platform.BIG_BLUE_BUTTON and has_link:
        remedy = "Empty this cell, or name the platform that the link leads to."
        row.wrong("link", "BigBlueButton makes its own room, so there cannot be a link.", remedy)
    elif platform == Platform.BIG_BLUE_BUTTON and not desk.roster.makes_rooms:
        remedy = "Name another platform with its link, or set BigBlueButton up in the settings."
        row.wrong("platform", "BigBlueButton is not set up here.", remedy)
    elif platform != Platform.BIG_BLUE_BUTTON and not has_link:
        row.wrong("link", f"{PLATFORM_WORDS[platform]} needs a link.", "Paste the link people will join by.")


def _refuse_id(row: Parsed, desk: Desk) -> None:
    stored = desk.roster.sessions.get(row.id)
    if stored and stored.session.deleted_at is None:
        remedy = "Take this row out, or write Edit to change the session."
        row.wrong("action", f"Session {row.id}, “{stored.session.name}”, was created already.", remedy)
    elif row.id:
        row.wrong("id", "A new session has no ID yet.", "Empty this cell, or write Edit in the column Action.")


def _check_people(row: Parsed, program: Program | None, mentor: Known | None, mentees: Sequence[Known | None]) -> None:
    mentee_word = program.mentee_word if program else "mentee"
    if row.audience == Audience.PRIVATE and not row.mentees and not row.is_flawed("mentees"):
        remedy = f"Name at least one {mentee_word}, or write Public as the type."
        row.wrong("mentees", "A private session needs somebody to meet.", remedy)
    if mentor and mentor in mentees:
        row.wrong("mentees", "Nobody meets themselves.", f"Take {mentor.email} out.")
    is_pair = row.audience == Audience.PRIVATE and len(row.mentees) == 1
    if program is None or row.audience is None or is_pair:
        return
    if not program.allows_group_sessions:
        remedy = "Its manager can allow them in the programme’s settings."
        row.wrong("type", f"{program.name} has no group sessions.", remedy)
    if mentor and not mentor.may_host(program.id or 0):
        wanted = f"Name a {program.mentor_word} or a manager of {program.name}."
        row.wrong("mentor", f"{mentor.name} cannot host in {program.name}.", wanted)
    _check_places(row, len(row.mentees), sizes_of(row)[1])


def _check_places(row: Parsed, count: int, maximum: int) -> None:
    if count <= maximum - 1:
        return
    message = f"{count} people are named, and there are {maximum - 1} places beside the host’s."
    if row.audience == Audience.PRIVATE:
        row.wrong("mentees", message, "Name fewer, or raise the Maximum.")
    else:
        row.warn("mentees", message, "The first who come get them.")


def sizes_of(row: Parsed) -> tuple[int, int]:
    """Give the least and the most people of a new group session."""
    maximum = row.maximum or max(USUAL_MAXIMUM, len(row.mentees) + 1, row.minimum or 1)
    return row.minimum or min(USUAL_MINIMUM, maximum), maximum


def _plan_create(judged: Judged, desk: Desk, program: Program, mentor: Known, mentees: Sequence[Known]) -> None:
    row, wish = judged.row, judged.wish
    assert wish is not None
    raw: dict[str, Any] = {
        "program_id": program.id,
        "title": row.texts.title,
        "details": row.texts.details,
        "day": f"{row.day}",
        "at": f"{row.at:%H:%M}",
        "zone": row.zone,
        "minutes": row.minutes,
        "meeting": {
            "platform": row.platform or Platform.BIG_BLUE_BUTTON,
            "link": row.texts.link,
            "passcode": row.texts.passcode,
        },
    }
    when = spoken.span(wish.period, desk.viewer.zone)
    if wish.mentee_id is not None:
        raw |= {"mentor_id": mentor.id, "mentee_id": wish.mentee_id}
        judged.says = f"Books {mentor.name} with {mentees[0].name} on {when}. {UNKEPT}"
        judged.plan = {"verb": "create", "booking": raw, "people": [mentor.id, wish.mentee_id]}
        checked(row, BookingDraft, raw)
        return
    minimum, maximum = sizes_of(row)
    raw |= {name: list(getattr(row.texts, name)) for name in WORDS}
    raw |= {"host_id": mentor.id, "audience": row.audience, "minimum": minimum, "maximum": maximum}
    raw |= {"invites": {"person_ids": [one.id for one in mentees]}}
    invites = f", and invites {len(mentees)}" if mentees else ""
    judged.says = f"Publishes a {row.audience} session of {mentor.name} on {when}{invites}."
    judged.plan = {"verb": "create", "group": raw, "people": [mentor.id]}
    checked(row, GroupDraft, raw)


def filled_times(row: Parsed) -> list[str]:
    """List the cells of a row that say when."""
    return [name for name in TIMES if name in row.filled]
