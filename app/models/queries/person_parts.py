"""The parts of a person's page as its address names them: /people/7?part=sessions&when=past&page=2. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.models.queries.paging import nearest_page
from app.models.words import ProgramWords

MOST_PAGES = 10_000


class Parts(StrEnum):
    """The parts; the address calls them so whatever words the programme has for its people."""

    DETAILS = "details"
    INSTRUCTORS = "instructors"
    STUDENTS = "students"
    SESSIONS = "sessions"
    RELATIONSHIPS = "relationships"
    MESSAGES = "messages"
    HISTORY = "history"


DETAILS = Parts.DETAILS.value


@dataclass(frozen=True)
class Asked:
    """What of the page is asked for: a part ("" for the first), past sessions or future ones, and which page."""

    part: str = ""
    is_past: bool = False
    page: int = 1


@dataclass(frozen=True)
class PartLink:
    """One entry of the page's navigation."""

    name: str
    label: str
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class Pager:
    """Where one stands in a long list; a href is "" where there is no such page. `words` is "" on an only page."""

    words: str = ""
    count: int = 0
    previous_href: str = ""
    next_href: str = ""


def parts_of(person_id: int, words: ProgramWords, *, as_mentor: bool, as_mentee: bool) -> list[PartLink]:
    """List the parts of somebody's page, in the programme's words."""
    labels = {
        Parts.DETAILS: "Details",
        Parts.INSTRUCTORS: words.mentors.capitalize() if as_mentee else "",
        Parts.STUDENTS: words.mentees.capitalize() if as_mentor else "",
        Parts.SESSIONS: "Sessions",
        Parts.RELATIONSHIPS: "Relationships",
        Parts.MESSAGES: "Messages",
        Parts.HISTORY: "History",
    }
    return [PartLink(part, label, f"/people/{person_id}?part={part}") for part, label in labels.items() if label]


def pager_of(asked: Asked, count: int, listed: int) -> Pager:
    """Give the way to the pages before and after."""
    _, pages = nearest_page(count, listed, asked.page)
    if pages == 1 and asked.page == 1:
        return Pager(count=count)
    return Pager(
        words=f"Page {asked.page} of {pages}",
        count=count,
        previous_href=query_of(asked, min(asked.page - 1, pages)) if asked.page > 1 else "",
        next_href=query_of(asked, asked.page + 1) if asked.page < pages else "",
    )


def query_of(asked: Asked, page: int) -> str:
    """Give the query of another page of the same list."""
    named = {"part": asked.part, "when": "past" if asked.is_past else "", "page": str(page) if page > 1 else ""}
    return "?" + "&".join(f"{name}={value}" for name, value in named.items() if value)


def read_asked(params: dict[str, str]) -> Asked:
    """Read what an address asks for; what makes no sense there asks for nothing."""
    part = params.get("part", "")
    page = params.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Asked(part if part in set(Parts) else "", params.get("when") == "past", min(max(number, 1), MOST_PAGES))
