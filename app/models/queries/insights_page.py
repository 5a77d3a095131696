"""The insights page in words and plots, made of what `queries.insights` counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session as Db

from app.models import clock, insights, spoken
from app.models.insights import PERIODS, Asked, Part, Week
from app.models.permissions import Viewer
from app.models.plots import Column, Line, Plot, lines, stack
from app.models.queries.insights import (
    Came,
    Choice,
    Glance,
    Hours,
    Insights,
    Waiting,
    open_insights,
    sum_of,
    total,
)
from app.models.queries.insights_sheets import (
    KINDS,
    PILED,
    Sheet,
    attendance_sheet,
    hours_sheet,
    hours_words,
    share_words,
    week_words,
    weeks_sheet,
)
from app.models.words import Kind, Shown

MOST_MENTORS = 20
MOST_WAITING = 50


@dataclass(frozen=True)
class Way:
    """A period to choose: where it leads, and whether it is the one that is shown."""

    word: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Figure:
    """One number and what it says."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class HoursRow:
    """One bar of the hours; the widths are in percent of the longest."""

    href: str
    name: str
    words: str
    alone: str
    group: str
    group_x: str


@dataclass(frozen=True)
class WaitingRow:
    """One relationship without a next session."""

    href: str
    pair: str
    program: str
    progress: str
    last: str
    since: str


@dataclass(frozen=True)
class GlanceRow:
    """One programme in words."""

    href: str
    name: str
    people: str
    pairs: str
    held: str
    completion: str
    rating: str


@dataclass(frozen=True)
class InsightsPage:
    """Everything the page shows. `files` are the addresses of the parts' files, by part."""

    ways: list[Way] = field(default_factory=list[Way])
    choices: list[Choice] = field(default_factory=list[Choice])
    program: str = ""
    first: str = ""
    last: str = ""
    is_custom: bool = False
    period_words: str = ""
    weeks: Plot = field(default_factory=Plot)
    weeks_sheet: Sheet = field(default_factory=Sheet)
    attendance: Plot = field(default_factory=Plot)
    attendance_sheet: Sheet = field(default_factory=Sheet)
    figures: list[Figure] = field(default_factory=list[Figure])
    hours: list[HoursRow] = field(default_factory=list[HoursRow])
    hours_sheet: Sheet = field(default_factory=Sheet)
    hours_title: str = ""
    hours_more: str = ""
    waiting: list[WaitingRow] = field(default_factory=list[WaitingRow])
    waiting_words: str = ""
    waiting_more: str = ""
    programs: list[GlanceRow] = field(default_factory=list[GlanceRow])
    files: dict[str, str] = field(default_factory=dict[str, str])
    is_ready: bool = False


def load_insights(db: Db, viewer: Viewer, now: datetime, asked: Asked) -> InsightsPage:
    """Count and lay out everything. Raises NotFound for those whom it does not concern. Eight queries at most."""
    found = open_insights(db, viewer, now, asked)
    counts, seats, held, waiting = found.by_week(), found.attendance(), found.hours(), found.waiting()
    first, last = found.days
    return InsightsPage(
        ways=_ways(asked),
        choices=found.choices,
        program=str(asked.program_id or ""),
        first=first.isoformat(),
        last=last.isoformat(),
        is_custom=asked.is_custom,
        period_words=_period_words(found),
        weeks=_weeks_plot(found.weeks, counts),
        weeks_sheet=weeks_sheet(found.weeks, counts),
        attendance=_attendance_plot(found.weeks, seats),
        attendance_sheet=attendance_sheet(found.weeks, seats),
        figures=_figures(seats),
        hours=_hours_rows(held),
        hours_sheet=hours_sheet(held[:MOST_MENTORS], found.words.mentor),
        hours_title=f"Hours by {found.words.mentor}",
        hours_more=_more(len(held), MOST_MENTORS, found.words.mentors),
        waiting=[_waiting_row(one, now, viewer.zone) for one in waiting[:MOST_WAITING]],
        waiting_words=f"{len(waiting):,}" if waiting else "",
        waiting_more=_more(len(waiting), MOST_WAITING, "relationships"),
        programs=[_glance_row(one) for one in found.glances()],
        files={part.value: insights.address_of(asked, f"{insights.PATH}/{part.value}.csv") for part in Part},
        is_ready=True,
    )


def _ways(asked: Asked) -> list[Way]:
    plain = replace(asked, first=None, last=None)
    return [
        Way(word, insights.address_of(replace(plain, weeks=int(weeks))), asked.period == weeks)
        for weeks, word in PERIODS.items()
    ]


def _period_words(found: Insights) -> str:
    first, last = found.days
    zone = clock.zone_words(found.now, found.zone)
    return f"{insights.day_words(first)} – {insights.day_words(last)}. Weeks begin on Monday ({zone})."


def _weeks_plot(weeks: Sequence[Week], counts: Sequence[dict[Shown, int]]) -> Plot:
    looks = {shown.value: word for shown, word in PILED.items()}
    columns = [
        Column(f"Week of {week_words(week)}", _short(week), str(week.day.year), {k.value: v for k, v in one.items()})
        for week, one in zip(weeks, counts, strict=True)
    ]
    sums = total(counts)
    parts = spoken_list([f"{sums[shown]:,} {PILED[shown].lower()}" for shown in PILED if sums.get(shown)])
    most = max(range(len(weeks)), key=lambda place: sum(counts[place].values()))
    words = f"{sum(sums.values()):,} sessions in {len(weeks)} weeks: {parts}."
    words += f" The most, {sum(counts[most].values()):,}, are in the week of {week_words(weeks[most])}."
    return stack(columns, looks, words if parts else "")


def _attendance_plot(weeks: Sequence[Week], seats: Sequence[dict[Kind, Came]]) -> Plot:
    drawn = [
        Line(kind.value, word, [one[kind].share for one in seats], _says(weeks, [one[kind] for one in seats], word))
        for kind, word in KINDS.items()
    ]
    told = [
        f"{word}: {share_words(came.share)} of {came.seats:,} seats"
        for kind, word in KINDS.items()
        if (came := sum_of(one[kind] for one in seats)).seats
    ]
    words = f"Attendance by week. Overall {', '.join(told)}." if told else ""
    return lines([(_short(week), str(week.day.year)) for week in weeks], drawn, words)


def _says(weeks: Sequence[Week], came: Sequence[Came], word: str) -> list[str]:
    return [
        f"Week of {week_words(week)}: {word} {share_words(one.share)}, {one.came:,} of {one.seats:,} seats"
        for week, one in zip(weeks, came, strict=True)
    ]


def _figures(seats: Sequence[dict[Kind, Came]]) -> list[Figure]:
    figures: list[Figure] = []
    for kind, word in KINDS.items():
        came = sum_of(one[kind] for one in seats)
        figures.append(Figure(f"{word}: attendance", share_words(came.share), f"{came.came:,} of {came.seats:,} seats"))
        absent = came.missed / came.seats if came.seats else None
        figures.append(Figure(f"{word}: no-shows", share_words(absent), f"{came.missed:,} of {came.seats:,} seats"))
    return figures


def _hours_rows(held: Sequence[Hours]) -> list[HoursRow]:
    longest = max((one.all for one in held), default=0) or 1
    return [
        HoursRow(
            href=f"/people/{one.person_id}",
            name=one.name,
            words=f"{hours_words(one.all)} h",
            alone=f"{100 * one.alone / longest:.2f}%",
            group=f"{100 * one.group / longest:.2f}%",
            group_x=f"{100 * one.alone / longest:.2f}%",
        )
        for one in held[:MOST_MENTORS]
    ]


def _waiting_row(one: Waiting, now: datetime, zone: str) -> WaitingRow:
    days = (clock.today(now, zone) - clock.today(one.held or one.began, zone)).days
    since = "today" if days <= 0 else f"{days:,} day{'' if days == 1 else 's'}"
    return WaitingRow(
        href=f"/relationships/{one.id}",
        pair=f"{one.mentor} and {one.mentee}",
        program=one.program,
        progress=f"{one.done} of {one.in_all}",
        last=spoken.short_day(one.held, zone) if one.held else "None yet",
        since=since,
    )


def _glance_row(one: Glance) -> GlanceRow:
    words = one.words
    people = f"{_some(one.mentors, words.mentor, words.mentors)}, {_some(one.mentees, words.mentee, words.mentees)}"
    rating = f"{one.average:.1f} of 5 ({one.rated.ratings:,})" if one.average is not None else "–"
    archived = " (archived)" if one.is_archived else ""
    return GlanceRow(
        href=f"/programs/{one.id}",
        name=f"{one.name}{archived}",
        people=people,
        pairs=f"{one.pairs:,}",
        held=f"{one.held:,}",
        completion=share_words(one.completion),
        rating=rating,
    )


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _more(count: int, shown: int, word: str) -> str:
    return f"{shown} of {count:,} {word} are shown; the CSV has them all." if count > shown else ""


def _short(week: Week) -> str:
    return f"{week.day.day} {week.day:%b}"


def spoken_list(parts: Sequence[str]) -> str:
    """Join parts, as "3 completed, 1 missed and 2 cancelled"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1] if parts else ""]))
