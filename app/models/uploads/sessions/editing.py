"""What an Edit row would change of its session. Pure over the roster; empty cells change nothing."""

from collections.abc import Sequence
from typing import Any

from app.models import clock, spoken
from app.models.errors import Refusal
from app.models.occupancy import Wish
from app.models.period import Period
from app.models.seats import Seating, foresee_resize, why_not_invite
from app.models.takings import TAKEN_BACK
from app.models.uploads.sessions.cells import Parsed
from app.models.uploads.sessions.changes import (
    PLAIN,
    change_of,
    edit_draft,
    group_draft,
    list_after,
    meeting_after,
    meeting_draft,
    times_after,
    wall_after,
)
from app.models.uploads.sessions.columns import MEETING, TIMES, WORDS
from app.models.uploads.sessions.judging import (
    Desk,
    Judged,
    check_meeting,
    filled_times,
    note,
    period_at,
    person,
    stored_of,
)
from app.models.uploads.sessions.roster import Stored
from app.models.words import Audience, Kind, Status, Step

GROUPS_ONLY = (*WORDS, "minimum", "maximum")
SHOWN = {"details": "description", "recommended_for": "recommended for"}


def judge_edit(row: Parsed, desk: Desk) -> Judged:
    """Find what an Edit row would change."""
    known = desk.roster.sessions.get(row.id)
    is_live = known is not None and known.session.deleted_at is None and known.session.status == Status.LIVE
    stored = stored_of(row, desk, Step.EDIT_MEETING if is_live else Step.EDIT)
    if stored is None:
        return Judged(row)
    _refuse_identity(row, stored)
    judged = Judged(row)
    change = _differing(row, stored)
    new, gone = _people(row, stored, desk)
    if not row.is_flawed("day", "at", "zone", "minutes"):
        _set_time(judged, stored, change, desk)
    if any(name in change for name in MEETING):
        check_meeting(row, meeting_after(stored.session, change), desk)
    if is_live:
        _refuse_all_but_meeting(row, change, [*new, *gone])
    elif stored.seating is not None:
        _check_places(row, stored.seating, change, new, gone, desk)
    if not row.is_wrong:
        _plan(judged, stored, change, new, gone, zone=desk.viewer.zone, is_live=is_live)
    return judged


def _refuse_identity(row: Parsed, stored: Stored) -> None:
    session, program = stored.session, stored.program
    audience = Audience.PRIVATE if session.kind == Kind.ONE_TO_ONE else Audience(session.audience)
    if row.audience not in (None, audience):
        remedy = f"Write {audience.capitalize()}, or create another session."
        row.wrong("type", f"The type cannot change after publishing: this session is {audience}.", remedy)
    if row.mentor and row.mentor != stored.mentor:
        message = f"The {program.mentor_word} cannot change after publishing: this is {stored.mentor}’s session."
        row.wrong("mentor", message, f"Write {stored.mentor}, or create another session.")
    if row.program and row.program.casefold() != program.name.casefold():
        message = f"The programme cannot change after publishing: this session belongs to {program.name}."
        row.wrong("program", message, f"Write {program.name}, or leave this cell empty.")


def _differing(row: Parsed, stored: Stored) -> dict[str, Any]:
    """Give what the row fills in and the session does not have."""
    session, change = stored.session, change_of(row)
    if session.kind == Kind.ONE_TO_ONE:
        for name in GROUPS_ONLY:
            if change.pop(name, None):
                row.warn(name, "This is kept for group sessions only.", "Empty this cell, or let it be.")
    for name in PLAIN:
        if name in change and change[name] == getattr(session, name):
            del change[name]
    if _meets_alike(stored, change):
        change = {name: value for name, value in change.items() if name not in MEETING}
    return change


def _meets_alike(stored: Stored, change: dict[str, Any]) -> bool:
    """Whether people would meet as they do now."""
    try:
        return meeting_draft(stored.session, change) == meeting_draft(stored.session, {})
    except Refusal:
        return False


def _people(row: Parsed, stored: Stored, desk: Desk) -> tuple[list[int], list[int]]:
    """Give whom the row's list would invite, and who would lose their place."""
    if "mentees" not in row.filled or row.is_flawed("mentees"):
        return [], []
    if stored.seating is None:
        if row.mentees != (stored.mentee,):
            message = f"The {stored.program.mentee_word} of one-to-one mentoring cannot change: it is {stored.mentee}."
            row.wrong("mentees", message, f"Write {stored.mentee}, or create another session.")
        return [], []
    found = [person(row, "mentees", email, desk) for email in row.mentees]
    if stored.mentor in row.mentees:
        row.wrong("mentees", "Nobody meets themselves.", f"Take {stored.mentor} out.")
    return list_after(stored.seating, [one.id for one in found if one])


def _set_time(judged: Judged, stored: Stored, change: dict[str, Any], desk: Desk) -> None:
    session = stored.session
    if not any(name in change for name in TIMES) or session.period is None:
        return
    times, wall = times_after(session, change), wall_after(session, change)
    period = _period(judged.row, stored, times, wall, desk)
    if period == session.period:
        for name in TIMES:
            change.pop(name, None)
    elif period is not None:
        judged.wish = Wish.of(session, stored.program, period)


def _period(row: Parsed, stored: Stored, times: dict[str, Any], wall: Any, desk: Desk) -> Period | None:
    old = stored.session.period
    assert old is not None
    if clock.wall(old.start, times["zone"]) != wall:
        return period_at(row, wall, times["zone"], times["minutes"], desk)
    period = Period.lasting(old.start, times["minutes"])
    if period.end <= desk.now and period != old:
        row.wrong("minutes", "Its new end has passed.", "Make it longer.")
        return None
    return period


def _refuse_all_but_meeting(row: Parsed, change: dict[str, Any], people: Sequence[int]) -> None:
    """A session in progress keeps everything but its meeting (C8)."""
    columns = [name for name in change if name not in (*MEETING, *TIMES)]
    columns += filled_times(row) if any(name in change for name in TIMES) else []
    for column in [*columns, *(["mentees"] if people else [])]:
        message = "This session has started: only its platform, link and passcode can change."
        row.wrong(column, message, "Empty this cell.")


def _check_places(
    row: Parsed, seating: Seating, change: dict[str, Any], new: list[int], gone: list[int], desk: Desk
) -> None:
    trial = Seating(seating.maximum, seating.is_private, dict(seating.places))
    for person_id in gone:
        trial.leave(person_id, desk.now, TAKEN_BACK, removed=True)
    if "maximum" in change:
        foreseen = foresee_resize(trial, change["maximum"], desk.now)
        if foreseen.refusal:
            row.wrong("maximum", foreseen.refusal, "Write more, or take people out first.")
            return
        if foreseen.put_back:
            count = len(foreseen.put_back)
            row.warn("maximum", f"{count} of those who joined last would go back to the waiting list.")
        trial.resize(change["maximum"], desk.now)
    if why_not := why_not_invite(trial, new, desk.now):
        row.wrong("mentees", why_not, "Name fewer, or raise the Maximum.")


def _plan(
    judged: Judged, stored: Stored, change: dict[str, Any], new: list[int], gone: list[int], *, zone: str, is_live: bool
) -> None:
    session = stored.session
    if not change and not new and not gone:
        judged.changes_nothing = True
        return
    try:
        if is_live:
            meeting_draft(session, change)
        elif stored.seating is None:
            edit_draft(session, change)
        else:
            group_draft(session, change, new)
    except Refusal as refusal:
        note(judged.row, refusal)
        return
    people = [one for one in (session.host_id, session.mentee_id) if one]
    judged.plan = {"verb": "edit", "session_id": session.id, "change": change, "people": people}
    judged.plan |= {"new": new, "gone": gone, "is_live": is_live}
    judged.says = _says(judged, session.name, zone, change, new, gone)
    judged.frees = session.id or 0 if judged.wish else 0


def _says(judged: Judged, name: str, zone: str, change: dict[str, Any], new: list[int], gone: list[int]) -> str:
    names = [SHOWN.get(one, one) for one in change if one not in TIMES]
    said = [f"changes the {', '.join(names)}"] if names else []
    said += [f"moves it to {spoken.span(judged.wish.period, zone)}"] if judged.wish else []
    said += [f"invites {len(new)}"] if new else []
    said += [f"takes {len(gone)} out"] if gone else []
    return f"“{name}”: {', '.join(said)}."
