"""Deactivating and reactivating people. Nobody is ever deleted here: what they did stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, lifecycle, spoken
from app.models.commands.cancelling import call_off
from app.models.commands.seating import hold, save
from app.models.database import lock_rows
from app.models.drafts.people import DeactivateDraft
from app.models.errors import Problem, Refusal
from app.models.permissions import Viewer, access_managed_person, facts_of, parts_of
from app.models.queries.leaving import load_held, load_visited
from app.models.tables import Login, MailedLink, Membership, Notice, Person, Program, Session
from app.models.takings import TAKEN_BACK
from app.models.words import MailStatus, NoticeKind, Rank, Status, Step

MOST_NAMED = 3
"""So many sessions are named one by one; a window lists them all anyhow."""


def deactivate(db: Db, viewer: Viewer, now: datetime, person_id: int, draft: DeactivateDraft) -> dict[str, Any]:
    """End somebody's access; give {"person_id", "session_ids"} with the sessions cancelled.

    Their coming sessions must all be cancelled with it, or have been moved or handed over
    before; seats in other people's group sessions are given to who waits. Roles and relationships stay.
    """
    person = access_managed_person(db, viewer, person_id)
    _lock_with_partners(db, now, person_id)
    db.refresh(person)
    if person.deactivated_at is not None:
        return {"person_id": person_id, "session_ids": []}
    _check_may_leave(db, viewer, person)
    held = load_held(db, now, person_id)
    visited = load_visited(db, now, person_id)
    lock_rows(db, Session, [one.id or 0 for one in [*held, *visited]])
    _refuse_live(person, [*held, *visited])
    _cancel_all(db, viewer, now, held, draft)
    for session in visited:
        _give_seat_back(db, viewer, now, session, person_id)
    person.deactivated_at = now
    _end_access(db, person_id)
    history.record(db, viewer, "deactivate", now=now, person_id=person_id, reason=draft.reason)
    return {"person_id": person_id, "session_ids": [one.id for one in held]}


def reactivate_person(db: Db, viewer: Viewer, now: datetime, person_id: int) -> dict[str, Any]:
    """Give somebody their access back, with the roles and relationships they had."""
    person = access_managed_person(db, viewer, person_id)
    _check_is_for_them(viewer, person)
    _check_belongs_to(db, viewer, person)
    lock_rows(db, Person, [person_id])
    db.refresh(person)
    if person.deactivated_at is not None:
        person.deactivated_at = None
        history.record(db, viewer, "reactivate_person", now=now, person_id=person_id)
    return {"person_id": person_id}


def _give_seat_back(db: Db, viewer: Viewer, now: datetime, session: Session, person_id: int) -> None:
    """Take them out of a group session; the first who waits moves up."""
    room = hold(db, session.id or 0)
    room.seating.leave(person_id, now, TAKEN_BACK, removed=True)
    save(db, room, now, actor=viewer)


def _end_access(db: Db, person_id: int) -> None:
    """Sign them out everywhere; links they were mailed, or are about to be, are void."""
    db.execute(sa.delete(Login).where(col(Login.person_id) == person_id))
    db.execute(sa.delete(MailedLink).where(col(MailedLink.person_id) == person_id))
    links = (col(Notice.person_id) == person_id, col(Notice.kind).in_((NoticeKind.FIRST_ACCESS, NoticeKind.SIGN_IN)))
    waiting = sa.update(Notice).where(*links, col(Notice.mail_status) == MailStatus.WAITING)
    db.execute(waiting.values(mail_status=MailStatus.DROPPED))


def _lock_with_partners(db: Db, now: datetime, person_id: int) -> None:
    """Hold them and whoever they meet, all at once, before any session's row."""
    met = {one for session in load_held(db, now, person_id) for one in (session.host_id, session.mentee_id) if one}
    lock_rows(db, Person, {person_id, *met})


def _check_may_leave(db: Db, viewer: Viewer, person: Person) -> None:
    if person.id == viewer.person_id:
        raise Refusal.of("", "You cannot deactivate yourself.", "Ask another manager.")
    _check_is_for_them(viewer, person)
    if person.rank == Rank.OWNER:
        refuse_last_owner(db, person)
    _check_belongs_to(db, viewer, person)


def _check_is_for_them(viewer: Viewer, person: Person) -> None:
    """Raise Refusal where somebody owns the organisation and the viewer does not."""
    if person.rank == Rank.OWNER and not viewer.is_owner:
        raise Refusal.of("", f"{person.name} owns the organisation.", "Only another owner can do this.")


def refuse_last_owner(db: Db, person: Person) -> None:
    """Raise Refusal if nobody else owns the organisation. Of two who leave at once one waits for the other."""
    owners = db.exec(select(Person.id).where(Person.rank == Rank.OWNER, col(Person.deactivated_at).is_(None))).all()
    lock_rows(db, Person, [one for one in owners if one is not None])
    others = select(Person.id).where(
        Person.rank == Rank.OWNER, col(Person.deactivated_at).is_(None), Person.id != person.id
    )
    if db.exec(others).first() is None:
        raise Refusal.of("", f"{person.name} is the only owner.", "Make somebody else an owner first.")


def _check_belongs_to(db: Db, viewer: Viewer, person: Person) -> None:
    """Raise Refusal where somebody's access also matters to programmes that the viewer does not manage."""
    if viewer.is_org_manager:
        return
    elsewhere = (
        select(Program.name)
        .join(Membership, col(Membership.program_id) == Program.id)
        .where(Membership.person_id == person.id, col(Program.id).not_in(viewer.managed))
    )
    if db.exec(elsewhere).first() is not None:
        raise Refusal.of(
            "",
            f"{person.name} also belongs to a programme that you do not manage.",
            "Take away their role in yours, or ask a manager of the organisation.",
        )


def _refuse_live(person: Person, sessions: Sequence[Session]) -> None:
    live = next((one for one in sessions if one.status == Status.LIVE), None)
    if live is not None:
        raise Refusal.of("", f"{person.name} is in a session now: {live.name}.", "Wait until it has ended, or end it.")


def _still_to_come(viewer: Viewer, left: Sequence[Session]) -> list[Problem]:
    if len(left) > MOST_NAMED:
        remedy = "Tick each that shall be cancelled, or move them or hand them over first."
        return [Problem("cancels", f"{len(left)} sessions are still to come.", remedy)]
    remedy = "Cancel it here, or move it or hand it over first."
    return [Problem("cancels", f"{_named(viewer, one)} is still to come.", remedy) for one in left]


def _cancel_all(db: Db, viewer: Viewer, now: datetime, held: Sequence[Session], draft: DeactivateDraft) -> None:
    """Cancel the sessions they hold. Raises Refusal that names what the draft leaves out, or counts it."""
    left = [one for one in held if one.id not in draft.cancels]
    if left:
        raise Refusal(*_still_to_come(viewer, left))
    if held and not draft.reason:
        raise Refusal.of("reason", "The reason is missing.", "Say why: everybody concerned will read it.")
    for session in held:
        parts = parts_of(viewer, session, None, None)
        lifecycle.next_status(facts_of(session), Step.CANCEL, parts, now)
    if held:
        call_off(db, viewer, now, held, Step.CANCEL, draft.reason, cancel_reason=draft.reason)


def _named(viewer: Viewer, session: Session) -> str:
    when = spoken.moment(session.start_at, viewer.zone) if session.start_at else ""
    return f"“{session.name}”, {when},"
