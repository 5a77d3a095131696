"""Reads one row of a sheet of people: what its cells mean by themselves, and what is wrong with each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.models.drafts.people import MOST_TAGS
from app.models.uploads.cells import address, cut, damaged, one_line, parts_of, people_in, zone_named
from app.models.uploads.kinds import Flaw, RowIn
from app.models.uploads.people.columns import ACTIONS, MENTEES_KEY, MENTORS_KEY, Act, role_named
from app.models.words import ProgramWords, Role

LONGEST_NAME, LONGEST_TAG = 400, 100
MOST_OTHERS = 200


@dataclass
class Parsed:
    """What one row says. `flaws` gathers what is wrong with it, here and in the later steps of checking."""

    number: int
    act: Act | None
    email: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    program: str
    cohort: str
    tags: tuple[str, ...]
    zone: str
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    flaws: list[Flaw] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """Whether anything keeps the row from being carried out."""
        return any(flaw.level == "error" for flaw in self.flaws)

    @property
    def identity(self) -> tuple[object, ...]:
        """Give all that it says: two rows that say the same are one too many."""
        said = (self.act, self.email, self.first_name, self.last_name, self.roles, self.program.casefold())
        return (*said, self.cohort, self.tags, self.zone, self.mentors, self.mentees)

    def wrong(self, column: str, message: str, remedy: str = "") -> None:
        """Note what keeps the row from being carried out."""
        self.flaws.append(Flaw(column, message, remedy))

    def warn(self, column: str, message: str, remedy: str = "") -> None:
        """Note what somebody should look at."""
        self.flaws.append(Flaw(column, message, remedy, "warning"))


def parse(row: RowIn, words: Sequence[ProgramWords]) -> Parsed:
    """Read a row's cells, each by itself."""
    cells = row.cells
    flaws = damaged(cells)
    parsed = Parsed(
        number=row.number,
        act=_action(cells, flaws),
        email=_own_email(cells, flaws),
        first_name=_name(cells, "first_name", flaws),
        last_name=_name(cells, "last_name", flaws),
        roles=_roles(cells, words, flaws),
        program=one_line(cells.get("program", "")),
        cohort=_short(cells, "cohort", "cohort", flaws),
        tags=_tags(cells, flaws),
        zone=_zone(cells, flaws),
        mentors=_others(cells, MENTORS_KEY, flaws),
        mentees=_others(cells, MENTEES_KEY, flaws),
        flaws=flaws,
    )
    if parsed.email and parsed.email in (*parsed.mentors, *parsed.mentees):
        column = MENTORS_KEY if parsed.email in parsed.mentors else MENTEES_KEY
        parsed.wrong(column, "Nobody meets themselves.", "Take this row’s own address out.")
    return parsed


def _action(cells: Mapping[str, str], flaws: list[Flaw]) -> Act | None:
    said = cells.get("action", "")
    found = ACTIONS.get(one_line(said).casefold())
    if found is None:
        remedy = "Write Add, Update, Assign or Unassign, or leave it empty."
        flaws.append(Flaw("action", f"“{cut(said)}” is no action.", remedy))
    return found


def _own_email(cells: Mapping[str, str], flaws: list[Flaw]) -> str:
    said = cells.get("email", "")
    if not said:
        flaws.append(Flaw("email", "The e-mail address is missing.", "Fill it in: people are told apart by it."))
        return ""
    if not (found := address(said)):
        remedy = "It looks like name@example.org, one in each row."
        flaws.append(Flaw("email", f"“{cut(said)}” is not an e-mail address.", remedy))
    return found


def _name(cells: Mapping[str, str], key: str, flaws: list[Flaw]) -> str:
    said = one_line(cells.get(key, ""))
    if address(said) and "@" in said:
        flaws.append(Flaw(key, f"“{cut(said)}” is an e-mail address, not a name.", "Swap it with the name."))
    elif len(said) > LONGEST_NAME:
        flaws.append(Flaw(key, "This name is too long.", f"Give at most {LONGEST_NAME} characters."))
    return said


def _short(cells: Mapping[str, str], key: str, what: str, flaws: list[Flaw]) -> str:
    said = one_line(cells.get(key, ""))
    if len(said) > LONGEST_TAG:
        flaws.append(Flaw(key, f"This {what} is too long.", f"Give at most {LONGEST_TAG} characters."))
    return said


def _roles(cells: Mapping[str, str], words: Sequence[ProgramWords], flaws: list[Flaw]) -> tuple[Role, ...]:
    found: list[Role] = []
    for said in parts_of(cells.get("role", "")):
        role = role_named(said, words)
        if role is None:
            own = words[0] if words else ProgramWords()
            remedy = f"Write {own.mentor}, {own.mentee} or manager."
            flaws.append(Flaw("role", f"“{cut(said)}” is no role.", remedy))
        elif role not in found:
            found.append(role)
    return tuple(found)


def _tags(cells: Mapping[str, str], flaws: list[Flaw]) -> tuple[str, ...]:
    said = list({tag.casefold(): tag for tag in parts_of(cells.get("tags", ""))}.values())
    if any(len(tag) > LONGEST_TAG for tag in said):
        flaws.append(Flaw("tags", "One of these tags is too long.", f"Give at most {LONGEST_TAG} characters to each."))
    if len(said) > MOST_TAGS:
        flaws.append(Flaw("tags", "These are too many tags.", f"Give at most {MOST_TAGS}."))
    return tuple(said)


def _zone(cells: Mapping[str, str], flaws: list[Flaw]) -> str:
    said = cells.get("zone", "")
    found = zone_named(said) if said else ""
    if said and not found:
        remedy = "Write one such as Europe/Berlin or Asia/Kolkata, or leave it empty."
        flaws.append(Flaw("zone", f"“{cut(said)}” is not a time zone.", remedy))
    return found


def _others(cells: Mapping[str, str], key: str, flaws: list[Flaw]) -> tuple[str, ...]:
    found: list[str] = []
    for said in people_in(cells.get(key, "")):
        email = address(said)
        if not email:
            remedy = "Write addresses such as name@example.org, separated by commas."
            flaws.append(Flaw(key, f"“{cut(said)}” is not an e-mail address.", remedy))
        elif email not in found:
            found.append(email)
    if len(found) > MOST_OTHERS:
        flaws.append(Flaw(key, "These are too many people for one row.", f"Give at most {MOST_OTHERS}."))
    return tuple(found)
