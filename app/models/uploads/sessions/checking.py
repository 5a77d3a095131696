"""Checks a whole sheet of sessions: each row by itself, against what is stored, and against the rows before it.

Rows count in the order of the file, as they are carried out; what an invalid row says counts for none.
"""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session as Db

from app.models import spoken
from app.models.occupancy import Wish, closed_words
from app.models.scheduling import Meeting
from app.models.tables import Session
from app.models.uploads.kinds import Checked, Verdict
from app.models.uploads.sessions.cells import Parsed
from app.models.uploads.sessions.columns import Act
from app.models.uploads.sessions.diary import Diary
from app.models.uploads.sessions.editing import judge_edit
from app.models.uploads.sessions.hours import HoursBook, read_hours
from app.models.uploads.sessions.judging import Desk, Judged, judge_create, judge_delete
from app.models.uploads.sessions.roster import read_in_the_way, read_taken
from app.models.words import RowStatus

JUDGES = {Act.CREATE: judge_create, Act.EDIT: judge_edit, Act.DELETE: judge_delete}


def check_rows(db: Db, parsed: Sequence[Parsed], desk: Desk) -> Checked:
    """Judge all rows. Reads whose time is taken, however many rows, in a few statements."""
    _refuse_repeated(parsed)
    judged = [JUDGES[row.act](row, desk) if row.act else Judged(row) for row in parsed]
    wishes = [one.wish for one in judged if one.wish]
    diary, hours = Diary(read_taken(db, wishes)), read_hours(db, wishes)
    met = [(one, _enter(one, diary)) for one in judged]
    ids = {meeting.taken.session_id for _, meetings in met for meeting in meetings if not meeting.taken.wish}
    sessions = read_in_the_way(db, ids)
    for one, meetings in met:
        _say(one, meetings, sessions, desk)
        _say_closed(one, hours, desk)
    verdicts = tuple(_verdict(one) for one in judged)
    totals = Counter(one.action for one in verdicts if one.status == RowStatus.VALID)
    return Checked(verdicts, dict(totals))


def _refuse_repeated(parsed: Sequence[Parsed]) -> None:
    rows: dict[tuple[tuple[str, str], ...], int] = {}
    sessions: dict[int, int] = {}
    for row in parsed:
        if row.act is None:
            continue
        if (earlier := rows.setdefault(row.identity, row.number)) != row.number:
            row.wrong("action", f"Row {earlier} says the same.", "Take one of the two rows out.")
        elif row.act != Act.CREATE and row.id and (earlier := sessions.setdefault(row.id, row.number)) != row.number:
            row.wrong("id", f"Row {earlier} is about the same session.", "Say all that is to change in one row.")


def _enter(judged: Judged, diary: Diary) -> list[Meeting]:
    """Find what is in the way of a row; one with nothing in its way takes and frees its time."""
    wish = judged.wish
    holds = wish.holds(judged.row.number) if wish else []
    found = diary.meetings(holds, wish.session_id if wish else 0)
    if not judged.row.is_wrong and all(meeting.only_warns for meeting in found):
        diary.replace(judged.frees, holds)
    return found


def _say(judged: Judged, meetings: Sequence[Meeting], sessions: dict[int, Session], desk: Desk) -> None:
    """Note at a row what is in its way."""
    wish = judged.wish
    if wish is None:
        return
    if (twin := _twin(judged, wish, meetings, sessions, desk)) is not None and twin.period:
        message = (
            f"This session exists already: ID {twin.id}, “{twin.name}”, {spoken.span(twin.period, desk.viewer.zone)}."
        )
        remedy = f"Take this row out, or write Edit and the ID {twin.id} to change it."
        judged.row.wrong("action", message, remedy)
        return
    for meeting in meetings:
        message, remedy = _words(meeting, sessions, desk)
        if meeting.only_warns:
            judged.row.warn("at", message, remedy)
        else:
            judged.row.wrong("at", message, remedy)


def _say_closed(judged: Judged, hours: HoursBook, desk: Desk) -> None:
    wish = judged.wish
    if wish is not None and not judged.row.is_wrong and hours.is_outside(wish):
        mentor = wish.host_id, desk.roster.names[wish.host_id]
        message = closed_words(desk.viewer, mentor, hours.hours[wish.host_id], wish.period)
        judged.row.warn("at", message, "Ask whether it suits, or choose another time.")


def _twin(
    judged: Judged, wish: Wish, meetings: Sequence[Meeting], sessions: dict[int, Session], desk: Desk
) -> Session | None:
    """Find the session of the same host and start that a Create row would make once more (BU4)."""
    if judged.row.act != Act.CREATE:
        return None
    for meeting in meetings:
        found = sessions.get(meeting.taken.session_id) if not meeting.taken.wish else None
        is_same = found is not None and found.host_id == wish.host_id and found.start_at == wish.period.start
        if found is not None and is_same and desk.viewer.manages(found.program_id):
            return found
    return None


def _words(meeting: Meeting, sessions: dict[int, Session], desk: Desk) -> tuple[str, str]:
    taken, wanted = meeting.taken, meeting.wanted.period
    zone, who = desk.viewer.zone, desk.roster.names.get(meeting.wanted.person_id, "Somebody")
    rule = "" if wanted.overlaps(taken.period) else " These sessions may not touch: leave a gap."
    when = spoken.span(taken.period, zone)
    if taken.wish:
        return f"Row {taken.wish} gives {who} a session on {when}.{rule}", "Choose another time in one of the two rows."
    found = sessions.get(taken.session_id)
    if found is None or not desk.viewer.manages(found.program_id):
        return f"{who} is busy on {spoken.span(wanted, zone)}.", "Choose another time."
    if meeting.only_warns:
        return f"{who} has a place in “{found.name}” on {when}.", "They can have both, or choose another time."
    return f"{who} has “{found.name}” (ID {found.id}) on {when}.{rule}", "Choose another time."


def _verdict(judged: Judged) -> Verdict:
    row, flaws = judged.row, tuple(judged.row.flaws)
    if row.is_wrong:
        return Verdict(RowStatus.INVALID, row.act or "", flaws)
    if judged.changes_nothing:
        return Verdict(RowStatus.UNCHANGED, "", flaws)
    return Verdict(RowStatus.VALID, row.act or "", flaws, judged.plan | {"says": judged.says, "stages": [0]})
