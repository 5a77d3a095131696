"""The people and the sheets of sessions that the bulk bench carries out: a hundred mentors' term, row by row.

No two rows clash. Four of five book a pair that works together; every fifth publishes a group
session, and every tenth invites three people to it.
"""

from collections.abc import Sequence
from datetime import timedelta

from app.models import clock
from app.models.commands.assigning import pair
from app.models.database import transaction
from app.models.folding import search_text
from app.models.permissions import load_viewer
from app.models.tables import Organisation, Person, Program
from app.models.words import ProgramKind, Rank
from tests.support.roster import as_csv

MENTORS = 100
MENTEES = 4
"""So many has each mentor."""
HEADINGS = (
    *("Action", "id", "title", "description", "type", "Mentor(Email)", "Mentees(Email)", "Date(DD-MM-YYYY)"),
    *("Time Zone(IST/UTC)", "Time (24 hrs)", "Duration(Min)", "recommended_for", "categories", "medium"),
    *("Meeting Platform", "Meeting Link", "Meeting Passcode (if needed)"),
)


def fill() -> int:
    """Fill an empty database with an organisation, a programme and its pairs; give the manager's id."""
    now = clock.now()
    with transaction() as db:
        db.add(Organisation(name="Bench", secret="bench", created_at=now))
        db.add(Program(id=1, name="Bench", kind=ProgramKind.MENTORING, allows_group_sessions=True, created_at=now))
        db.add(Person(email="boss@example.org", slug="boss", rank=Rank.OWNER, zone="UTC", created_at=now))
        db.flush()
        people = [name for mentor in range(MENTORS) for name in (f"mentor{mentor}", *_mentees(mentor))]
        db.add_all(
            Person(
                email=f"{name}@example.org",
                slug=name,
                first_name=name,
                zone="UTC",
                search_text=search_text(name, "", f"{name}@example.org"),
                created_at=now,
            )
            for name in people
        )
    _pair_up(people)
    return 1


def _pair_up(people: Sequence[str]) -> None:
    now, ids = clock.now(), {name: number for number, name in enumerate(people, 2)}
    with transaction() as db:
        viewer, program = load_viewer(db, 1), db.get_one(Program, 1)
        assert viewer is not None
        for mentor in range(MENTORS):
            for mentee in _mentees(mentor):
                pair(db, viewer, now, program, ids[f"mentor{mentor}"], ids[mentee], mails=False)


def creating(count: int) -> bytes:
    """Write a file of `count` new sessions."""
    return as_csv([HEADINGS, *(_new(number) for number in range(count))])


def editing(session_ids: Sequence[int]) -> bytes:
    """Write a file that moves every session by half an hour and gives it another title."""
    rows = [
        ["Edit", f"{one}", f"Term plan {number}", *[""] * 6, _hour(number, 30), *[""] * 7]
        for number, one in enumerate(session_ids)
    ]
    return as_csv([HEADINGS, *rows])


def deleting(session_ids: Sequence[int]) -> bytes:
    """Write a file that deletes every session."""
    return as_csv([HEADINGS, *(["Delete", f"{one}", *[""] * 15] for one in session_ids)])


def _new(number: int) -> list[str]:
    mentor, turn = number % MENTORS, number // MENTORS
    day = clock.now().date() + timedelta(days=7 + turn)
    is_group = (mentor + turn) % 5 == 0
    listed = _mentees(mentor)[:3] if turn % 2 else []
    mentees = listed if is_group else [_mentees(mentor)[turn % MENTEES]]
    return [
        *("Create", "", f"Session {number}", "What comes after numbers", "Public" if is_group else "Private"),
        *(f"mentor{mentor}@example.org", ",".join(f"{one}@example.org" for one in mentees)),
        *(f"{day:%d-%m-%Y}", "UTC", _hour(number), "60", "Teachers,Parents", "Algebra", "English"),
        *("Zoom", f"https://meet.example.org/{number}", "s3cret"),
    ]


def _hour(number: int, minutes: int = 0) -> str:
    return f"{8 + number % MENTORS % 10:02}:{minutes:02}"


def _mentees(mentor: int) -> list[str]:
    return [f"mentee{mentor}.{number}" for number in range(MENTEES)]
