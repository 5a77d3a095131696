"""Rows to tell of, and short ways to tell, send and read."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from sqlmodel import SQLModel, col, select

from app.models import clock, notices
from app.models.database import reading, transaction
from app.models.folding import search_text
from app.models.letters import Letter, read_letters
from app.models.permissions import Viewer
from app.models.tables import Move, Notice, Organisation, Person, Program, Seat, Series, Session
from app.models.words import Kind, MailStatus, NoticeKind, Place, Platform, Rank, SeatStatus, Status

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """Give the instant at which the clocks of `zone` show `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class World:
    """One organisation, one programme, Barbara who instructs Arjun."""

    def __init__(self) -> None:
        self.save(Organisation(name="Northlight", secret="s", zone="Europe/Berlin", created_at=NOW))
        self.program = self.save(
            Program(
                name="Piano for all", mentor_word="instructor", mentors_word="instructors",
                mentee_word="student", mentees_word="students", created_at=NOW,
            )
        )  # fmt: skip
        self.barbara = self.person("barbara@northlight.example", "Barbara", "Kowalski", "Europe/Berlin")
        self.arjun = self.person("arjun@northlight.example", "Arjun", "Rao", "Asia/Kolkata")

    def save(self, row: Any) -> Any:
        """Write one row."""
        with transaction() as db:
            db.add(row)
            db.flush()
        return row

    def update(self, row: SQLModel, **values: Any) -> None:
        """Change a row that was read before."""
        with transaction() as db:
            kept = db.get_one(type(row), row.id)  # pyright: ignore[reportAttributeAccessIssue]
            for name, value in values.items():
                setattr(kept, name, value)
                setattr(row, name, value)

    def settle(self, **values: Any) -> None:
        """Change the organisation's settings."""
        with transaction() as db:
            house = db.get_one(Organisation, 1)
            for name, value in values.items():
                setattr(house, name, value)

    def person(self, email: str, first: str = "", last: str = "", zone: str = "", **values: Any) -> Person:
        """Add a person."""
        return self.save(
            Person(
                email=email,
                first_name=first,
                last_name=last,
                zone=zone,
                slug=email,
                search_text=search_text(first, last, email),
                created_at=NOW,
                **values,
            )
        )

    def manager(self) -> Viewer:
        """Add a manager, and give who they are."""
        row = self.person("maria@northlight.example", "Maria", "Lopez", "Europe/Berlin", rank=Rank.MANAGER)
        return viewer(row, is_org_manager=True)

    def session(self, start: datetime, minutes: int = 60, **values: Any) -> Session:
        """Add a one-to-one of Barbara and Arjun, with their seats."""
        given: dict[str, Any] = {
            "program_id": self.program.id, "host_id": self.barbara.id, "mentee_id": self.arjun.id,
            "status": Status.SCHEDULED, "title": "Piano", "start_at": start, "zone": "Europe/Berlin",
            "end_at": start + timedelta(minutes=minutes), "platform": Platform.BIG_BLUE_BUTTON,
            "place": Place.ONLINE, "created_at": NOW, "uid": f"one-{start:%Y%m%dT%H%M}@northlight",
        }  # fmt: skip
        session = self.save(Session(**(given | values)))
        self.seat(session, self.barbara, is_host=True)
        if session.mentee_id:
            self.seat(session, self.arjun)
        return session

    def group(self, start: datetime, participants: Sequence[Person]) -> Session:
        """Add a group session that Barbara hosts."""
        session = self.session(start, kind=Kind.GROUP, mentee_id=None, title="Harmony", maximum=9)
        for person in participants:
            self.seat(session, person, status=SeatStatus.INVITED)
        return session

    def seat(self, session: Session, person: Person, **values: Any) -> None:
        """Give a person a place."""
        self.save(Seat(session_id=session.id, person_id=person.id, since=NOW, **values))

    def series(self, rrule: str, first: str, zone: str = "Europe/Berlin", skipped: Sequence[str] = ()) -> list[Session]:
        """Book a series as a command does: the dates of the rule less the skipped ones, one UID."""
        run = self.save(
            Series(
                uid="series@northlight", rrule=rrule, zone=zone, first_wall=first, minutes=60,
                skipped_walls=list(skipped), created_at=NOW,
            )
        )  # fmt: skip
        walls = list(rrulestr(rrule, dtstart=datetime.fromisoformat(first)))
        starts = [clock.instant(wall, zone) for wall in walls if f"{wall:%Y-%m-%dT%H:%M}" not in skipped]
        return [self.session(start, uid=run.uid, series_id=run.id, recurrence_at=start, zone=zone) for start in starts]

    def move(self, session: Session, start: datetime) -> Move:
        """Move a session as a command does."""
        assert session.start_at is not None
        assert session.end_at is not None
        move = Move(
            session_id=session.id or 0, old_start_at=session.start_at, old_end_at=session.end_at,
            new_start_at=start, new_end_at=start + (session.end_at - session.start_at), moved_at=NOW,
        )  # fmt: skip
        self.change(session, start_at=move.new_start_at, end_at=move.new_end_at)
        return self.save(move)

    def change(self, session: Session, **values: Any) -> None:
        """Change a session that people will hear of: its version and SEQUENCE rise."""
        self.update(session, version=session.version + 1, sequence=session.sequence + 1, **values)

    def tell(self, kind: NoticeKind, sessions: Sequence[Session], actor: Person | None = None, **options: Any) -> None:
        """Write the notices."""
        now = options.pop("now", NOW)
        with transaction() as db:
            notices.tell(db, kind, sessions, actor=viewer(actor) if actor else None, now=now, **options)

    def say(self, person: Person, kind: NoticeKind, facts: dict[str, Any], **values: Any) -> Notice:
        """Write one notice that is about no session."""
        return self.save(
            Notice(
                kind=kind, person_id=person.id, dedupe_key=uuid.uuid4().hex, facts=facts,
                created_at=NOW, due_at=NOW, **values,
            )
        )  # fmt: skip

    def letter(self, person: Person) -> Letter:
        """Read the newest letter to a person."""
        with reading() as db:
            query = select(Notice).where(Notice.person_id == person.id).order_by(col(Notice.id).desc())
            row = db.exec(query).first()
            assert row is not None
            row.message_id = row.message_id or f"<{row.id}@northlight.example>"
            return read_letters(db, [row])[0]

    def outbox(self) -> list[Notice]:
        """Read all notices, oldest first."""
        with reading() as db:
            return list(db.exec(select(Notice).order_by(col(Notice.id))).all())

    def statuses(self) -> list[MailStatus]:
        """List where the mails stand, oldest first."""
        return [MailStatus(row.mail_status) for row in self.outbox()]


def viewer(person: Person, **values: Any) -> Viewer:
    """Give a person as permissions see them."""
    return Viewer(person.id or 0, person.name, person.email, person.zone or "UTC", **values)


def calendars(mail: EmailMessage) -> list[Calendar]:
    """Read the calendar parts back, as a mail program does."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [Calendar.from_ical(part.get_content()) for part in parts]


def events(calendar: Calendar) -> list[Event]:
    """List the VEVENTs in their order."""
    return [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]


def text_of(mail: EmailMessage) -> str:
    """Give the plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    """Give the HTML of a mail."""
    part = mail.get_body(("html",))
    assert part is not None
    return part.get_content()
