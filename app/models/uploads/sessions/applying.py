"""Carries rows of a sheet of sessions out, by the same commands as the forms. It decides nothing of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.commands import booking, cancelling, changing, inviting, meeting, publishing
from app.models.commands.steps import lock_people_of
from app.models.drafts import BookingDraft, EditDraft
from app.models.drafts.base import read
from app.models.drafts.groups import GroupDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.tables import Session
from app.models.uploads.kinds import Outcome
from app.models.uploads.sessions.changes import edit_draft, group_draft, meeting_draft
from app.models.uploads.sessions.undoing import cells_before
from app.models.words import Kind

Plan = Mapping[str, Any]


def hold_people(db: Db, plans: Sequence[Plan]) -> None:
    """Hold everybody whose time the next rows touch, in id order, so that two uploads cannot wait for each other."""
    named = [one for plan in plans for one in plan.get("people", ())]
    lock_people_of(db, [plan["session_id"] for plan in plans if "session_id" in plan], beside=named)


def apply_rows(db: Db, viewer: Viewer, now: datetime, plans: Sequence[Plan]) -> list[Outcome]:
    """Carry rows out, those that do the same at once, and say what was done of each. Raises Refusal."""
    by_verb = {"create": _create, "edit": _edit, "delete": _delete}
    runs = groupby(plans, key=lambda plan: plan["verb"])
    return [outcome for verb, run in runs for outcome in by_verb[verb](db, viewer, now, list(run))]


def _create(db: Db, viewer: Viewer, now: datetime, plans: Sequence[Plan]) -> list[Outcome]:
    bookings = [read(BookingDraft, plan["booking"]) for plan in plans if "booking" in plan]
    groups = [read(GroupDraft, plan["group"]) for plan in plans if "group" in plan]
    booked = iter(booking.book_all(db, viewer, now, bookings) if bookings else ())
    published = iter(publishing.publish_all(db, viewer, now, groups) if groups else ())
    made = [next(booked)["session_ids"][0] if "booking" in plan else next(published)["session_id"] for plan in plans]
    return [Outcome(f"Created as session {session_id}.", session_id) for session_id in made]


def _edit(db: Db, viewer: Viewer, now: datetime, plans: Sequence[Plan]) -> list[Outcome]:
    sessions = _load(db, [plan["session_id"] for plan in plans])
    before = [cells_before(db, sessions[plan["session_id"]], plan) for plan in plans]
    drafts: dict[int, EditDraft] = {}
    groups: dict[int, GroupDraft] = {}
    for plan in plans:
        session_id: int = plan["session_id"]
        session = sessions[session_id]
        if plan["is_live"]:
            meeting.edit_meeting(db, viewer, now, session_id, meeting_draft(session, plan["change"]))
        elif session.kind == Kind.ONE_TO_ONE:
            drafts[session_id] = edit_draft(session, plan["change"])
        else:
            for person_id in plan["gone"]:
                inviting.remove(db, viewer, now, session_id, person_id)
            groups[session_id] = group_draft(session, plan["change"], plan["new"])
    if drafts:
        changing.edit_all(db, viewer, now, drafts)
    if groups:
        publishing.edit_groups(db, viewer, now, groups)
    return [Outcome("Edited.", plan["session_id"], cells) for plan, cells in zip(plans, before, strict=True)]


def _load(db: Db, session_ids: Sequence[int]) -> dict[int, Session]:
    query = select(Session).where(col(Session.id).in_(session_ids)).execution_options(populate_existing=True)
    found = {row.id or 0: row for row in db.exec(query) if row.period is not None and row.deleted_at is None}
    if found.keys() != set(session_ids):
        raise NotFound("session")
    return found


def _delete(db: Db, viewer: Viewer, now: datetime, plans: Sequence[Plan]) -> list[Outcome]:
    cancelling.delete_all(db, viewer, now, [plan["session_id"] for plan in plans])
    return [Outcome("Deleted.", plan["session_id"]) for plan in plans]
