"""The numbers of each part of the insights as a sheet: what its table shows, and what its file holds.

Both are made from one reading, so that a plot, its table and its file cannot disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session as Db

from app.models.insights import Asked, Part, Week
from app.models.permissions import Viewer
from app.models.queries.insights import (
    Came,
    Hours,
    Insights,
    day_in,
    open_insights,
    sum_of,
    total,
)
from app.models.words import CALENDAR_WORDS, Kind, Shown

PILED: dict[Shown, str] = {
    shown: CALENDAR_WORDS[shown]
    for shown in (
        Shown.COMPLETED,
        Shown.MISSED,
        Shown.CANCELLED,
        Shown.AWAITING,
        Shown.LIVE,
        Shown.SCHEDULED,
        Shown.PENDING,
    )
}
"""What sessions are counted as, in the order in which a bar is piled up."""
KINDS: dict[Kind, str] = {Kind.ONE_TO_ONE: "One-to-one", Kind.GROUP: "Group"}


@dataclass(frozen=True)
class Sheet:
    """A heading for each column, and the rows; of a table on a page the last may be the sums."""

    headings: list[str] = field(default_factory=list[str])
    rows: list[list[str]] = field(default_factory=list[list[str]])


def file_of(db: Db, viewer: Viewer, now: datetime, asked: Asked, part: Part) -> Sheet:
    """Make one part's file. Raises NotFound for those whom it does not concern."""
    makers: dict[Part, Callable[[Insights], Sheet]] = {
        Part.WEEKS: _weeks_file,
        Part.ATTENDANCE: _attendance_file,
        Part.HOURS: _hours_file,
        Part.WAITING: _waiting_file,
        Part.PROGRAMS: _programs_file,
    }
    return makers[part](open_insights(db, viewer, now, asked))


def weeks_sheet(weeks: Sequence[Week], counts: Sequence[dict[Shown, int]]) -> Sheet:
    """Show each week's sessions, by what occurs at all, and their sums."""
    sums = total(counts)
    shown = [one for one in PILED if sums.get(one)]
    rows = [[week_words(week), *_counted(one, shown)] for week, one in zip(weeks, counts, strict=True)]
    return Sheet(["Week of", *(PILED[one] for one in shown), "All"], [*rows, ["All weeks", *_counted(sums, shown)]])


def attendance_sheet(weeks: Sequence[Week], seats: Sequence[dict[Kind, Came]]) -> Sheet:
    """Show who came of how many, and the share, for each week and overall."""
    kinds = [kind for kind in KINDS if sum_of(one[kind] for one in seats).seats]
    headings = [f"{KINDS[kind]}: {what}" for kind in kinds for what in ("came", "did not come", "attendance")]
    rows = [[week_words(week), *_shares([one[kind] for kind in kinds])] for week, one in zip(weeks, seats, strict=True)]
    sums = ["All weeks", *_shares([sum_of(one[kind] for one in seats) for kind in kinds])]
    return Sheet(["Week of", *headings], [*rows, sums])


def hours_sheet(held: Sequence[Hours], mentor_word: str) -> Sheet:
    """Show the mentors and what they held."""
    rows = [
        [one.name, str(one.sessions), hours_words(one.alone), hours_words(one.group), hours_words(one.all)]
        for one in held
    ]
    return Sheet([mentor_word.capitalize(), "Sessions", "Hours one-to-one", "Hours in groups", "Hours"], rows)


def week_words(week: Week) -> str:
    """Name a week by its Monday, as "2 Mar 2026"."""
    return f"{week.day.day} {week.day:%b %Y}"


def hours_words(hours: float) -> str:
    """Give hours with at most two places, as "12.5"."""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def share_words(share: float | None) -> str:
    """Say a share, as "93%"; "–" where there is none. Never 100% where somebody did not come, nor 0% where one did."""
    if share is None:
        return "–"
    percent = round(100 * share)
    if percent == 100 and share < 1:
        percent = 99
    return f"{1 if percent == 0 and share > 0 else percent}%"


def percent(share: float | None) -> str:
    """Give a share in percent with one place, for a file; "" where there is none."""
    return "" if share is None else f"{100 * share:.1f}"


def _counted(counts: dict[Shown, int], shown: Sequence[Shown]) -> list[str]:
    return [str(counts.get(one, 0)) for one in shown] + [str(sum(counts.values()))]


def _shares(came: Sequence[Came]) -> list[str]:
    return [text for one in came for text in (str(one.came), str(one.missed), share_words(one.share))]


def _weeks_file(found: Insights) -> Sheet:
    counts = found.by_week()
    rows = [[_iso(week.day), *_counted(one, list(PILED))] for week, one in zip(found.weeks, counts, strict=True)]
    return Sheet(["Week of (Monday)", *PILED.values(), "All"], rows)


def _attendance_file(found: Insights) -> Sheet:
    rows = [
        [_iso(week.day), KINDS[kind], *_of_seats(one[kind])]
        for week, one in zip(found.weeks, found.attendance(), strict=True)
        for kind in KINDS
    ]
    headings = ["Week of (Monday)", "Kind", "Seats", "Came", "Did not come", "Attendance %", "No-show %"]
    return Sheet(headings, rows)


def _of_seats(came: Came) -> list[str]:
    absent = None if came.share is None else came.missed / came.seats
    return [str(came.seats), str(came.came), str(came.missed), percent(came.share), percent(absent)]


def _hours_file(found: Insights) -> Sheet:
    held = found.hours()
    sheet = hours_sheet(held, found.words.mentor)
    rows = [[row[0], one.email, *row[1:]] for one, row in zip(held, sheet.rows, strict=True)]
    return Sheet([sheet.headings[0], "E-mail", *sheet.headings[1:]], rows)


def _waiting_file(found: Insights) -> Sheet:
    headings = [found.words.mentor.capitalize(), found.words.mentee.capitalize(), "Programme", "Completed", "Sessions"]
    rows = [
        [
            *(one.mentor, one.mentee, one.program, str(one.done), str(one.in_all)),
            *(_day(found.zone, one.held), _day(found.zone, one.began), str(one.id)),
        ]
        for one in found.waiting()
    ]
    return Sheet([*headings, "Last session", "Assigned", "ID"], rows)


def _programs_file(found: Insights) -> Sheet:
    headings = ["Programme", "Mentors", "Mentees", "Active relationships", "Sessions held", "Completion %"]
    headings[1:3] = [found.words.mentors.capitalize(), found.words.mentees.capitalize()]
    rows = [
        [
            *(one.name, str(one.mentors), str(one.mentees), str(one.pairs), str(one.held), percent(one.completion)),
            *(f"{one.average:.2f}" if one.average is not None else "", str(one.rated.ratings)),
        ]
        for one in found.glances()
    ]
    return Sheet([*headings, "Average rating", "Ratings"], rows)


def _iso(day: date) -> str:
    return day.isoformat()


def _day(zone: str, at: datetime | None) -> str:
    return _iso(day_in(zone, at)) if at else ""
