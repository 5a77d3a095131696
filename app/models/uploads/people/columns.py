"""The columns of a sheet of people, in an organisation's words, and the words cells may hold. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from app.models.uploads.cells import CHANGING, MAKING, program_column
from app.models.uploads.kinds import Column
from app.models.words import ProgramWords, Role


class Act(StrEnum):
    """What a row is to do; NONE adds who is not here yet, and updates who is."""

    NONE = ""
    ADD = "add"
    UPDATE = "update"
    ASSIGN = "assign"
    UNASSIGN = "unassign"


ACTIONS = {
    "": Act.NONE,
    **dict.fromkeys(MAKING, Act.ADD),
    **dict.fromkeys(CHANGING, Act.UPDATE),
    "assign": Act.ASSIGN,
    "unassign": Act.UNASSIGN,
    "end": Act.UNASSIGN,
}
ROLES = {
    Role.MENTOR: ("mentor", "instructor", "coach", "tutor", "teacher", "trainer"),
    Role.MENTEE: ("mentee", "student", "coachee", "learner", "pupil", "tutee"),
    Role.MANAGER: ("manager", "programme manager", "program manager", "coordinator"),
}
MENTORS_KEY, MENTEES_KEY = "mentors", "mentees"


def columns(words: ProgramWords) -> tuple[Column, ...]:
    """Give the columns, with the organisation's own words for its people."""
    mentor, mentors, mentee, mentees = words.mentor, words.mentors, words.mentee, words.mentees
    roles = f"{mentor}, {mentee} or manager"
    return (
        Column(
            "action",
            "Action",
            "Add, Update, Assign or Unassign. Left empty, who is new is added, and who is here is updated.",
            ("do", "operation"),
            examples=("Add", "Add", "Add", "Assign"),
        ),
        Column(
            "first_name",
            "First name",
            "Needed to add somebody.",
            ("firstname", "givenname", "forename", "first", "vorname"),
            examples=("Ada", "Özgür", "आरव", ""),
        ),
        Column(
            "last_name",
            "Last name",
            "May be left empty.",
            ("lastname", "surname", "familyname", "last", "nachname"),
            examples=("Lovelace", "Müller", "शर्मा", ""),
        ),
        Column(
            "email",
            "Email",
            "Always needed: people are told apart by it.",
            ("email", "emailaddress", "mail", "emailid", "useremail"),
            is_needed=True,
            examples=("ada@example.org", "oezguer@example.org", "aarav@example.org", "aarav@example.org"),
        ),
        Column(
            "role",
            "Role",
            f"What the person is in the programme: {roles}. Needed to add somebody.",
            ("role", "roles", "type", "usertype", "accounttype"),
            examples=(mentor, mentor, mentee, ""),
        ),
        program_column("course", "group"),
        Column(
            "cohort",
            "Cohort",
            "Whom the person began with, such as Autumn 2026.",
            ("cohort", "class", "year"),
            examples=("", "", "Autumn", ""),
        ),
        Column(
            "tags",
            "Tags",
            "Several are separated by a comma. They join those the person has.",
            ("tags", "tag", "labels"),
            examples=("algebra, physics", "", "", ""),
        ),
        Column(
            "zone",
            "Time zone",
            "Such as Europe/Berlin. Left empty, the person’s browser says it.",
            ("timezone", "zone", "tz"),
            examples=("Europe/London", "Europe/Berlin", "Asia/Kolkata", ""),
        ),
        Column(
            MENTORS_KEY,
            mentors.capitalize(),
            f"For {mentees}: the e-mail addresses of their {mentors}, separated by commas.",
            _plurals(Role.MENTOR),
            examples=("", "", "ada@example.org", "oezguer@example.org"),
        ),
        Column(
            MENTEES_KEY,
            mentees.capitalize(),
            f"For {mentors}: the e-mail addresses of their {mentees}, separated by commas.",
            _plurals(Role.MENTEE),
        ),
    )


def role_named(word: str, words: Sequence[ProgramWords]) -> Role | None:
    """Give the role that a word means, in the programmes' words or in the usual ones."""
    said = " ".join(word.casefold().split())
    for own in words:
        if said in (own.mentor.casefold(), own.mentors.casefold()):
            return Role.MENTOR
        if said in (own.mentee.casefold(), own.mentees.casefold()):
            return Role.MENTEE
    return next((role for role, known in ROLES.items() if said in known or said.removesuffix("s") in known), None)


def word_of(role: Role, words: ProgramWords) -> str:
    """Give what a programme calls somebody in this role."""
    return {Role.MENTOR: words.mentor, Role.MENTEE: words.mentee, Role.MANAGER: "manager"}[role]


def _plurals(role: Role) -> tuple[str, ...]:
    """The headings by which the people of a role are known, one or many, with and without "email"."""
    plural = {"coach": "coaches"}
    found: list[str] = []
    for word in ROLES[role]:
        for form in (word, plural.get(word, f"{word}s")):
            found += [form, f"{form}email", f"{form}emails", f"assigned{form}"]
    return tuple(found)
