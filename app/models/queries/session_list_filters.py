"""What the list of sessions is narrowed to, and how its address says so: read leniently, written back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from app.models.ids import as_id
from app.models.words import Audience, Kind, Shown, Status

LONGEST = 2_000
MOST_VALUES = 30
MOST_PICKED = 500
"""So many can be chosen one by one: their numbers stand in an address. "All" stands for what the filters show."""
PAGE_SIZES = (20, 50, 100)


class Part(StrEnum):
    """The parts of the list that stand above it; the other statuses are behind the filter."""

    UPCOMING = "upcoming"
    LIVE = "live"
    COMPLETED = "completed"
    ALL = "all"


class Sort(StrEnum):
    """The columns that the list can be sorted by; USUAL is by time, the next or the latest first."""

    USUAL = ""
    ID = "id"
    TITLE = "title"
    MENTOR = "mentor"
    SCHEDULE = "schedule"
    ENROLMENT = "enrolment"
    TYPE = "type"
    STATUS = "status"


STATUSES = (
    Shown.SCHEDULED.value,
    Shown.AWAITING.value,
    Shown.LIVE.value,
    Shown.COMPLETED.value,
    Shown.MISSED.value,
    Shown.CANCELLED.value,
    Shown.PENDING.value,
    Status.TO_BE_ARRANGED.value,
)
TYPES = (Audience.PRIVATE.value, Audience.PUBLIC.value, Kind.ONE_TO_ONE.value)
OF_PART: dict[Part, tuple[str, ...]] = {
    Part.UPCOMING: (Shown.SCHEDULED.value,),
    Part.LIVE: (Shown.LIVE.value,),
    Part.COMPLETED: (Shown.COMPLETED.value,),
    Part.ALL: (),
}
SEVERAL = {
    "type": "types",
    "status": "statuses",
    "program": "programs",
    "category": "categories",
    "medium": "medium",
    "for": "recommended_for",
}
"""The filters of which several values hold at once: the name in the address, and the field."""
_ONES = ("q", "show", "sort", "down", "page", "per")


@dataclass(frozen=True)
class Filters:
    """What to show. Several values of one filter widen, several filters narrow together; `page` starts at 1."""

    typed: str = ""
    part: Part = Part.UPCOMING
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    recommended_for: tuple[str, ...] = ()
    sort: Sort = Sort.USUAL
    is_reversed: bool = False
    page: int = 1
    per_page: int = PAGE_SIZES[0]

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Give the values of every filter that has any, by its name in the address."""
        return {name: values for name, field in SEVERAL.items() if (values := getattr(self, field))}

    @property
    def narrows(self) -> bool:
        """Whether anything is left out beside what its part leaves out."""
        return bool(self.typed.strip() or self.chosen)

    @property
    def wanted_statuses(self) -> tuple[str, ...]:
        """Give the statuses to show; none for all."""
        return self.statuses or OF_PART[self.part]

    @property
    def order(self) -> tuple[Sort, bool]:
        """Give the column to sort by, and whether it is turned round."""
        if self.sort != Sort.USUAL:
            return self.sort, self.is_reversed
        return Sort.SCHEDULE, self.wanted_statuses not in (OF_PART[Part.UPCOMING], OF_PART[Part.LIVE])


def read_filters(params: Mapping[str, str]) -> Filters:
    """Read the query of an address; what makes no sense in it is left out."""
    one = {name: params.get(name, "")[:100] for name in _ONES}
    several = {field: _values(params.get(name, "")) for name, field in SEVERAL.items()}
    several["types"] = tuple(value for value in TYPES if value in several["types"])
    several["statuses"] = tuple(value for value in STATUSES if value in several["statuses"])
    several["programs"] = tuple(value for value in several["programs"] if as_id(value))
    part = Part(one["show"]) if one["show"] in set(Part) else Part.UPCOMING
    return Filters(
        typed=one["q"],
        part=Part.ALL if several["statuses"] else part,
        **several,
        sort=Sort(one["sort"]) if one["sort"] in set(Sort) else Sort.USUAL,
        is_reversed=one["down"] == "1",
        page=max(1, as_id(one["page"])),
        per_page=as_id(one["per"]) if as_id(one["per"]) in PAGE_SIZES else PAGE_SIZES[0],
    )


def query_of(filters: Filters) -> str:
    """Write the query of the address; what is usual is not said."""
    usual = Filters()
    said = {
        "q": filters.typed.strip(),
        "show": "" if filters.part == usual.part or filters.statuses else filters.part.value,
        **{name: ",".join(values) for name, values in filters.chosen.items()},
        "sort": filters.sort.value,
        "down": "1" if filters.is_reversed else "",
        "page": str(filters.page) if filters.page > 1 else "",
        "per": str(filters.per_page) if filters.per_page != usual.per_page else "",
    }
    return urlencode({name: text for name, text in said.items() if text}, safe=",")


def address_of(filters: Filters) -> str:
    """Write the address of the list."""
    query = query_of(filters)
    return f"/sessions?{query}" if query else "/sessions"


def sorted_by(filters: Filters, column: Sort) -> Filters:
    """Sort by a column; by the one it is sorted by already, the other way round."""
    now, is_reversed = filters.order
    return replace(filters, sort=column, is_reversed=column == now and not is_reversed, page=1)


def chosen_anew(filters: Filters, chosen: Mapping[str, tuple[str, ...]]) -> Filters:
    """Take over all filters that hold several values; a status leaves its part of the list."""
    values = {field: tuple(chosen.get(name, ()))[:MOST_VALUES] for name, field in SEVERAL.items()}
    was_by_status = bool(filters.statuses)
    part = Part.ALL if values["statuses"] else Part.UPCOMING if was_by_status else filters.part
    return replace(filters, **values, part=part, page=1)


def without(filters: Filters, name: str, value: str) -> Filters:
    """Take one value of one filter away, or the search."""
    if name == "q":
        return replace(filters, typed="", page=1)
    return chosen_anew(
        filters,
        {one: tuple(each for each in values if one != name or each != value) for one, values in filters.chosen.items()},
    )


def is_same_choice(one: Filters, other: Filters) -> bool:
    """Whether they show the same sessions, whatever their order and page."""
    return (one.typed.strip(), one.part, one.chosen) == (other.typed.strip(), other.part, other.chosen)


def read_picked(query: str) -> tuple[Filters, tuple[int, ...] | None]:
    """Read what was chosen in the list: all that the filters show, or only the sessions that `ids` names."""
    params = dict(parse_qsl(query, keep_blank_values=True))
    if "ids" not in params:
        return read_filters(params), None
    ids = (as_id(one) for one in params["ids"].split(",")[:MOST_PICKED])
    return read_filters(params), tuple(one for one in ids if one)


def query_of_picked(ids: Sequence[int]) -> str:
    """Write the query that `read_picked` takes for these."""
    return f"ids={','.join(map(str, ids))}" if ids else ""


def _values(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text[:LONGEST].split(","))
    return tuple(dict.fromkeys(part for part in parts if part))[:MOST_VALUES]
