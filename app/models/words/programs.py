"""What people are in the organisation and its programmes, and what a programme calls them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """A person's standing in the organisation; most have none and only belong to programmes."""

    NONE = ""
    MANAGER = "manager"
    OWNER = "owner"


class Role(StrEnum):
    """What a person is in one programme."""

    MANAGER = "manager"
    MENTOR = "mentor"
    MENTEE = "mentee"


VISITOR_WORD, NO_ROLE_WORD = "Visitor", "No role"
"""What who has none of these is called: without an account, who only registered for a session; and with one."""


class ProgramKind(StrEnum):
    """What sort of work a programme does; it proposes the words."""

    TUTORING = "tutoring"
    MENTORING = "mentoring"
    COACHING = "coaching"


PROGRAM_KIND_WORDS: dict[ProgramKind, str] = {
    ProgramKind.TUTORING: "Tutoring",
    ProgramKind.MENTORING: "Mentoring",
    ProgramKind.COACHING: "Coaching",
}


class BelowMinimum(StrEnum):
    """What becomes of a group session that has too few people a day before."""

    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True)
class ProgramWords:
    """What one programme calls its people, singular and plural, in lower case."""

    mentor: str = "mentor"
    mentors: str = "mentors"
    mentee: str = "mentee"
    mentees: str = "mentees"


KIND_WORDS: dict[ProgramKind, ProgramWords] = {
    ProgramKind.TUTORING: ProgramWords("instructor", "instructors", "student", "students"),
    ProgramKind.MENTORING: ProgramWords(),
    ProgramKind.COACHING: ProgramWords("coach", "coaches", "coachee", "coachees"),
}


def shared_words(of: Iterable[ProgramWords], usual: ProgramWords) -> ProgramWords:
    """Give the words for a page that speaks of several programmes: theirs where they agree, else the usual ones."""
    found = set(of)
    return found.pop() if len(found) == 1 else usual
