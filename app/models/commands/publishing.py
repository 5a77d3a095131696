"""Group sessions as their hosts and managers make them: publish and edit.

Who sits in them is `enrolling`'s and `inviting`'s concern, other dates are `duplicating`'s.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, notices
from app.models.commands import enrolling, inviting
from app.models.commands.changing import Plan, carry_out, new_periods
from app.models.commands.relationships import new_uid
from app.models.commands.seating import new_room
from app.models.commands.steps import Grip, change, check_places, grip, grip_all, period_from, place_values
from app.models.database import lock_rows
from app.models.drafts import Meeting
from app.models.drafts.groups import GroupDraft
from app.models.drafts.seats import InviteDraft
from app.models.errors import NotFound, Problem, Refusal
from app.models.notices import News
from app.models.occupancy import Wish, refuse_clashes
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.tables import Membership, Person, Picture, Program, Seat, Session
from app.models.words import FIELD_WORDS, Audience, Kind, NoticeKind, Rank, Role, SeatStatus, Status, Step

SLUG_BYTES = 12
PLACE = place_values(Meeting()).keys()
"""The columns that say how people meet."""


def publish(db: Db, viewer: Viewer, now: datetime, draft: GroupDraft) -> dict[str, Any]:
    """Create a group session (G2), give its host a seat and invite; `warning` is for whoever created it, or ""."""
    return publish_all(db, viewer, now, [draft])[0]


def publish_all(db: Db, viewer: Viewer, now: datetime, drafts: Sequence[GroupDraft]) -> list[dict[str, Any]]:
    """Create several as `publish` does each; all of them or, with what is wrong with one, none."""
    hosts = [draft.host_id or viewer.person_id for draft in drafts]
    lock_rows(db, Person, hosts)
    programs = permit_all(db, viewer, [(draft.program_id, host) for draft, host in zip(drafts, hosts, strict=True)])
    check_places(db, [draft.meeting for draft in drafts])
    _check_pictures(db, {draft.image for draft in drafts})
    wanted = [
        New(program, host, period_from(draft, draft.minutes, now), _values(draft))
        for draft, program, host in zip(drafts, programs, hosts, strict=True)
    ]
    refuse_clashes(db, viewer, [one.wish for one in wanted])
    sessions = add_sessions(db, viewer, now, wanted)
    notices.tell_all(db, [News(NoticeKind.BOOKED, [session]) for session in sessions], actor=viewer, now=now)
    rooms = [
        (new_room(session, program, now), draft.invites)
        for session, program, draft in zip(sessions, programs, drafts, strict=True)
    ]
    return [
        {"session_id": room.id, "slug": room.session.slug, "warning": invited["warning"]}
        for (room, _), invited in zip(rooms, inviting.invite_all(db, viewer, now, rooms), strict=True)
    ]


def edit_group(
    db: Db, viewer: Viewer, now: datetime, session_id: int, draft: GroupDraft, version: int | None = None
) -> dict[str, Any]:
    """Change a group session until it has started (C8), and invite whom the draft adds.

    Its audience, host and programme stay (L8). A new time leaves a "Rescheduled" entry and is told to
    everybody, as are title, description and place; what only its page shows is changed quietly.
    """
    held = grip(db, viewer, now, session_id, Step.EDIT, version=version)
    return _edit(db, viewer, now, [(held, draft)])[0]


def edit_groups(db: Db, viewer: Viewer, now: datetime, drafts: Mapping[int, GroupDraft]) -> None:
    """Change several as `edit_group` does each, by id; all of them or, with what is wrong with one, none."""
    held = grip_all(db, viewer, now, list(drafts), Step.EDIT)
    _edit(db, viewer, now, list(zip(held, drafts.values(), strict=True)))


def _edit(db: Db, viewer: Viewer, now: datetime, edits: Sequence[tuple[Grip, GroupDraft]]) -> list[dict[str, Any]]:
    values = [_differing(held.pivot, draft) for held, draft in edits]
    for held, draft in edits:
        _refuse_other_identity(held.pivot, draft)
    _check_pictures(db, {draft.image for held, draft in edits if draft.image != held.pivot.image})
    places = [draft.meeting for (_, draft), new in zip(edits, values, strict=True) if new.keys() & PLACE]
    check_places(db, places)
    plans = [Plan(held, new_periods(held, draft, now), new) for (held, draft), new in zip(edits, values, strict=True)]
    told = [bool(plan.periods or plan.values.keys() & FIELD_WORDS.keys()) for plan in plans]
    carry_out(db, viewer, now, [plan for plan, tells in zip(plans, told, strict=True) if tells], Step.EDIT)
    for plan, tells in zip(plans, told, strict=True):
        if plan.values and not tells:
            change(db, viewer, plan.held.pivot, Step.EDIT, now, plan.values, tells=False)
    db.flush()
    for (held, draft), new in zip(edits, values, strict=True):
        if "maximum" in new:  # after the move: who moves up is told the new time
            enrolling.resize(db, viewer, now, held.pivot, draft.maximum)
    return [
        _edited(db, viewer, now, held.pivot, draft, told=tells)
        for (held, draft), tells in zip(edits, told, strict=True)
    ]


def _edited(
    db: Db, viewer: Viewer, now: datetime, session: Session, draft: GroupDraft, *, told: bool
) -> dict[str, Any]:
    """Invite whom the draft adds, and say what came of it."""
    session_id = session.id or 0
    adds = draft.invites != InviteDraft()
    warning = inviting.invite(db, viewer, now, session_id, draft.invites)["warning"] if adds else ""
    return {"session_id": session_id, "slug": session.slug, "told": told, "warning": warning}


def permit(db: Db, viewer: Viewer, program_id: int, host_id: int) -> Program:
    """Give the programme, if the viewer may publish in it for this host (G1).

    A manager may for its mentors and managers, a mentor for themselves; NotFound for anybody else.
    """
    return permit_all(db, viewer, [(program_id, host_id)])[0]


def permit_all(db: Db, viewer: Viewer, wanted: Sequence[tuple[int, int]]) -> list[Program]:
    """Permit each programme and host as `permit` does, with no more queries than the programmes need."""
    programs = {id_: db.get(Program, id_) for id_ in {program_id for program_id, _ in wanted}}
    found = [_permit(viewer, programs[program_id], program_id, host_id) for program_id, host_id in wanted]
    able = _able_hosts(db, wanted)
    for program, one in zip(found, wanted, strict=True):
        if one not in able:
            remedy = f"Choose a {program.mentor_word} or a manager of {program.name}."
            raise Refusal.of("host_id", "This person cannot host here.", remedy)
    return found


def _permit(viewer: Viewer, program: Program | None, program_id: int, host_id: int) -> Program:
    if program is None or not (viewer.manages(program_id) or program_id in viewer.mentored):
        raise NotFound("programme")
    if not program.allows_group_sessions:
        remedy = "Its manager can allow them in the programme’s settings."
        raise Refusal.of("program_id", f"{program.name} has no group sessions.", remedy)
    if program.archived_at is not None:
        raise Refusal.of("program_id", "This programme is closed.", "Choose another one.")
    if not viewer.manages(program_id) and host_id != viewer.person_id:
        raise NotFound("person")
    return program


def may_host(db: Db, program_id: int, host_id: int) -> bool:
    """Whether somebody is a mentor or a manager of the programme, or manages the organisation, and is still there."""
    return bool(_able_hosts(db, [(program_id, host_id)]))


def _able_hosts(db: Db, wanted: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Keep the pairs of programme and host of whom the host may. Two statements."""
    hosts = {host_id for _, host_id in wanted}
    ranks = dict(
        db.exec(
            select(Person.id, Person.rank).where(col(Person.id).in_(hosts), col(Person.deactivated_at).is_(None))
        ).all()
    )
    members = select(Membership.program_id, Membership.person_id).where(
        col(Membership.person_id).in_(hosts), col(Membership.role).in_((Role.MENTOR, Role.MANAGER))
    )
    hosting = set(db.exec(members))
    return {
        (program_id, host_id)
        for program_id, host_id in wanted
        if host_id in ranks and (ranks[host_id] in (Rank.OWNER, Rank.MANAGER) or (program_id, host_id) in hosting)
    }


def _check_pictures(db: Db, keys: set[str]) -> None:
    wanted = keys - {""}
    if wanted and set(db.exec(select(Picture.key).where(col(Picture.key).in_(wanted)))) != wanted:
        raise Refusal.of("image", "This picture is no longer there.", "Choose it again.")


def _values(draft: GroupDraft) -> dict[str, Any]:
    return _texts(draft) | {"zone": draft.zone, "audience": draft.audience or Audience.PUBLIC}


def _texts(draft: GroupDraft) -> dict[str, Any]:
    """Give the columns that a draft fills, but for time, host and audience."""
    texts = {name: getattr(draft, name) for name in ("title", "details", "minimum", "maximum", "image")}
    words = {name: list(getattr(draft, name)) for name in ("recommended_for", "categories", "medium")}
    return place_values(draft.meeting) | texts | words


def _differing(session: Session, draft: GroupDraft) -> dict[str, Any]:
    return {name: value for name, value in _texts(draft).items() if getattr(session, name) != value}


def _refuse_other_identity(session: Session, draft: GroupDraft) -> None:
    """Raise Refusal for what cannot change after publishing (L8), NotFound for a session of two."""
    if session.kind != Kind.GROUP:
        raise NotFound("session")
    problems: list[Problem] = []
    if draft.host_id not in (None, session.host_id):
        problems.append(Problem("host_id", "The host cannot change after publishing.", "Duplicate it instead."))
    if draft.audience not in (None, session.audience):
        problems.append(Problem("audience", "The type cannot change after publishing.", "Create another session."))
    if draft.program_id != session.program_id:
        problems.append(Problem("program_id", "The programme cannot change after publishing."))
    if problems:
        raise Refusal(*problems)


@dataclass(frozen=True)
class New:
    """A group session to be written: its time and the columns that it is given."""

    program: Program
    host_id: int
    period: Period
    values: dict[str, Any]

    @property
    def wish(self) -> Wish:
        """The time it would take of its host."""
        return Wish(self.period, self.host_id, None, self.program.allows_back_to_back)


def add_sessions(db: Db, viewer: Viewer, now: datetime, wanted: Sequence[New]) -> list[Session]:
    """Write published sessions down, with their hosts' seats."""
    rows = [
        one.values
        | {
            "kind": Kind.GROUP,
            "program_id": one.program.id,
            "host_id": one.host_id,
            "uid": new_uid(),
            "slug": secrets.token_urlsafe(SLUG_BYTES),
            "status": Status.SCHEDULED,
            "start_at": one.period.start,
            "end_at": one.period.end,
            "created_by_id": viewer.person_id,
            "created_at": now,
        }
        for one in wanted
    ]
    sessions = list(db.scalars(sa.insert(Session).returning(Session, sort_by_parameter_order=True), rows))
    shared = {"is_host": True, "status": SeatStatus.ENROLLED, "since": now}
    db.execute(sa.insert(Seat), [shared | {"session_id": one.id, "person_id": one.host_id} for one in sessions])
    for session in sessions:
        after = {"status": Status.SCHEDULED, "start_at": session.start_at, "end_at": session.end_at}
        history.record(db, viewer, Step.PUBLISH, now=now, session=session, after=after)
    db.flush()
    return sessions
