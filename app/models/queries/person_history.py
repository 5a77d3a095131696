"""What became of a person and of their relationships, in words, for managers. It tells no message and no notes."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.permissions import Viewer
from app.models.queries.history import step_words
from app.models.queries.people import role_word
from app.models.tables import Change, Person, Program, Relationship, Session

LISTED = 50
"""So many steps stand on one page."""

_OF_PERSON: dict[str, str] = {
    "add_person": "added this person",
    "deactivate": "deactivated this person",
    "reactivate_person": "let this person sign in again",
    "access_link": "copied a first-access link",
    "first_access": "signed in for the first time",
    "send_access": "sent a first-access link",
    "founded": "founded the organisation",
    "password": "chose a new password",
    "signed_out": "signed out of other browsers",
    "open_hours": "changed the open hours",
    "test_mail": "sent a test mail",
    "make_feed": "made a private calendar link",
    "revoke_feed": "gave up the private calendar link",
}
_FIELDS: dict[str, str] = {
    "first_name": "the first name",
    "last_name": "the last name",
    "email": "the e-mail address",
    "zone": "the time zone",
    "bio": "what is said about them",
    "browser_zone": "the time zone of the browser",
    "tags": "the tags",
    "roles": "the roles",
    "rank": "the part in the organisation",
    "wants_messages": "the mails about messages",
}
_OF_PAIR: dict[str, str] = {
    "assign": "assigned",
    "end": "ended the assignment of",
    "hand_over": "handed over",
    "close_thread": "closed the messages of",
    "reopen_thread": "reopened the messages of",
    "add_session": "added a session for",
}


@dataclass(frozen=True)
class HistoryLine:
    """One step: who, when in the viewer's zone, what, where one can look (or ""), and the reason given (or "")."""

    id: int
    who: str
    at: str
    what: str
    about: str
    href: str
    reason: str


@dataclass(frozen=True)
class History:
    """One page of steps, the latest first, and how many there are in all."""

    lines: list[HistoryLine]
    count: int


def load_person_history(db: Db, viewer: Viewer, person_id: int, *, page: int) -> History:
    """List what became of somebody, of their relationships and of the sessions in these. Four queries.

    The caller has checked that the viewer manages them; a programme's manager reads of that programme only.
    """
    wanted = _wanted(viewer, person_id)
    count = db.exec(select(sa.func.count()).select_from(Change).where(wanted)).one()
    query = (
        select(Change, Session, Relationship, Program)
        .outerjoin(Session, col(Session.id) == col(Change.session_id))
        .outerjoin(Relationship, col(Relationship.id) == col(Change.relationship_id))
        .outerjoin(Program, col(Program.id) == col(Change.program_id))
        .where(wanted)
        .order_by(col(Change.at).desc(), col(Change.id).desc())
        .limit(LISTED)
        .offset((page - 1) * LISTED)
    )
    rows = list(db.exec(query))
    names = _names(db, [(change, pair) for change, _, pair, _ in rows])
    return History([_line(viewer, names, *row) for row in rows], count)


def _wanted(viewer: Viewer, person_id: int) -> sa.ColumnElement[bool]:
    theirs = select(Relationship.id).where(
        sa.or_(col(Relationship.mentor_id) == person_id, col(Relationship.mentee_id) == person_id)
    )
    about = sa.or_(col(Change.person_id) == person_id, col(Change.relationship_id).in_(theirs))
    if viewer.is_org_manager:
        return about
    mine = sa.or_(col(Change.program_id).in_(viewer.managed), col(Change.program_id).is_(None))
    return sa.and_(about, mine)


def _names(db: Db, rows: list[tuple[Change, Relationship | None]]) -> dict[int, str]:
    ids = {one for change, _ in rows for one in (change.actor_id, change.person_id) if one is not None}
    for _, pair in rows:
        ids |= {pair.mentor_id, pair.mentee_id} if pair else set()
    people = db.exec(select(Person).where(col(Person.id).in_(ids))).all()
    return {person.id or 0: person.name for person in people}


def _line(
    viewer: Viewer,
    names: Mapping[int, str],
    change: Change,
    session: Session | None,
    pair: Relationship | None,
    program: Program | None,
) -> HistoryLine:
    who = names.get(change.actor_id, "A former participant") if change.actor_id is not None else "Meridian"
    what, about, href = _what(viewer.zone, names, change, session, pair, program)
    return HistoryLine(
        id=change.id or 0,
        who="You" if change.actor_id == viewer.person_id else who,
        at=spoken.moment(change.at, viewer.zone),
        what=what,
        about=about,
        href=href,
        reason=change.reason,
    )


def _what(
    zone: str,
    names: Mapping[int, str],
    change: Change,
    session: Session | None,
    pair: Relationship | None,
    program: Program | None,
) -> tuple[str, str, str]:
    if session is not None:
        gone = session.deleted_at is not None
        whom = names.get(change.person_id or 0, "a former participant")
        return step_words(change, zone, whom), session.name, "" if gone else f"/s/{session.id}"
    if pair is not None:
        both = f"{names.get(pair.mentor_id, '')} and {names.get(pair.mentee_id, '')}"
        said = f"{_OF_PAIR.get(change.step, change.step.replace('_', ' '))} {both}"
        return said, program.name if program else "", f"/relationships/{pair.id}"
    return _person_words(change, program), program.name if program else "", ""


def _person_words(change: Change, program: Program | None) -> str:
    """Say what a step about a person did to them."""
    after, role = change.after, change.after.get("role") or change.before.get("role") or ""
    word = role_word(program, role) if program and role else "member"
    match change.step:
        case "edit_person" | "account" | "browser_zone":
            return f"changed {spoken.names([said for name, said in _FIELDS.items() if name in after]) or 'the details'}"
        case "tag":
            return f"added the tag “{after.get('tag', '')}”"
        case "untag":
            return f"took away the tag “{after.get('tag', '')}”"
        case "add_member":
            return f"made this person {word}"
        case "remove_member":
            return f"took away the role of {word}"
        case "change_member":
            cohort = after.get("cohort")
            return f"moved this person to the cohort “{cohort}”" if cohort else "took this person out of their cohort"
        case step:
            return _OF_PERSON.get(step, step.replace("_", " "))
