"""What a row would make of its own person: added, changed or as they are. Pure over the roster."""

from dataclasses import dataclass, field

from app.models.tables import Program
from app.models.uploads.people.cells import Parsed
from app.models.uploads.people.columns import MENTEES_KEY, MENTORS_KEY, Act, word_of
from app.models.uploads.people.roster import Known, Pair, Roster
from app.models.words import ProgramWords, Role

NamedPair = tuple[int, str, str]
"""Programme, mentor's and mentee's address: one of them may not be here yet."""


@dataclass
class Outlook:
    """The people as they would be, row after row.

    `adders` names for each new address the first row that adds it; `begun` and `ended` for
    each pair the row that assigns it or ends it.
    """

    roster: Roster
    default_program: int | None
    people: dict[str, Known]
    pairs: dict[Pair, int]
    adders: dict[str, int]
    begun: dict[NamedPair, int] = field(default_factory=dict[NamedPair, int])
    ended: dict[NamedPair, int] = field(default_factory=dict[NamedPair, int])


@dataclass
class Wish:
    """What a row would do to its person, and in which programme it speaks. `verb` "" leaves the person alone."""

    verb: str = ""
    program: Program | None = None
    roles: tuple[Role, ...] = ()
    changes: list[str] = field(default_factory=list[str])

    @property
    def words(self) -> ProgramWords:
        """Give the programme's words."""
        return self.program.words if self.program else ProgramWords()


def judge_person(row: Parsed, outlook: Outlook) -> Wish:
    """Find what a row wants of its person; what cannot be is noted at the row."""
    wish = Wish(program=_program(row, outlook), roles=_roles(row))
    _check_sides(row, wish)
    known = outlook.people.get(row.email)
    if row.act is None or not row.email:
        return wish
    if known is not None and not known.is_visitor:
        _judge_known(row, known, wish)
    elif row.act in (Act.NONE, Act.ADD):
        _judge_new(row, wish)
    else:
        _say_unknown(row, "email", row.email, outlook)
    return wish


def adopt(row: Parsed, wish: Wish, outlook: Outlook) -> None:
    """Let the people be as the row would leave them."""
    person = outlook.people.get(row.email)
    if wish.verb == "add":
        person = Known(person.id if person else 0, row.email, "", "", "", True, False, True)
        outlook.people[row.email] = person
    if person is not None and row.act not in (Act.ASSIGN, Act.UNASSIGN):
        person.is_named = person.is_named or bool(row.first_name or row.last_name)
    if person is None or not wish.verb:
        return
    person.first_name = row.first_name or person.first_name
    person.last_name = row.last_name or person.last_name
    person.zone = row.zone or person.zone
    person.tags |= set(new_tags(row, person))
    for role in wish.roles:
        if wish.program is not None:
            key = (wish.program.id or 0, role)
            person.roles[key] = row.cohort or person.roles.get(key, "")


def new_tags(row: Parsed, person: Known) -> list[str]:
    """List the tags of the row that the person does not have."""
    has = {tag.casefold() for tag in person.tags}
    return [tag for tag in row.tags if tag.casefold() not in has]


def _program(row: Parsed, outlook: Outlook) -> Program | None:
    programs = outlook.roster.programs
    if not row.program:
        return programs.get(outlook.default_program or 0)
    found = outlook.roster.named(row.program)
    names = ", ".join(f"“{one.name}”" for one in list(programs.values())[:5])
    if not found:
        row.wrong(
            "program", f"You have no programme “{row.program[:60]}”.", f"Write one such as {names}." if names else ""
        )
    elif len(found) > 1:
        row.wrong("program", "Several programmes have this name.", "Rename one, or upload a file for each.")
    return found[0] if len(found) == 1 else None


def _roles(row: Parsed) -> tuple[Role, ...]:
    """Give the roles a row names; naming somebody's mentors says that they are a mentee."""
    if row.roles:
        return row.roles
    if row.mentors and row.mentees:
        return ()
    return (Role.MENTEE,) if row.mentors else (Role.MENTOR,) if row.mentees else ()


def _check_sides(row: Parsed, wish: Wish) -> None:
    words = wish.words
    for key, others, role in ((MENTORS_KEY, row.mentors, Role.MENTEE), (MENTEES_KEY, row.mentees, Role.MENTOR)):
        if others and row.roles and role not in row.roles:
            other = MENTEES_KEY if key == MENTORS_KEY else MENTORS_KEY
            titles = {MENTORS_KEY: words.mentors.capitalize(), MENTEES_KEY: words.mentees.capitalize()}
            own, needed = word_of(row.roles[0], words), word_of(role, words)
            remedy = f"Move these addresses to {titles[other]}, or make the role {needed}."
            row.wrong(key, f"This row says that the person is {own}, not {needed}.", remedy)


def _judge_known(row: Parsed, known: Known, wish: Wish) -> None:
    if not known.is_seen:
        row.wrong("email", "Somebody already has this address.", "Ask a manager of the organisation to add them.")
        return
    if not known.is_active:
        row.wrong("email", f"{known.name} is no longer active.", "Reactivate them on their own page first.")
        return
    if row.act in (Act.ASSIGN, Act.UNASSIGN):
        return
    wish.changes = _changes(row, known, wish)
    if wish.changes:
        if row.act == Act.ADD and known.id:
            remedy = "Write Update, or leave Action empty, if this is the same person."
            row.wrong("action", f"{known.name} is here already.", remedy)
        wish.verb = "update"
    _need_program(row, wish)


def _changes(row: Parsed, known: Known, wish: Wish) -> list[str]:
    said: list[str] = []
    renamed = (row.first_name or known.first_name, row.last_name or known.last_name)
    if renamed != (known.first_name, known.last_name):
        _warn_of_name(row, known, renamed)
        said.append(f"renames {known.name} to {' '.join(renamed).strip()}")
    if row.zone and row.zone != known.zone:
        said.append(f"sets the time zone to {row.zone}")
    if tags := new_tags(row, known):
        said.append(f"adds the tag{'s' if len(tags) > 1 else ''} {', '.join(tags)}")
    if wish.program is not None:
        for role in wish.roles:
            key, word = (wish.program.id or 0, role), word_of(role, wish.words)
            if key not in known.roles:
                said.append(f"makes them {word} in {wish.program.name}")
            elif row.cohort and row.cohort != known.roles[key]:
                said.append(f"sets the cohort to {row.cohort}")
    return said


def _warn_of_name(row: Parsed, known: Known, renamed: tuple[str, str]) -> None:
    column = "first_name" if renamed[0] != known.first_name else "last_name"
    if not known.id or known.is_named:
        message, remedy = f"Another row calls this person {known.name}.", "Write the same name in both rows."
        row.wrong(column, message, remedy)
    elif renamed == (known.last_name, known.first_name):
        row.warn(column, f"{known.name} has these names the other way round.", "Swap them, unless this is meant.")
    elif row.act == Act.NONE:
        remedy = "They are renamed if you go on; correct the address if this is somebody else."
        row.warn(column, f"This address belongs to {known.name}.", remedy)


def _judge_new(row: Parsed, wish: Wish) -> None:
    wish.verb = "add"
    if not row.first_name:
        row.wrong("first_name", "The first name is missing.", "Fill it in.")
    if not wish.roles and not any(flaw.column == "role" for flaw in row.flaws):
        words = wish.words
        row.wrong("role", "The role is missing.", f"Write {words.mentor}, {words.mentee} or manager.")
    _need_program(row, wish)
    name = f"{row.first_name} {row.last_name}".strip() or row.email
    roles = " and ".join(word_of(role, wish.words) for role in wish.roles)
    where = f" in {wish.program.name}" if wish.program else ""
    wish.changes = [f"adds {name}" + (f" as {roles}{where}" if roles else "")]


def _need_program(row: Parsed, wish: Wish) -> None:
    needs = wish.verb == "add" or wish.roles or row.cohort
    if needs and wish.program is None and not any(flaw.column == "program" for flaw in row.flaws):
        row.wrong("program", "No programme is named.", "Choose one for the whole file, or fill in this cell.")


def _say_unknown(row: Parsed, column: str, email: str, outlook: Outlook) -> None:
    adder = outlook.adders.get(email)
    if adder is None:
        what = "Write Add in the column Action, or correct the address."
        row.wrong(column, f"Nobody here has the address {email}.", what)
    elif adder == row.number or adder > row.number:
        row.wrong(column, f"Row {adder} adds this person.", "Put that row before this one.")
    else:
        row.wrong(column, f"Row {adder}, which adds this person, is invalid.", f"Correct row {adder}.")
