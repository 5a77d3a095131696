"""What is told to whom, written in the command's own transaction. Sends nothing.

One call a command, one notice a person, however many sessions it touched (N6).
`facts` keeps what was true then; words and zones are worked out when it is sent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.period import Period
from app.models.permissions import HOLDING, Viewer
from app.models.tables import Change, Move, Notice, Seat, Series, Session
from app.models.words import FIELD_WORDS, MailStatus, NoticeKind, Step

NEWS_LASTS = timedelta(days=30)


def named(columns: Iterable[str]) -> list[str]:
    """Name columns of a session as a person would, in a steady order; those that tell nobody anything are left out."""
    changed = set(columns)
    return [word for column, word in FIELD_WORDS.items() if column in changed]


def tell(
    db: Db,
    kind: NoticeKind,
    sessions: Sequence[Session],
    *,
    actor: Viewer | None,
    now: datetime,
    reason: str = "",
    moves: Mapping[int, Move] | None = None,
    mails: bool = True,
    due_at: datetime | None = None,
    batch_id: str = "",
    changed: Sequence[str] = (),
) -> None:
    """Tell everybody with a seat in `sessions` what became of them.

    `sessions` are as they are after the change (flushed, with ids); `moves` gives the
    Move of each that changed its time, by session id. `mails` False (R4 unticked) leaves
    the bell and the feed only. `due_at` delays the mail (a drag's time for Undo).
    `changed` names in words for a person what a change touched, such as "place". The
    actor's own notice is already seen but still mailed: their calendar must follow.
    """
    by_person = _concerned(db, sessions)
    series = _series_of(db, sessions)
    olds = {session_id: Period(move.old_start_at, move.old_end_at) for session_id, move in (moves or {}).items()}
    for person_id, theirs in by_person.items():
        subject = theirs[0]
        versions = ",".join(f"{session.id}.{session.version}" for session in theirs[:20])
        facts: dict[str, Any] = {
            "actor": actor.name if actor else "",
            "actor_id": actor.person_id if actor else None,
            "reason": reason,
            "changed": list(changed),
            "sessions": [snapshot(session, olds.get(session.id or 0)) for session in theirs],
            "series": series.get(subject.series_id or 0),
        }
        db.add(
            Notice(
                kind=kind,
                person_id=person_id,
                session_id=subject.id,
                batch_id=batch_id,
                dedupe_key=f"{kind}:{versions}:{len(theirs)}:{person_id}",
                facts=facts,
                created_at=now,
                due_at=due_at or now,
                useful_until=max((s.end_at for s in theirs if s.end_at), default=None),
                seen_at=now if actor and actor.person_id == person_id else None,
                mail_status=MailStatus.WAITING if mails else MailStatus.NONE,
            )
        )


def tell_person(
    db: Db,
    kind: NoticeKind,
    person_id: int,
    facts: Mapping[str, Any],
    *,
    actor: Viewer | None,
    now: datetime,
    dedupe_key: str,
    session_id: int | None = None,
    batch_id: str = "",
    due_at: datetime | None = None,
    useful_until: datetime | None = None,
    private: bool = False,
    mails: bool = True,
) -> Notice:
    """Tell one person something that need not be about sessions; a key that was used gives the notice it has.

    `facts` are joined by the actor's name and id. The actor's own notice is already seen. Without
    `useful_until` its mail may go within `NEWS_LASTS`: an outbox that stood still sends no old news.
    """
    key = f"{kind}:{dedupe_key}:{person_id}"
    if (earlier := db.exec(select(Notice).where(Notice.dedupe_key == key)).one_or_none()) is not None:
        return earlier
    notice = Notice(
        kind=kind,
        person_id=person_id,
        session_id=session_id,
        batch_id=batch_id,
        dedupe_key=key,
        facts={"actor": actor.name if actor else "", "actor_id": actor.person_id if actor else None} | dict(facts),
        private=private,
        created_at=now,
        due_at=due_at or now,
        useful_until=useful_until or now + NEWS_LASTS,
        seen_at=now if actor and actor.person_id == person_id else None,
        mail_status=MailStatus.WAITING if mails else MailStatus.NONE,
    )
    db.add(notice)
    db.flush()
    return notice


def about(db: Db, sessions: Sequence[Session], *, olds: Mapping[int, Period] | None = None) -> dict[str, Any]:
    """Give the facts by which a mail tells of sessions and keeps calendars in step, for `tell_person`.

    `sessions` are as they are after the change (flushed); `olds` are the times that some had before, by id.
    """
    series = _series_of(db, sessions)
    return {
        "sessions": [snapshot(session, (olds or {}).get(session.id or 0)) for session in sessions],
        "series": series.get(sessions[0].series_id or 0) if sessions else None,
    }


def hasten(db: Db, session_ids: Sequence[int], now: datetime) -> None:
    """Let the notices of an earlier drag of these sessions go at once, so that they leave before newer ones."""
    drags = select(Change.batch_id).where(
        col(Change.session_id).in_(session_ids),
        Change.step == Step.MOVE,
        Change.batch_id != "",
        Change.at > now - timedelta(minutes=1),
    )
    db.exec(
        sa.update(Notice)
        .where(col(Notice.batch_id).in_(drags), col(Notice.due_at) > now, col(Notice.mail_status) == MailStatus.WAITING)
        .values(due_at=now)
    )


def _concerned(db: Db, sessions: Sequence[Session]) -> dict[int, list[Session]]:
    ids = [session.id for session in sessions]
    rows = db.exec(
        select(Seat.session_id, Seat.person_id).where(col(Seat.session_id).in_(ids), col(Seat.status).in_(HOLDING))
    ).all()
    by_id = {session.id: session for session in sessions}
    people: dict[int, list[Session]] = {}
    for session_id, person_id in sorted(rows, key=lambda row: (ids.index(row[0]), row[1])):
        people.setdefault(person_id, []).append(by_id[session_id])
    return people


def _series_of(db: Db, sessions: Sequence[Session]) -> dict[int, dict[str, Any]]:
    ids = {session.series_id for session in sessions if session.series_id}
    if not ids:
        return {}
    rows = db.exec(select(Series).where(col(Series.id).in_(ids))).all()
    return {
        row.id or 0: {
            "uid": row.uid,
            "rrule": row.rrule,
            "zone": row.zone,
            "first_wall": row.first_wall,
            "minutes": row.minutes,
            "skipped_walls": row.skipped_walls,
        }
        for row in rows
    }


def snapshot(session: Session, old: Period | None = None) -> dict[str, Any]:
    """Give a session as facts keep it, with the time it had before where it was moved."""
    kept = (
        "id",
        "uid",
        "sequence",
        "kind",
        "number",
        "title",
        "details",
        "zone",
        "place",
        "session_type",
        "address",
    )
    kept += (
        "platform",
        "link",
        "passcode",
        "status",
        "program_id",
        "host_id",
        "mentee_id",
        "asked_id",
        "series_id",
        "slug",
        "audience",
    )
    facts: dict[str, Any] = {name: getattr(session, name) for name in kept}
    facts["is_deleted"] = session.deleted_at is not None
    for name in ("start_at", "end_at", "recurrence_at"):
        value: datetime | None = getattr(session, name)
        facts[name] = value.isoformat() if value else None
    if old is not None:
        facts |= {"old_start_at": old.start.isoformat(), "old_end_at": old.end.isoformat()}
    return facts
