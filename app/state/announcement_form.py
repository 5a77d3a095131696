"""What the announcement's form holds, and how it becomes an audience. Reads; sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.models import clock
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.announcements import MOST_CHOSEN, AudienceDraft
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.announcements import Choices, session_line
from app.models.queries.audiences import look_up, named_people
from app.models.queries.people import PersonFound
from app.models.queries.session_list_filters import read_picked
from app.models.queries.session_several import find_participants
from app.models.spoken import names
from app.models.words.announcements import Reach

NAMED_ALL = 6
PARTS = {"program_id": "program", "role": "role", "cohort": "cohort", "tag": "tag", "session_id": "session"}
"""The fields of an audience, and what the form calls them."""


@dataclass(frozen=True)
class Reached:
    """Whom it would reach: `words` is a sentence; `wrong` what is missing."""

    count: int = 0
    words: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Option:
    """One way to choose the readers."""

    value: str
    label: str


@dataclass(frozen=True)
class Chosen:
    """What the form's audience is now."""

    reach: str = Reach.EVERYBODY
    program: str = ""
    role: str = ""
    cohort: str = ""
    tag: str = ""
    session: str = ""
    session_words: str = ""
    people: list[PersonFound] = field(default_factory=list[PersonFound])


def replaced(chosen: Chosen, name: str, value: Any) -> Chosen:
    """Give the audience with one thing changed; another programme has other roles."""
    changed: dict[str, Any] = {name: value} | ({"role": ""} if name == "program" else {})
    return replace(chosen, **changed)


def audience_of(chosen: Chosen) -> Mapping[str, Any]:
    """Give the audience as its draft reads it; only what its reach asks for counts."""
    asked: dict[str, tuple[str, ...]] = {
        Reach.PROGRAM: ("program_id", "role"),
        Reach.COHORT: ("cohort", "program_id"),
        Reach.TAG: ("tag",),
        Reach.SESSION: ("session_id",),
    }
    given = {name: getattr(chosen, PARTS[name]) for name in asked.get(chosen.reach, ())}
    people = [one.id for one in chosen.people] if chosen.reach == Reach.PEOPLE else []
    return {"reach": chosen.reach, "people": people} | {name: value for name, value in given.items() if value}


def is_offered(reach: Reach, choices: Choices, chosen: Chosen) -> bool:
    """Whether there is anything to choose in this way."""
    offers = {Reach.COHORT: bool(choices.cohorts), Reach.TAG: bool(choices.tags), Reach.SESSION: bool(chosen.session)}
    return offers.get(reach, True)


def people(count: int) -> str:
    """Count people in words."""
    return "1 person" if count == 1 else f"{count:,} people"


def chosen_by(viewer: Viewer, asked: Mapping[str, str]) -> Chosen:
    """Read the audience that an address asks for; what this viewer may not reach is left out."""
    with reading() as db:
        session_id = as_id(asked.get("session", ""))
        if words := session_line(db, viewer, session_id):
            return Chosen(reach=Reach.SESSION, session=str(session_id), session_words=words)
        ids = [as_id(one) for one in asked.get("people", "").split(",")[:MOST_CHOSEN]]
        if picked := asked.get("sessions"):
            ids = find_participants(db, viewer, clock.now(), *read_picked(picked))
        if found := named_people(db, viewer, [one for one in ids if one]):
            return Chosen(reach=Reach.PEOPLE, people=found)
    program = str(as_id(asked.get("program", "")) or "")
    return Chosen(reach=Reach.PROGRAM, program=program) if program else Chosen()


def read_reached(viewer: Viewer, raw: Mapping[str, Any]) -> Reached:
    """Say whom an audience would reach."""
    try:
        audience = read(AudienceDraft, raw)
        with reading() as db:
            found = look_up(db, viewer, audience)
    except NotFound:
        return Reached(wrong="This was not found, or is not yours to write to.")
    except Refusal as refusal:
        return Reached(wrong=" ".join(str(problem) for problem in refusal.problems))
    if not found.count:
        return Reached(wrong="Nobody would get this. Choose somebody else.")
    named = (
        names(found.names) if found.count <= NAMED_ALL else f"{', '.join(found.names[:3])} and {found.count - 3:,} more"
    )
    return Reached(found.count, f"{people(found.count)} will get it: {named}.")
