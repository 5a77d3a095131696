"""What is told to whom, written in the command's own transaction. Sends nothing.

One call a command, one notice a person, however many sessions it touched (N6).
`facts` keeps what was true then; words and zones are worked out when it is sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
KEPT = (
    *("id", "uid", "sequence", "kind", "number", "title", "details", "zone", "status", "slug", "audience"),
    *("place", "session_type", "address", "platform", "link", "passcode"),
    *("program_id", "host_id", "mentee_id", "asked_id", "series_id"),
)
"""The columns of a session that facts keep."""


@dataclass(frozen=True)
class News:
    """What became of some sessions, told of as one. `moves`, `mails` and `changed` are as in `tell`."""

    kind: NoticeKind
    sessions: Sequence[Session]
    reason: str = ""
    moves: Mapping[int, Move] = field(default_factory=dict[int, Move])
    mails: bool = True
    changed: Sequence[str] = ()


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
    news = News(kind, sessions, reason, moves or {}, mails, changed)
    tell_all(db, [news], actor=actor, now=now, due_at=due_at, batch_id=batch_id)


def tell_all(
    db: Db,
    news: Sequence[News],
    *,
    actor: Viewer | None,
    now: datetime,
    due_at: datetime | None = None,
    batch_id: str = "",
) -> None:
    """Tell of each by itself, as `tell` does; three statements, however many there are."""
    sessions = [session for one in news for session in one.sessions]
    seated, series = _seated(db, sessions), _series_of(db, sessions)
    by = {"actor": actor.name if actor else "", "actor_id": actor.person_id if actor else None}
    common = {"created_at": now, "due_at": due_at or now, "batch_id": batch_id}
    rows = [
        row | common | {"facts": by | row["facts"], "seen_at": now if row["person_id"] == by["actor_id"] else None}
        for one in news
        for row in _rows(one, seated, series)
    ]
    if rows:
        db.flush()
        db.execute(sa.insert(Notice), rows)


def _rows(
    news: News, seated: Mapping[int, Sequence[int]], series: Mapping[int, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Make the notice of each person whom some news concern."""
    olds = {session_id: Period(move.old_start_at, move.old_end_at) for session_id, move in news.moves.items()}
    shown = {session.id: snapshot(session, olds.get(session.id or 0)) for session in news.sessions}
    people: dict[int, list[Session]] = {}
    for session in news.sessions:
        for person_id in seated.get(session.id or 0, ()):
            people.setdefault(person_id, []).append(session)
    for person_id, theirs in people.items():
        versions = ",".join(f"{session.id}.{session.version}" for session in theirs[:20])
        yield {
            "kind": news.kind,
            "person_id": person_id,
            "session_id": theirs[0].id,
            "dedupe_key": f"{news.kind}:{versions}:{len(theirs)}:{person_id}",
            "facts": {
                "reason": news.reason,
                "changed": list(news.changed),
                "sessions": [shown[session.id] for session in theirs],
                "series": series.get(theirs[0].series_id or 0),
            },
            "useful_until": max((s.end_at for s in theirs if s.end_at), default=None),
            "mail_status": MailStatus.WAITING if news.mails else MailStatus.NONE,
        }


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
    return tell_people(
        db,
        kind,
        {person_id: facts},
        actor=actor,
        now=now,
        dedupe_key=dedupe_key,
        session_id=session_id,
        batch_id=batch_id,
        due_at=due_at,
        useful_until=useful_until,
        private=private,
        mails=mails,
    )[person_id]


def tell_people(
    db: Db,
    kind: NoticeKind,
    told: Mapping[int, Mapping[str, Any]],
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
) -> dict[int, Notice]:
    """Tell each of these people their own facts, as `tell_person` does; gives each one's notice."""
    keys = {person_id: f"{kind}:{dedupe_key}:{person_id}" for person_id in told}
    earlier = db.exec(select(Notice).where(col(Notice.dedupe_key).in_(keys.values()))).all()
    found = {notice.person_id: notice for notice in earlier}
    by = {"actor": actor.name if actor else "", "actor_id": actor.person_id if actor else None}
    for person_id in [one for one in told if one not in found]:
        found[person_id] = Notice(
            kind=kind,
            person_id=person_id,
            session_id=session_id,
            batch_id=batch_id,
            dedupe_key=keys[person_id],
            facts=by | dict(told[person_id]),
            private=private,
            created_at=now,
            due_at=due_at or now,
            useful_until=useful_until or now + NEWS_LASTS,
            seen_at=now if actor and actor.person_id == person_id else None,
            mail_status=MailStatus.WAITING if mails else MailStatus.NONE,
        )
    db.add_all(found.values())
    db.flush()
    return found


def tell_each(
    db: Db,
    kind: NoticeKind,
    session: Session,
    people: Iterable[int],
    more: Mapping[str, Any] | None = None,
    *,
    key: str,
    now: datetime,
    useful_until: datetime,
) -> None:
    """Tell these people of one session what nobody did but the clock; `key` names the occasion, `more` are facts."""
    facts = {"actor": "", "actor_id": None, "reason": "", "sessions": [snapshot(session)], "series": None}
    db.add_all(
        Notice(
            kind=kind,
            person_id=person_id,
            session_id=session.id,
            batch_id=key,
            dedupe_key=f"{key}:{person_id}",
            facts=facts | dict(more or {}),
            created_at=now,
            due_at=now,
            useful_until=useful_until,
            mail_status=MailStatus.WAITING,
        )
        for person_id in people
    )


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


def _seated(db: Db, sessions: Sequence[Session]) -> dict[int, list[int]]:
    """List who has a seat in each session, in the order of their ids."""
    query = select(Seat.session_id, Seat.person_id).where(
        col(Seat.session_id).in_([session.id for session in sessions]), col(Seat.status).in_(HOLDING)
    )
    found: dict[int, list[int]] = {}
    for session_id, person_id in sorted(db.exec(query)):
        found.setdefault(session_id, []).append(person_id)
    return found


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
    facts: dict[str, Any] = {name: getattr(session, name) for name in KEPT}
    facts["is_deleted"] = session.deleted_at is not None
    for name in ("start_at", "end_at", "recurrence_at"):
        value: datetime | None = getattr(session, name)
        facts[name] = value.isoformat() if value else None
    if old is not None:
        facts |= {"old_start_at": old.start.isoformat(), "old_end_at": old.end.isoformat()}
    return facts
