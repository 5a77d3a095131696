"""Group sessions as their hosts and managers make them: publish, edit, repeat on other dates.

Who sits in them is `enrolling`'s and `inviting`'s concern.
"""

import secrets
from datetime import date, datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, history, notices
from app.models.commands import enrolling, inviting
from app.models.commands.changing import Plan, carry_out, new_periods
from app.models.commands.relationships import new_uid
from app.models.commands.steps import Grip, change, check_place, grip, period_from, place_values
from app.models.database import lock_rows
from app.models.drafts.groups import DuplicateDraft, GroupDraft
from app.models.errors import NotFound, Problem, Refusal
from app.models.occupancy import Wish, listed, refuse_clashes
from app.models.period import Period
from app.models.permissions import Viewer, access_session
from app.models.tables import Membership, Person, Picture, Program, Seat, Session
from app.models.words import FIELD_WORDS, Audience, Kind, NoticeKind, Part, Rank, Role, SeatStatus, Status, Step

SLUG_BYTES = 12
REPEATED = (
    *("title", "details", "place", "session_type", "platform", "link", "passcode", "address", "audience"),
    *("minimum", "maximum", "image", "recommended_for", "categories", "medium"),
)
"""What a session's other dates have from it."""


def publish(db: Db, viewer: Viewer, now: datetime, draft: GroupDraft) -> dict[str, Any]:
    """Create a group session (G2), give its host a seat and invite; `warning` is for whoever created it, or ""."""
    host_id = draft.host_id or viewer.person_id
    lock_rows(db, Person, [host_id])
    program = permit(db, viewer, draft.program_id, host_id)
    check_place(db, draft.meeting)
    _check_picture(db, draft.image)
    period = period_from(draft, draft.minutes, now)
    refuse_clashes(db, viewer, [Wish(period, host_id, None, program.allows_back_to_back)])
    values = _texts(draft) | {"zone": draft.zone, "audience": draft.audience or Audience.PUBLIC}
    session = _add(db, viewer, now, program, host_id, period, values)
    notices.tell(db, NoticeKind.BOOKED, [session], actor=viewer, now=now)
    invited = inviting.invite_new(db, viewer, now, session, draft.invites)
    return {"session_id": session.id, "slug": session.slug, "warning": invited["warning"]}


def edit_group(
    db: Db, viewer: Viewer, now: datetime, session_id: int, draft: GroupDraft, version: int | None = None
) -> dict[str, Any]:
    """Change a group session until it has started (C8), and invite whom the draft adds.

    Its audience, host and programme stay (L8). A new time leaves a "Rescheduled" entry and is told to
    everybody, as are title, description and place; what only its page shows is changed quietly.
    """
    held = grip(db, viewer, now, session_id, Step.EDIT, version=version)
    session = held.pivot
    if session.kind != Kind.GROUP:
        raise NotFound("session")
    _refuse_other_identity(session, draft)
    _check_picture(db, "" if draft.image == session.image else draft.image)
    values = {name: value for name, value in _texts(draft).items() if getattr(session, name) != value}
    if values.keys() & place_values(draft.meeting).keys():
        check_place(db, draft.meeting)
    if draft.maximum != session.maximum:
        enrolling.resize(db, viewer, now, session, draft.maximum)
    told = _change(db, viewer, now, held, draft, values)
    invited = inviting.invite(db, viewer, now, session_id, draft.invites)
    return {"session_id": session_id, "slug": session.slug, "told": told, "warning": invited["warning"]}


def duplicate(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: DuplicateDraft) -> dict[str, Any]:
    """Publish a group session again on other dates (P12): the same texts and host, no other seats.

    All dates are checked before any is saved; the host is told once. Raises Refusal on `days`.
    """
    access = access_session(db, viewer, session_id, lock=True)
    source = access.session
    if source.kind != Kind.GROUP or not access.parts & {Part.MANAGER, Part.HOST}:
        raise NotFound("session")
    program = permit(db, viewer, source.program_id, source.host_id)
    if source.period is None:
        raise Refusal.of("", "This session has no time yet.", "Arrange it first.")
    periods = _periods(now, draft, source.period.minutes)
    wishes = [Wish(period, source.host_id, None, program.allows_back_to_back) for period in periods]
    refuse_clashes(db, viewer, wishes, field="days")
    values = {name: getattr(source, name) for name in REPEATED} | {"zone": draft.zone}
    made = [_add(db, viewer, now, program, source.host_id, period, values) for period in periods]
    notices.tell(db, NoticeKind.BOOKED, made, actor=viewer, now=now)
    return {"session_ids": [session.id for session in made]}


def permit(db: Db, viewer: Viewer, program_id: int, host_id: int) -> Program:
    """Give the programme, if the viewer may publish in it for this host (G1).

    A manager may for its mentors and managers, a mentor for themselves; NotFound for anybody else.
    """
    program = db.get(Program, program_id)
    if program is None or not (viewer.manages(program_id) or program_id in viewer.mentored):
        raise NotFound("programme")
    if not program.allows_group_sessions:
        remedy = "Its manager can allow them in the programme’s settings."
        raise Refusal.of("program_id", f"{program.name} has no group sessions.", remedy)
    if program.archived_at is not None:
        raise Refusal.of("program_id", "This programme is closed.", "Choose another one.")
    if not viewer.manages(program_id) and host_id != viewer.person_id:
        raise NotFound("person")
    _check_host(db, program, host_id)
    return program


def may_host(db: Db, program_id: int, host_id: int) -> bool:
    """Whether somebody is a mentor or a manager of the programme, or manages the organisation, and is still there."""
    person = db.get(Person, host_id)
    if person is None or person.deactivated_at is not None:
        return False
    roles = db.exec(
        select(Membership.role).where(Membership.program_id == program_id, Membership.person_id == host_id)
    ).all()
    return person.rank in (Rank.OWNER, Rank.MANAGER) or bool({Role.MENTOR, Role.MANAGER} & set(roles))


def _check_host(db: Db, program: Program, host_id: int) -> None:
    if not may_host(db, program.id or 0, host_id):
        wanted = f"Choose a {program.mentor_word} or a manager of {program.name}."
        raise Refusal.of("host_id", "This person cannot host here.", wanted)


def _check_picture(db: Db, key: str) -> None:
    if key and db.exec(select(Picture.key).where(col(Picture.key) == key)).first() is None:
        raise Refusal.of("image", "This picture is no longer there.", "Choose it again.")


def _texts(draft: GroupDraft) -> dict[str, Any]:
    """Give the columns that a draft fills, but for time, host and audience."""
    texts = {name: getattr(draft, name) for name in ("title", "details", "minimum", "maximum", "image")}
    words = {name: list(getattr(draft, name)) for name in ("recommended_for", "categories", "medium")}
    return place_values(draft.meeting) | texts | words


def _refuse_other_identity(session: Session, draft: GroupDraft) -> None:
    """Raise Refusal for what cannot change after publishing (L8)."""
    problems: list[Problem] = []
    if draft.host_id not in (None, session.host_id):
        problems.append(Problem("host_id", "The host cannot change after publishing.", "Duplicate it instead."))
    if draft.audience not in (None, session.audience):
        problems.append(Problem("audience", "The type cannot change after publishing.", "Create another session."))
    if draft.program_id != session.program_id:
        problems.append(Problem("program_id", "The programme cannot change after publishing."))
    if problems:
        raise Refusal(*problems)


def _change(db: Db, viewer: Viewer, now: datetime, held: Grip, draft: GroupDraft, values: dict[str, Any]) -> bool:
    """Write what differs; gives whether people were told of it."""
    periods = new_periods(held, draft, now)
    if periods or values.keys() & FIELD_WORDS.keys():
        carry_out(db, viewer, now, Plan(held, periods, values), Step.EDIT)
        return True
    if values:
        change(db, viewer, held.pivot, Step.EDIT, now, values, tells=False)
        db.flush()
    return False


def _add(
    db: Db, viewer: Viewer, now: datetime, program: Program, host_id: int, period: Period, values: dict[str, Any]
) -> Session:
    """Write a published session down, with its host's seat."""
    session = Session(
        kind=Kind.GROUP,
        program_id=program.id or 0,
        host_id=host_id,
        uid=new_uid(),
        slug=secrets.token_urlsafe(SLUG_BYTES),
        status=Status.SCHEDULED,
        start_at=period.start,
        end_at=period.end,
        created_by_id=viewer.person_id,
        created_at=now,
        **values,
    )
    db.add(session)
    db.flush()
    db.add(Seat(session_id=session.id or 0, person_id=host_id, is_host=True, status=SeatStatus.ENROLLED, since=now))
    after = {"status": Status.SCHEDULED, "start_at": period.start, "end_at": period.end}
    history.record(db, viewer, Step.PUBLISH, now=now, session=session, after=after)
    db.flush()
    return session


def _periods(now: datetime, draft: DuplicateDraft, minutes: int) -> list[Period]:
    """Give the time of each date. Raises Refusal on `days`, naming those that cannot be."""
    problems = [problem for day in draft.days if (problem := _why_not(now, draft, day))]
    if problems:
        raise Refusal(*listed(problems))
    starts = [clock.instant(datetime.combine(day, draft.at), draft.zone) for day in draft.days]
    return [Period.lasting(start, minutes) for start in starts]


def _why_not(now: datetime, draft: DuplicateDraft, day: date) -> Problem | None:
    wall = datetime.combine(day, draft.at)
    if not clock.exists(wall, draft.zone):
        return Problem("days", clock.missing_words(wall, draft.zone))
    if clock.instant(wall, draft.zone) <= now:
        return Problem("days", f"{clock.wall_words(wall)} has passed.")
    return None
