"""What the list of people is narrowed to, and how its address says so: read leniently, written back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from app.models.ids import as_id
from app.models.words import Role

LONGEST = 100
PAGE_SIZES = (20, 50, 100)


class Sort(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    EMAIL = "email"
    ADDED = "added"
    LAST = "last"


class Assigned(StrEnum):
    """Whether somebody has an active relationship."""

    ANY = ""
    YES = "yes"
    NO = "no"


class Standing(StrEnum):
    """Whether somebody may still sign in."""

    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    ALL = "all"


@dataclass(frozen=True)
class Filters:
    """What to show. `role` "" is any, "none" is nobody's role; `program_id` 0 is any; `page` starts at 1."""

    typed: str = ""
    program_id: int = 0
    role: str = ""
    cohort: str = ""
    tag: str = ""
    assigned: Assigned = Assigned.ANY
    standing: Standing = Standing.ACTIVE
    sort: Sort = Sort.NAME
    is_reversed: bool = False
    page: int = 1
    per_page: int = PAGE_SIZES[1]

    @property
    def narrows(self) -> bool:
        """Whether anybody could be left out beside those who were deactivated."""
        return self.cleared() != replace(self, page=1)

    def cleared(self) -> "Filters":
        """Give the same list with nobody left out."""
        return Filters(sort=self.sort, is_reversed=self.is_reversed, per_page=self.per_page)


NO_ROLE = "none"
ROLES = (*(role.value for role in Role), NO_ROLE)
_NAMES = {
    "q": "typed",
    "program": "program_id",
    "role": "role",
    "cohort": "cohort",
    "tag": "tag",
    "assigned": "assigned",
    "show": "standing",
    "sort": "sort",
    "down": "is_reversed",
    "page": "page",
    "per": "per_page",
}


def read_filters(params: Mapping[str, str]) -> Filters:
    """Read the query of an address; what makes no sense in it is left out."""
    text = {name: params.get(name, "")[:LONGEST] for name in _NAMES}
    per_page = as_id(text["per"])
    return Filters(
        typed=text["q"],
        program_id=as_id(text["program"]),
        role=text["role"] if text["role"] in ROLES else "",
        cohort=text["cohort"],
        tag=text["tag"],
        assigned=Assigned(text["assigned"]) if text["assigned"] in set(Assigned) else Assigned.ANY,
        standing=Standing(text["show"]) if text["show"] in set(Standing) else Standing.ACTIVE,
        sort=Sort(text["sort"]) if text["sort"] in set(Sort) else Sort.NAME,
        is_reversed=text["down"] == "1",
        page=max(1, as_id(text["page"])),
        per_page=per_page if per_page in PAGE_SIZES else PAGE_SIZES[1],
    )


def write_filters(filters: Filters) -> dict[str, str]:
    """Give all of it as texts by the names the address uses; "" is what is usual."""
    usual = Filters()
    values = {name: getattr(filters, attribute) for name, attribute in _NAMES.items()}
    is_usual = {name: value == getattr(usual, _NAMES[name]) for name, value in values.items()}
    return {name: "" if is_usual[name] else "1" if value is True else str(value) for name, value in values.items()}


def changed(filters: Filters, name: str, value: str) -> Filters:
    """Give the list with one part of its address changed; it starts at its first page again."""
    return read_filters({**write_filters(filters), "page": "", name: value}) if name in _NAMES else filters


def address_of(filters: Filters) -> str:
    """Write the address of the list."""
    query = urlencode({name: text for name, text in write_filters(filters).items() if text})
    return f"/people?{query}" if query else "/people"
