"""Whom an announcement goes to."""

from enum import StrEnum


class Reach(StrEnum):
    """How the readers of an announcement are chosen."""

    EVERYBODY = "everybody"
    PEOPLE = "people"
    PROGRAM = "program"
    COHORT = "cohort"
    TAG = "tag"
    SESSION = "session"


REACH_WORDS: dict[Reach, str] = {
    Reach.EVERYBODY: "Everybody",
    Reach.PEOPLE: "People I choose",
    Reach.PROGRAM: "A programme",
    Reach.COHORT: "A cohort",
    Reach.TAG: "A tag",
    Reach.SESSION: "A session’s participants",
}
