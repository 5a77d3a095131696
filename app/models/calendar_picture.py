"""Reads and draws one screen of the calendar: everything the page shows of it, ready to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session as Db

from app.models import calendar_view, clock
from app.models.calendar_address import Screen, program_ids, toggled
from app.models.calendar_layout import View, days_of, heading
from app.models.calendar_shapes import Choice, Chosen, Column, Section, Tick, Week
from app.models.permissions import Viewer
from app.models.queries.calendar import DayOfEntries, entries_between, entries_by_day, list_programs
from app.models.queries.calendar_filters import Filters
from app.models.queries.organisation import usual_words
from app.models.tables import Organisation
from app.models.words import CALENDAR_WORDS, PROGRAM_KIND_WORDS, ProgramKind, Shown, shared_words

MOST_IN_LIST = 40
"""So many a day are listed; the day itself is opened for the others."""
MOST_OF_DAY = 500


@dataclass(frozen=True)
class Look:
    """Who looks, when, and how: `mine_only` for a manager's own sessions, `is_narrow` for a phone."""

    viewer: Viewer
    now: datetime
    mine_only: bool
    is_narrow: bool

    @property
    def zone(self) -> str:
        """The zone that days and hours are told in."""
        return self.viewer.zone

    @property
    def today(self) -> date:
        """The viewer's day."""
        return clock.today(self.now, self.zone)


@dataclass(frozen=True)
class Picture:
    """What is on screen. Only one of weeks, columns and sections is filled."""

    heading: str = ""
    weeks: list[Week] = field(default_factory=list[Week])
    columns: list[Column] = field(default_factory=list[Column])
    ticks: list[Tick] = field(default_factory=list[Tick])
    sections: list[Section] = field(default_factory=list[Section])
    line: float = -1.0
    first_minute: int = 0
    is_empty: bool = False


@dataclass(frozen=True)
class FilterBar:
    """What the filters offer and what of it is chosen."""

    statuses: list[Choice]
    kinds: list[Choice]
    programs: list[Choice]
    mentor_word: str
    mentee_word: str
    chosen: list[Chosen]


def draw(db: Db, look: Look, screen: Screen) -> Picture:
    """Read and draw a screen."""
    days = days_of(screen.view, screen.day, is_narrow=look.is_narrow)
    title = heading(screen.view, days, screen.day)
    if screen.view == View.MONTH:
        cells = _by_day(db, look, days, screen.filters, calendar_view.MOST_IN_CELL)
        weeks = calendar_view.month(cells, screen.day, look.today, look.zone)
        return Picture(title, weeks=weeks, is_empty=not any(day.count for day in cells))
    if screen.view == View.LIST:
        listed = _by_day(db, look, days, screen.filters, MOST_IN_LIST)
        sections = calendar_view.sections(listed, look.today, look.zone)
        return Picture(title, sections=sections, is_empty=not any(day.count for day in listed))
    return _draw_columns(db, look, screen, days, title)


def draw_day(db: Db, look: Look, screen: Screen, day: date) -> Section:
    """Read and draw one whole day, under the screen's filters."""
    (whole,) = _by_day(db, look, [day], screen.filters, MOST_OF_DAY)
    return calendar_view.section(whole, look.today, look.zone)


def draw_filters(db: Db, look: Look, filters: Filters) -> FilterBar:
    """Read what can be filtered by, and put what is chosen into words."""
    programs = list_programs(db, look.viewer)
    kinds = [kind for kind in ProgramKind if any(program.kind == kind for program in programs)]
    names = {str(program.id): program.name for program in programs}
    words = shared_words((program.words for program in programs), usual_words(db.get(Organisation, 1)))
    mentor_word, mentee_word = words.mentor.capitalize(), words.mentee.capitalize()
    return FilterBar(
        statuses=[Choice(s.value, CALENDAR_WORDS[s], s in filters.statuses) for s in Shown],
        kinds=[Choice(k.value, PROGRAM_KIND_WORDS[k], k in filters.kinds) for k in kinds],
        programs=[Choice(str(p.id), p.name, p.id in filters.programs) for p in programs],
        mentor_word=mentor_word,
        mentee_word=mentee_word,
        chosen=_chosen(filters, names, mentor_word, mentee_word),
    )


def why_empty(chosen: Sequence[Chosen], title: str) -> str:
    """Say which filters left nothing, or that nothing is there."""
    if not chosen:
        return f"Nothing is booked in {title}."
    return f"Nothing in {title} matches {' and '.join(one.word for one in chosen)}."


def changed(filters: Filters, name: str, value: str) -> Filters:
    """Give the filters with one choice turned over, or a name replaced."""
    statuses, kinds, programs = filters.statuses, filters.kinds, filters.programs
    if name == "status" and value in list(Shown):
        statuses = toggled(statuses, Shown(value))
    elif name == "type" and value in list(ProgramKind):
        kinds = toggled(kinds, ProgramKind(value))
    elif name == "program":
        programs ^= program_ids(value)
    typed = " ".join(value.split())[:100]
    mentor = typed if name == "instructor" else filters.mentor
    mentee = typed if name == "student" else filters.mentee
    return Filters(statuses, kinds, programs, mentor, mentee)


def _draw_columns(db: Db, look: Look, screen: Screen, days: Sequence[date], title: str) -> Picture:
    first, last = clock.day_range(days[0], days[-1], look.zone)
    entries = entries_between(db, look.viewer, look.now, first, last, screen.filters, mine_only=look.mine_only)
    columns = calendar_view.columns(entries, days, look.today, look.zone, screen.view, is_narrow=look.is_narrow)
    return Picture(
        title,
        columns=columns,
        ticks=calendar_view.ticks(days, look.zone, screen.view),
        line=calendar_view.line_of(look.now, days, look.zone, screen.view),
        first_minute=calendar_view.first_minute(columns),
        is_empty=not entries,
    )


def _by_day(db: Db, look: Look, days: Sequence[date], filters: Filters, most: int) -> list[DayOfEntries]:
    return entries_by_day(db, look.viewer, look.now, days, look.zone, filters, mine_only=look.mine_only, most=most)


def _chosen(filters: Filters, programs: dict[str, str], mentor_word: str, mentee_word: str) -> list[Chosen]:
    found = [Chosen("status", s.value, CALENDAR_WORDS[s]) for s in Shown if s in filters.statuses]
    found += [Chosen("type", k.value, PROGRAM_KIND_WORDS[k]) for k in ProgramKind if k in filters.kinds]
    found += [Chosen("program", str(p), programs.get(str(p), f"Programme {p}")) for p in sorted(filters.programs)]
    for name, word, text in (("instructor", mentor_word, filters.mentor), ("student", mentee_word, filters.mentee)):
        found += [Chosen(name, "", f"{word} “{text}”")] if text else []
    return found
