"""What would take a carried-out sheet of sessions back: itself a sheet, to be looked through and carried out.

What it created is deleted, what it edited gets its old values; what it deleted stays deleted (L7).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock
from app.models.errors import Refusal
from app.models.seats import IN
from app.models.tables import Person, Seat, Session, UploadRow
from app.models.uploads.kinds import Column
from app.models.uploads.reading import Line, Table
from app.models.uploads.sessions.cells import EMPTY
from app.models.uploads.sessions.columns import MEETING, TIMES
from app.models.uploads.sessions.roster import portions
from app.models.words import PLATFORM_WORDS, Audience, Place, Platform, SeatStatus, Status

BEGUN = (Status.LIVE, Status.COMPLETED, Status.MISSED)


def cells_before(db: Db, session: Session, plan: Mapping[str, Any]) -> dict[str, str]:
    """Give the cells that would put back what an edit is about to change."""
    change: Mapping[str, Any] = plan["change"]
    found: dict[str, str] = {}
    if session.period is not None and any(name in change for name in TIMES):
        wall = clock.wall(session.period.start, session.zone)
        found |= {"day": f"{wall:%d-%m-%Y}", "at": f"{wall:%H:%M}", "zone": session.zone}
        found["minutes"] = f"{session.period.minutes}"
    if session.place == Place.ONLINE and session.platform and any(name in change for name in MEETING):
        found["platform"] = PLATFORM_WORDS[Platform(session.platform)]
        found |= {"link": session.link, "passcode": session.passcode}
    for name in change.keys() - {*TIMES, *MEETING}:
        value = getattr(session, name)
        found[name] = ", ".join(value) if isinstance(value, list) else f"{value}"
    if plan["new"] or plan["gone"]:
        found["mentees"] = ", ".join(_listed(db, session))
    return {name: text or EMPTY for name, text in found.items()}


def undo_table(db: Db, upload_id: int, columns: Sequence[Column]) -> Table:
    """Make the sheet. Raises Refusal where a session has started, or nothing is left to take back."""
    done = select(UploadRow).where(UploadRow.upload_id == upload_id, UploadRow.status == "done")
    rows = [row for row in db.exec(done.order_by(col(UploadRow.number).desc())) if row.action in ("create", "edit")]
    sessions: dict[int, Session] = {}
    for some in portions([row.result.get("id", 0) for row in rows]):
        alive = select(Session).where(col(Session.id).in_(some), col(Session.deleted_at).is_(None))
        sessions |= {one.id or 0: one for one in db.exec(alive)}
    if begun := next((one for one in sessions.values() if one.status in BEGUN), None):
        message = f"“{begun.name}” (ID {begun.id}) has started, so this upload can no longer be undone."
        raise Refusal.of("", message, "Delete the others one by one, or by a file.")
    cells = [_cells(row) for row in rows if row.result.get("id") in sessions]
    if not cells:
        raise Refusal.of("", "Nothing of this upload is left to undo.")
    lines = [Line(number, tuple(one.get(column.key, "") for column in columns)) for number, one in enumerate(cells, 2)]
    return Table(tuple(column.title for column in columns), tuple(lines))


def _cells(row: UploadRow) -> dict[str, str]:
    session_id = f"{row.result['id']}"
    if row.action == "create":
        return {"action": "Delete", "id": session_id}
    return {"action": "Edit", "id": session_id} | row.result.get("before", {})


def _listed(db: Db, session: Session) -> list[str]:
    """List whom the session's list holds: everybody in a private session, the open invitations of a public one."""
    is_private = session.audience == Audience.PRIVATE
    of_list = IN | {SeatStatus.INVITED} if is_private else {SeatStatus.INVITED}
    query = select(Person.email).join(Seat, col(Seat.person_id) == col(Person.id))
    here = (Seat.session_id == session.id, col(Seat.is_host).is_(False), col(Seat.status).in_(of_list))
    return sorted(db.exec(query.where(*here)))
