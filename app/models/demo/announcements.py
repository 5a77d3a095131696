"""What the demo's managers announced: in the bell only, for nobody invented is to be mailed."""

from datetime import datetime, timedelta

from sqlmodel import Session as Db

from app.models.demo.people import House, Team
from app.models.queries.announcements import batch_of
from app.models.tables import Announcement, Notice, Person
from app.models.words import MailStatus, NoticeKind
from app.models.words.announcements import Reach

SAID = (
    (
        34,
        None,
        "Welcome to the new term",
        (
            "Dear all,\n\nthe new term has begun. Please look through your sessions and arrange what is open.\n\n"
            "Whoever cannot come any more: say so early, so that somebody else can have the hour.\n\nThank you all!"
        ),
    ),
    (
        9,
        0,
        "New worksheets are there",
        (
            "The worksheets for this half of the year are ready:\nhttps://example.org/worksheets\n\n"
            "Please use them from next week on."
        ),
    ),
    (
        2,
        None,
        "We are closed on the holiday",
        (
            "The house is closed on the public holiday next week. Online sessions take place as planned; "
            "whoever meets in person, please choose another day or meet online."
        ),
    ),
)
"""How many days ago, to which programme (None: to everybody), the subject and the text."""
SEEN_AFTER_DAYS = 5


def announce(db: Db, house: House, now: datetime) -> None:
    """Let the owner have announced a few things; what is older was seen by most."""
    for days, team, subject, text in SAID:
        sent_at = now - timedelta(days=days, hours=3)
        program = house.teams[team].program if team is not None else None
        people = [one for each in (house.teams if team is None else [house.teams[team]]) for one in _people(each)]
        reach = {"reach": Reach.PROGRAM, "program_id": program.id} if program else {"reach": Reach.EVERYBODY}
        row = Announcement(
            sender_id=house.owner.id or 0,
            program_id=program.id if program else None,
            subject=subject,
            text=text,
            audience=reach | {"words": program.name if program else "Everybody"},
            readers=len(people),
            sent_at=sent_at,
        )
        db.add(row)
        db.flush()
        db.add_all(_notice(row, house.owner, one.id or 0, seen=days > SEEN_AFTER_DAYS) for one in people)


def _people(team: Team) -> list[Person]:
    return [*team.mentors, *team.mentees]


def _notice(row: Announcement, sender: Person, person_id: int, *, seen: bool) -> Notice:
    facts = {"actor": sender.name, "actor_id": sender.id, "announcement_id": row.id}
    return Notice(
        kind=NoticeKind.ANNOUNCEMENT,
        person_id=person_id,
        batch_id=batch_of(row.id or 0),
        dedupe_key=f"{NoticeKind.ANNOUNCEMENT}:{row.id}:{person_id}",
        facts=facts | {"subject": row.subject, "text": row.text},
        created_at=row.sent_at,
        due_at=row.sent_at,
        seen_at=row.sent_at + timedelta(hours=5) if seen and person_id % 5 else None,
        mail_status=MailStatus.NONE,
    )
