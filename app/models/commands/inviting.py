"""Inviting people to a group session, and taking it back. For its host and its managers.

A host reaches the members of the session's programme; a manager also whom else they may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.commands.seating import Room, hold, read_seating, require_open, save, save_all
from app.models.drafts.seats import InviteDraft
from app.models.errors import NotFound, Problem, Refusal, StepRefused
from app.models.permissions import Viewer, is_id, visible_people
from app.models.seats import IN, Seating, warn_of_invitations, why_not_invite
from app.models.tables import Membership, Person, PersonTag, Session
from app.models.takings import TAKEN_BACK
from app.models.words import Kind, SeatStatus

ALREADY = IN | {SeatStatus.INVITED}


def invite(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: InviteDraft) -> dict[str, Any]:
    """Invite everybody the draft names who has no part in the session yet; give what `count` gives.

    Who declined or left is left out of cohorts, tags and programme, and invited again only by
    name. Raises NotFound for anybody but host and managers, StepRefused once it is over, Refusal
    on `invited` where a private session has too few places.
    """
    room = _hosted(db, viewer, session_id)
    require_open(room.session, now)
    return invite_to(db, viewer, now, room, draft)


def invite_to(db: Db, viewer: Viewer, now: datetime, room: Room, draft: InviteDraft) -> dict[str, Any]:
    """Invite people to a session that is held."""
    return invite_all(db, viewer, now, [(room, draft)])[0]


def invite_all(
    db: Db, viewer: Viewer, now: datetime, rooms: Sequence[tuple[Room, InviteDraft]]
) -> list[dict[str, Any]]:
    """Invite people to each of several sessions that are held, or were written in this transaction."""
    asked = [Asked(room.session.program_id, room.session.host_id, draft, room.seating) for room, draft in rooms]
    results = [_invite(one, wanted, now) for one, wanted in zip(asked, _wanted(db, viewer, asked), strict=True)]
    if refusal := next((one["refusal"] for one in results if one["refusal"]), ""):
        raise Refusal.of("invited", refusal, "Invite fewer, or raise the maximum.")
    save_all(db, [room for room, _ in rooms], now, actor=viewer)
    return results


@dataclass(frozen=True)
class Asked:
    """Whom a draft would invite, to a session of which host and places are known."""

    program_id: int
    host_id: int
    draft: InviteDraft
    seating: Seating


def _invite(asked: Asked, wanted: Sequence[int], now: datetime) -> dict[str, Any]:
    """Invite in the working copy of the seats, and say what that comes to and why it may not be."""
    seating = asked.seating
    seating.settle(now)
    new = [one for one in wanted if seating.status(one) not in ALREADY]
    refusal = why_not_invite(seating, new, now)
    seating.invite(new, now, "invite")
    warning = warn_of_invitations(seating, len(new), now) if new else ""
    return {"invited": len(new), "already": len(wanted) - len(new), "warning": warning, "refusal": refusal}


def count(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: InviteDraft) -> dict[str, Any]:
    """Say beforehand what `invite` would do: {"invited", "already", "warning", "refusal"}. Writes nothing."""
    session = db.get(Session, session_id) if is_id(session_id) else None
    if session is None or not _may_invite(viewer, session):
        raise NotFound("session")
    return _foretell(db, viewer, now, Asked(session.program_id, session.host_id, draft, read_seating(db, session)))


def count_new(
    db: Db,
    viewer: Viewer,
    now: datetime,
    program_id: int,
    host_id: int,
    draft: InviteDraft,
    *,
    maximum: int,
    private: bool,
) -> dict[str, Any]:
    """Say the same of a session that is not published yet. The caller has checked that the viewer may publish there."""
    return _foretell(db, viewer, now, Asked(program_id, host_id, draft, Seating(maximum, private)))


def remove(db: Db, viewer: Viewer, now: datetime, session_id: int, person_id: int) -> dict[str, Any]:
    """Take an invitation or a place from somebody, who is told; the first who waits moves up. Gives {"removed"}."""
    room = _hosted(db, viewer, session_id)
    require_open(room.session, now)
    if room.session.host_id == person_id:
        raise StepRefused(Problem("", "The host cannot be removed.", "Cancel the session instead."))
    if room.seating.status(person_id) is None:
        raise NotFound("person")
    is_in = room.seating.status(person_id) in ALREADY
    room.seating.leave(person_id, now, TAKEN_BACK, removed=True)
    save(db, room, now, actor=viewer)
    return {"removed": is_in}


def may_be_invited(viewer: Viewer, program_id: int) -> sa.ColumnElement[bool]:
    """Give the condition for the people whom the viewer may invite to a session of this programme, the host left in."""
    members = select(Membership.person_id).where(Membership.program_id == program_id)
    reached = col(Person.id).in_(members)
    if viewer.manages(program_id):
        reached = sa.or_(reached, visible_people(viewer))
    return sa.and_(col(Person.deactivated_at).is_(None), reached)


def _foretell(db: Db, viewer: Viewer, now: datetime, asked: Asked) -> dict[str, Any]:
    [wanted] = _wanted(db, viewer, [asked])
    return _invite(asked, wanted, now)


def _hosted(db: Db, viewer: Viewer, session_id: int) -> Room:
    """Take hold of a session that the viewer hosts or manages. Raises NotFound."""
    session = db.get(Session, session_id) if is_id(session_id) else None
    if session is None or not _may_invite(viewer, session):
        raise NotFound("session")
    return hold(db, session_id)


def _may_invite(viewer: Viewer, session: Session) -> bool:
    is_group = session.kind == Kind.GROUP and session.deleted_at is None
    return is_group and (session.host_id == viewer.person_id or viewer.manages(session.program_id))


def _wanted(db: Db, viewer: Viewer, asked: Sequence[Asked]) -> list[list[int]]:
    """List whom each draft means, each once, those named first. Raises Refusal for a name that is out of reach."""
    named: dict[int, set[int]] = {}
    for one in asked:
        named.setdefault(one.program_id, set()).update(_named(one))
    known = {
        program_id: _ids(db, sa.and_(may_be_invited(viewer, program_id), col(Person.id).in_(people)))
        for program_id, people in named.items()
        if people
    }
    return [_wanted_of(db, viewer, one, known.get(one.program_id, set())) for one in asked]


def _named(asked: Asked) -> list[int]:
    return [one for one in dict.fromkeys(asked.draft.person_ids) if one != asked.host_id]


def _wanted_of(db: Db, viewer: Viewer, asked: Asked, known: set[int]) -> list[int]:
    named = _named(asked)
    if missing := set(named) - known:
        count = len(missing)
        raise Refusal.of("person_ids", f"{count} of these people cannot be invited.", "Take them from the list.")
    groups = _groups(viewer, asked.program_id, asked.draft)
    if not groups:
        return named
    allowed = sa.and_(may_be_invited(viewer, asked.program_id), col(Person.id) != asked.host_id)
    found = _ids(db, sa.and_(allowed, sa.or_(*groups)))
    out = {SeatStatus.DECLINED, SeatStatus.WITHDRAWN}
    return named + sorted(one for one in found - set(named) if asked.seating.status(one) not in out)


def _groups(viewer: Viewer, program_id: int, draft: InviteDraft) -> list[sa.ColumnElement[bool]]:
    """Give the conditions of the draft's groups. Tags are the managers' own notes."""
    members = select(Membership.person_id).where(Membership.program_id == program_id)
    groups: list[sa.ColumnElement[bool]] = []
    if draft.program:
        groups.append(col(Person.id).in_(members))
    if draft.cohorts:
        groups.append(col(Person.id).in_(members.where(col(Membership.cohort).in_(draft.cohorts))))
    if draft.tags and viewer.manages(program_id):
        groups.append(col(Person.id).in_(select(PersonTag.person_id).where(col(PersonTag.name).in_(draft.tags))))
    return groups


def _ids(db: Db, condition: sa.ColumnElement[bool]) -> set[int]:
    return {one for one in db.exec(select(Person.id).where(condition)) if one is not None}
