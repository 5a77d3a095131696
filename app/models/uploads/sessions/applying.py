"""Carries one row of a sheet of sessions out, by the same commands as the forms. It decides nothing of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models.commands import booking, cancelling, changing, inviting, meeting, publishing
from app.models.commands.steps import lock_people_of
from app.models.database import lock_rows
from app.models.drafts import BookingDraft
from app.models.drafts.base import read
from app.models.drafts.groups import GroupDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.tables import Person, Session
from app.models.uploads.kinds import Outcome
from app.models.uploads.sessions.changes import edit_draft, group_draft, meeting_draft
from app.models.uploads.sessions.undoing import cells_before
from app.models.words import Kind

Plan = Mapping[str, Any]


def hold_people(db: Db, plans: Sequence[Plan]) -> None:
    """Hold everybody whose time the next rows touch, in id order, so that two uploads cannot wait for each other."""
    lock_rows(db, Person, [one for plan in plans for one in plan.get("people", ())])
    lock_people_of(db, [plan["session_id"] for plan in plans if "session_id" in plan])


def apply_row(db: Db, viewer: Viewer, now: datetime, plan: Plan) -> Outcome:
    """Carry a row out, and say what was done. Raises Refusal."""
    return {"create": _create, "edit": _edit, "delete": _delete}[plan["verb"]](db, viewer, now, plan)


def _create(db: Db, viewer: Viewer, now: datetime, plan: Plan) -> Outcome:
    if "booking" in plan:
        session_id = booking.book(db, viewer, now, read(BookingDraft, plan["booking"]))["session_ids"][0]
    else:
        session_id = publishing.publish(db, viewer, now, read(GroupDraft, plan["group"]))["session_id"]
    return Outcome(f"Created as session {session_id}.", session_id)


def _edit(db: Db, viewer: Viewer, now: datetime, plan: Plan) -> Outcome:
    session_id: int = plan["session_id"]
    session = db.get(Session, session_id, populate_existing=True)
    if session is None or session.period is None or session.deleted_at is not None:
        raise NotFound("session")
    before = cells_before(db, session, plan)
    if plan["is_live"]:
        meeting.edit_meeting(db, viewer, now, session_id, meeting_draft(session, plan["change"]))
    elif session.kind == Kind.ONE_TO_ONE:
        changing.edit(db, viewer, now, session_id, edit_draft(session, plan["change"]))
    else:
        for person_id in plan["gone"]:
            inviting.remove(db, viewer, now, session_id, person_id)
        publishing.edit_group(db, viewer, now, session_id, group_draft(session, plan["change"], plan["new"]))
    return Outcome("Edited.", session_id, before)


def _delete(db: Db, viewer: Viewer, now: datetime, plan: Plan) -> Outcome:
    cancelling.delete(db, viewer, now, plan["session_id"])
    return Outcome("Deleted.", plan["session_id"])
