"""A server whose calendar holds exactly the rows a test names."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page

from app.models.calendar_layout import monday_of
from app.models.queries.logins import LOGIN_COOKIE
from tests.support.pages import wait_until_live
from tests.support.servers import Server

ZONE = "Europe/Berlin"
MONDAY = monday_of(date.today()) + timedelta(days=28)  # noqa: DTZ011  # far enough ahead in every zone
OWNER, MAX, MIA = 1, 2, 3
FILL = """
import json, sys
from datetime import datetime, timedelta
from app.models import clock
from app.models.commands.booking import book
from app.models.commands.relationships import new_uid
from app.models.commands.run import perform
from app.models.database import reading, transaction
from app.models.drafts import BookingDraft, Meeting, Repetition
from app.models.folding import search_text
from app.models.permissions import load_viewer
from app.models.queries.logins import token_hash
from app.models.tables import Login, Membership, Organisation, Person, Program, Relationship, Seat, Session

rows, zone = json.loads(sys.argv[1]), sys.argv[2]
now = clock.now()
people = ["Olga Owner", "Max Mentor", "Mia Müller", "Mara Mentor", "Noa Novak"]
with transaction() as db:
    db.add(Organisation(id=1, name="Bright Futures", secret="s" * 32, zone=zone, created_at=now))
    for number, name in enumerate(people, 1):
        first, last = name.split()
        email = f"{first.lower()}@example.org"
        db.add(Person(id=number, email=email, first_name=first, last_name=last, slug=first, zone=zone,
                      search_text=search_text(first, last, email), rank="owner" if number == 1 else "", created_at=now))
    for number, name, kind, mentor, mentee in ((1, "Reading", "tutoring", "instructor", "student"),
                                               (2, "Next step", "coaching", "coach", "coachee")):
        db.add(Program(id=number, name=name, kind=kind, mentor_word=mentor, mentee_word=mentee, created_at=now))
    db.flush()
    for number in range(1, 6):
        db.add(Login(person_id=number, token_hash=token_hash(f"browser-of-{number}"), created_at=now,
                     expires_at=now + timedelta(days=1)))
    for program, mentor, mentee in ((1, 2, 3), (1, 4, 5), (2, 4, 5)):
        db.add(Relationship(program_id=program, mentor_id=mentor, mentee_id=mentee, created_at=now))
    for program in (1, 2):
        for person, role in ((2, "mentor"), (4, "mentor"), (3, "mentee"), (5, "mentee")):
            db.add(Membership(program_id=program, person_id=person, role=role, created_at=now))
for row in rows:
    start = datetime.fromisoformat(row["start"])
    if row["weeks"]:
        with reading() as db:
            owner = load_viewer(db, 1)
        meeting = Meeting(place="in_person", address="Room 4")
        repetition = Repetition(repeat="weekly", times=row["weeks"])
        perform(book, owner, "", BookingDraft(
            day=start.date(), at=start.time(), zone=zone, minutes=row["minutes"], program_id=row["program"],
            mentor_id=row["mentor"], mentee_id=row["mentee"], meeting=meeting, title=row["title"],
            repetition=repetition))
        continue
    with transaction() as db:
        at = clock.instant(start, zone)
        session = Session(kind="one_to_one", program_id=row["program"], host_id=row["mentor"], mentee_id=row["mentee"],
                          status=row["status"], title=row["title"], uid=new_uid(), zone=zone, place=row["place"],
                          start_at=at, end_at=at + timedelta(minutes=row["minutes"]), address="Room 4", created_at=now)
        db.add(session)
        db.flush()
        for person, is_host in ((row["mentor"], True), (row["mentee"], False)):
            db.add(Seat(session_id=session.id, person_id=person, is_host=is_host, since=now))
"""


@dataclass(frozen=True)
class Row:
    """A session to be there: `day` counts from MONDAY, `hour` is Berlin's; `weeks` makes it a booked series."""

    title: str
    day: int
    hour: str
    minutes: int = 60
    status: str = "scheduled"
    place: str = "in_person"
    mentor: int = MAX
    mentee: int = MIA
    program: int = 1
    weeks: int = 0

    @property
    def start(self) -> str:
        """The naive wall time, ISO 8601."""
        return f"{MONDAY + timedelta(days=self.day)}T{self.hour}:00"


def furnish(server: Server, rows: Sequence[Row]) -> Server:
    """Fill the database of a server that is not running yet, and start it."""
    server.migrate()
    server.run("-c", FILL, json.dumps([asdict(row) | {"start": row.start} for row in rows]), ZONE)
    return server.start()


def look_at(page: Page, server: Server, address: str = "", person: int = OWNER) -> None:
    """Open the calendar as a person who is signed in."""
    hosts = (urlsplit(server.base_url).hostname or "", "localhost")
    cookie = {"name": LOGIN_COOKIE, "value": f"browser-of-{person}", "path": "/"}
    page.context.add_cookies([{**cookie, "domain": host} for host in hosts])  # pyright: ignore[reportArgumentType]
    page.goto(f"{server.base_url}/calendar{address}")
    wait_until_live(page)
    page.locator("#calendar").wait_for()
