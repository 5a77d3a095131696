"""Who is in a session, as its Mentee list shows them (L3), on screen and in a file."""

from dataclasses import dataclass, field

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import spoken
from app.models.errors import NotFound
from app.models.folding import fold
from app.models.permissions import Viewer, access_session
from app.models.tables import Person, Seat
from app.models.words import Part, SeatStatus, Status

SEAT_WORDS: dict[str, str] = {
    SeatStatus.ENROLLED: "Enrolled",
    SeatStatus.UNCONFIRMED: "Enrolled, not confirmed yet",
    SeatStatus.INVITED: "Invited",
    SeatStatus.WAITING: "Waiting",
    SeatStatus.DECLINED: "Declined",
    SeatStatus.WITHDRAWN: "Not coming any more",
}
_HELD = (Status.LIVE, Status.COMPLETED, Status.MISSED)


@dataclass(frozen=True)
class MenteeRow:
    """Somebody with a seat. `email` is "" for who manages nothing here; `came` is "" while it is not known."""

    id: int
    name: str
    initials: str
    email: str
    status: str
    word: str
    came: str


@dataclass(frozen=True)
class MenteeList:
    """The people of a session but its host; `people` is what they are called. `total` counts before a search."""

    session_id: int = 0
    title: str = ""
    people: str = "mentees"
    rows: list[MenteeRow] = field(default_factory=list[MenteeRow])
    total: int = 0
    shows_email: bool = False
    typed: str = ""


def list_mentees(db: Db, viewer: Viewer, session_id: int, typed: str = "") -> MenteeList:
    """List them for a manager or the host, narrowed to a name or e-mail. Raises NotFound for everybody else."""
    access = access_session(db, viewer, session_id)
    if not access.parts & {Part.MANAGER, Part.HOST}:
        raise NotFound("session")
    shows_email = Part.MANAGER in access.parts
    status = Status(access.session.status)
    query = (
        select(Seat, Person)
        .join(Person, col(Person.id) == col(Seat.person_id))
        .where(Seat.session_id == session_id, col(Seat.is_host).is_(False))
    )
    places = {status: place for place, status in enumerate(SEAT_WORDS)}
    found = sorted(db.exec(query), key=lambda one: (places[one[0].status], one[1].search_text, one[1].id or 0))
    rows = [_row(seat, person, status, shows_email=shows_email) for seat, person in found]
    return MenteeList(
        session_id=session_id,
        title=access.session.name,
        people=access.program.words.mentees,
        rows=[row for row in rows if fold(typed) in fold(f"{row.name} {row.email}")],
        total=len(rows),
        shows_email=shows_email,
        typed=typed,
    )


def _row(seat: Seat, person: Person, status: Status, *, shows_email: bool) -> MenteeRow:
    email = person.email if shows_email else ""
    name = person.name if shows_email or person.name != person.email else "No name yet"
    initials, word = spoken.initials(name), SEAT_WORDS[seat.status]
    return MenteeRow(person.id or 0, name, initials, email, seat.status, word, _came(seat, status))


def _came(seat: Seat, status: Status) -> str:
    if status not in _HELD or seat.status != SeatStatus.ENROLLED:
        return ""
    attended = seat.attended if seat.attended is not None else True if seat.entered_at else None
    if attended is None:
        return "Not joined yet" if status == Status.LIVE else ""
    return "Came" if attended else "Did not come"
