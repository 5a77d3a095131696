"""First access (P9): a link by which a person who was added chooses a password. Sent, sent again, or copied.

Whoever opens the link is that person from then on. So it is shown to a manager only for
somebody who has never been here, and over whom they have all the say there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history, hub, notices, passwords
from app.models.commands.access import Browser, LinkUsed, new_link, open_login, use_link, works
from app.models.commands.belonging import belongs_elsewhere
from app.models.database import lock_rows, reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, access_managed_person, is_id, load_viewer
from app.models.queries.logins import token_hash
from app.models.tables import Login, MailedLink, Notice, Person
from app.models.words import MailStatus, NoticeKind, Rank

FIRST_ACCESS = "first_access"
LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Newcomer:
    """Whom a link is for, as its page greets them."""

    name: str
    email: str


def send(db: Db, viewer: Viewer, now: datetime, person: Person, *, batch_id: str = "") -> None:
    """Mail a person their link, inside the caller's transaction. An earlier link stops working."""
    path = _new_path(db, now, person)
    until = now + LASTS
    notices.tell_person(
        db,
        NoticeKind.FIRST_ACCESS,
        person.id or 0,
        {"path": path, "until": until.isoformat()},
        actor=viewer,
        now=now,
        dedupe_key=token_hash(path),
        batch_id=batch_id,
        useful_until=until,
        private=True,
    ).seen_at = now
    history.record(db, viewer, "send_access", now=now, person_id=person.id, batch_id=batch_id)


def send_access(db: Db, viewer: Viewer, now: datetime, person_ids: Sequence[int]) -> dict[str, Any]:
    """Send links, or send them again; gives who was `sent` one, and who was `skipped`, with name and reason."""
    lock_rows(db, Person, [one for one in person_ids if is_id(one)])
    sent: list[int] = []
    skipped: list[dict[str, Any]] = []
    for person_id in dict.fromkeys(person_ids):
        try:
            person = access_managed_person(db, viewer, person_id)
            _require_newcomer(person)
        except NotFound:
            raise
        except Refusal as refusal:
            skipped.append({"person_id": person_id, "name": db.get_one(Person, person_id).name, "why": str(refusal)})
        else:
            send(db, viewer, now, person)
            sent.append(person_id)
    return {"sent": sent, "skipped": skipped}


def access_link(db: Db, viewer: Viewer, now: datetime, person_id: int) -> dict[str, Any]:
    """Make a link to copy, as the `path` of a page of ours. An earlier one, mailed or copied, stops working."""
    person = access_managed_person(db, viewer, person_id)
    lock_rows(db, Person, [person_id])
    db.refresh(person)
    _require_newcomer(person)
    _require_all_the_say(db, viewer, person)
    path = _new_path(db, now, person)
    history.record(db, viewer, "access_link", now=now, person_id=person_id)
    return {"path": path}


def newcomer_of(token: str, now: datetime) -> Newcomer | None:
    """Give whom a link is for, None where it no longer works. Looking does not use it up."""
    if not works(token, FIRST_ACCESS, now):
        return None
    with reading() as db:
        person_id = db.exec(select(MailedLink.person_id).where(MailedLink.token_hash == token_hash(token))).first()
        person = db.get(Person, person_id) if person_id else None
        return Newcomer(person.name, person.email) if person is not None and _may_come(person) else None


def choose_password(token: str, password: str, browser: Browser, now: datetime) -> str:
    """Use the link up, set the password, sign the browser in and give its cookie's value.

    Raises LinkUsed, or Refusal for a password nobody should choose; then nothing is written.
    """
    if not works(token, FIRST_ACCESS, now):
        raise LinkUsed  # before the hashing, which takes time that no stranger may have for nothing
    passwords.check_new(password)
    password_hash = passwords.hash_password(password)
    with transaction() as db:
        person_id = use_link(db, token, FIRST_ACCESS, now) or 0
        lock_rows(db, Person, [person_id])
        person = db.get(Person, person_id)
        if person is None or not _may_come(person):
            raise LinkUsed
        person.password_hash = password_hash
        history.record(db, load_viewer(db, person_id), FIRST_ACCESS, now=now, person_id=person_id)
        cookie = open_login(db, person_id, browser, now)
    hub.wake()
    return cookie


def _new_path(db: Db, now: datetime, person: Person) -> str:
    """Make the person's one link. The earlier is void; a mail that would still bring it is not sent."""
    mine = (col(MailedLink.person_id) == person.id, col(MailedLink.purpose) == FIRST_ACCESS)
    db.execute(sa.delete(MailedLink).where(*mine, col(MailedLink.used_at).is_(None)))
    waiting = (col(Notice.person_id) == person.id, col(Notice.kind) == NoticeKind.FIRST_ACCESS)
    still = sa.update(Notice).where(*waiting, col(Notice.mail_status) == MailStatus.WAITING)
    db.execute(still.values(mail_status=MailStatus.DROPPED))
    return f"/welcome/{new_link(db, FIRST_ACCESS, now, LASTS, person_id=person.id)}"


def _may_come(person: Person) -> bool:
    return person.deactivated_at is None and person.password_hash is None


def _require_newcomer(person: Person) -> None:
    if person.deactivated_at is not None:
        raise Refusal.of("", f"{person.name} is no longer active.", "Reactivate them first.")
    if person.password_hash is not None:
        raise Refusal.of("", f"{person.name} has a password already.", "They can have a sign-in link sent to them.")


def _require_all_the_say(db: Db, viewer: Viewer, person: Person) -> None:
    """Raise Refusal where the link would let the viewer be somebody who may more than they, or read their messages."""
    if person.rank != Rank.NONE and not viewer.is_owner:
        raise Refusal.of("", f"{person.name} manages the organisation.", "Send them the link by e-mail instead.")
    if belongs_elsewhere(db, viewer, person):
        remedy = "Send them the link by e-mail instead."
        raise Refusal.of("", f"{person.name} belongs to programmes that you do not manage.", remedy)
    if has_been_here(db, person):
        remedy = "They can have a sign-in link sent to them."
        raise Refusal.of("", f"{person.name} has signed in before.", remedy)


def has_been_here(db: Db, person: Person) -> bool:
    """Whether somebody has ever signed in."""
    came = sa.or_(
        sa.exists(select(Login.id).where(Login.person_id == person.id)),
        sa.exists(select(MailedLink.id).where(MailedLink.person_id == person.id, col(MailedLink.used_at).is_not(None))),
    )
    return person.browser_zone != "" or db.exec(select(came)).one()
