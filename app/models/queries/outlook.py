"""What a booking would come to, while its form is being filled: local times, clashes, dates, who is told.

Asks `commands.booking.check` how it would go and puts it into words for one viewer;
decides nothing and writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session as Db

from app.models import clock, spoken
from app.models.commands import booking
from app.models.commands.dates import Finding, Verdict
from app.models.drafts import BookingDraft, Times
from app.models.errors import Refusal
from app.models.local_times import LocalTime, local_times, zone_notes
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.queries.booking import Party, ProgramChoice
from app.models.queries.busy import load_busy
from app.models.week_strip import Busy, WeekStrip, lay_out

HEADLINES = {
    Verdict.FREE: ("Both are free.", "good"),
    Verdict.WARNED: ("It can be booked, but mind:", "warn"),
    Verdict.CLASH: ("This time cannot be had.", "danger"),
    Verdict.MISSING: ("This time does not exist on that day.", "danger"),
    Verdict.PAST: ("This time has passed.", "danger"),
}
VERDICT_WORDS = {
    Verdict.FREE: "Free",
    Verdict.WARNED: "Free, with a warning",
    Verdict.CLASH: "Clash",
    Verdict.MISSING: "Does not exist",
    Verdict.PAST: "In the past",
}


@dataclass(frozen=True)
class DateLine:
    """One date of a series, and how it would go."""

    words: str
    verdict: str
    verdict_word: str
    messages: str


@dataclass(frozen=True)
class FreeTime:
    """A free start, as the form's two fields want it and in words."""

    date: str
    time: str
    words: str


@dataclass(frozen=True)
class Outlook:
    """The panel beside the form. `verdict` is that of the first date, "" while nothing is known.

    `headline` says in a sentence how it would go, in the tone of `look`: good, warn or danger.
    `asks` is what must be chosen before anything can be said.
    """

    summary: str = ""
    headline: str = ""
    look: str = ""
    times: list[LocalTime] = field(default_factory=list[LocalTime])
    notes: list[str] = field(default_factory=list[str])
    verdict: str = ""
    problems: list[str] = field(default_factory=list[str])
    free_times: list[FreeTime] = field(default_factory=list[FreeTime])
    dates: list[DateLine] = field(default_factory=list[DateLine])
    can_skip: bool = False
    told: list[str] = field(default_factory=list[str])
    strip: WeekStrip = field(default_factory=WeekStrip)
    asks: str = ""


@dataclass(frozen=True)
class Wished:
    """What the form says so far: the two, the programme, and the drafts that can be read of it.

    `problem` is why no booking draft can be read though everything seems there; `day` is known before the hour is.
    """

    mentor: Party
    mentee: Party
    program: ProgramChoice
    times: Times | None = None
    draft: BookingDraft | None = None
    problem: str = ""
    notifies: bool = True
    day: date | None = None


def look_ahead(db: Db, viewer: Viewer, now: datetime, wished: Wished) -> Outlook:
    """Work out the panel for what is wished so far. Reads the two people's sessions of the week and the dates."""
    times, asks = wished.times, _asks(wished)
    if times is None:
        return Outlook(told=_told(viewer, wished), strip=_strip(db, viewer, now, wished), asks=asks)
    found = _judge(db, viewer, now, wished)
    walls = [one.wall for one in found.findings] or [datetime.combine(times.day, times.at)]
    periods = [_period(wall, times) for wall in walls if clock.exists(wall, times.zone)]
    people = [(p.first_name, p.zone) for p in (wished.mentor, wished.mentee) if p.id and not p.is_me]
    is_series = len(found.findings) > 1
    headline, look = _headline(found.findings)
    return Outlook(
        summary=_summary(walls[0], times, viewer),
        times=local_times(periods[0], viewer.zone, people) if periods else [],
        notes=zone_notes(periods, now, viewer.zone, people),
        headline=headline,
        look=look,
        verdict=found.findings[0].verdict if found.findings else "",
        problems=found.problems if is_series or not found.findings else list(found.findings[0].messages),
        free_times=[_free_time(start, times.zone) for start in found.free_times],
        dates=[_date_line(one) for one in found.findings] if is_series else [],
        can_skip=is_series and any(one.verdict in (Verdict.CLASH, Verdict.MISSING) for one in found.findings),
        told=_told(viewer, wished),
        strip=_strip(db, viewer, now, wished, periods),
        asks=asks,
    )


def _asks(wished: Wished) -> str:
    is_open = wished.mentor.id and wished.mentee.id and not wished.program.id
    return "Choose the programme: several fit these two." if is_open else ""


@dataclass(frozen=True)
class _Judged:
    findings: list[Finding] = field(default_factory=list[Finding])
    free_times: list[datetime] = field(default_factory=list[datetime])
    problems: list[str] = field(default_factory=list[str])


def _judge(db: Db, viewer: Viewer, now: datetime, wished: Wished) -> _Judged:
    if wished.draft is None:
        return _Judged(problems=[wished.problem] if wished.problem else [])
    try:
        found = booking.check(db, viewer, now, wished.draft)
    except Refusal as refusal:
        return _Judged(problems=[str(problem) for problem in refusal.problems])
    return _Judged(list(found.findings), list(found.free_times))


def _period(wall: datetime, times: Times) -> Period:
    return Period.lasting(clock.instant(wall, times.zone), times.minutes)


def _summary(wall: datetime, times: Times, viewer: Viewer) -> str:
    words = f"{spoken.day_words(wall)}, {wall:%H:%M}"
    if times.zone == viewer.zone or not clock.exists(wall, times.zone):
        return words
    return f"{words} ({clock.zone_words(clock.instant(wall, times.zone), times.zone)})"


def _free_time(start: datetime, zone: str) -> FreeTime:
    wall = clock.wall(start, zone)
    return FreeTime(wall.date().isoformat(), f"{wall:%H:%M}", spoken.wall_moment(wall))


def _date_line(one: Finding) -> DateLine:
    return DateLine(spoken.wall_moment(one.wall), one.verdict, VERDICT_WORDS[one.verdict], " ".join(one.messages))


def _headline(findings: Sequence[Finding]) -> tuple[str, str]:
    if not findings:
        return "", ""
    if len(findings) == 1:
        return HEADLINES[findings[0].verdict]
    free = sum(one.can_be_booked for one in findings)
    if free == len(findings):
        return f"All {free} dates can be booked.", "good"
    return f"{len(findings) - free} of {len(findings)} dates cannot be booked.", "danger" if free == 0 else "warn"


def _told(viewer: Viewer, wished: Wished) -> list[str]:
    """Say what the booking does to whom. Empty until both are chosen."""
    mentor, mentee, program = wished.mentor, wished.mentee, wished.program
    if not (mentor.id and mentee.id and program.id):
        return []
    others = [party for party in (mentor, mentee) if not party.is_me]
    lines: list[str] = []
    if not program.is_assigned:
        lines.append("They will be assigned to each other.")
    asks = program.asks_confirmation and not viewer.manages(program.id)
    if asks:
        lines.append(f"{others[0].first_name} is asked to confirm; until then the time is held.")
    names = " and ".join(party.first_name for party in others)
    verb = "get" if len(others) > 1 else "gets"
    if wished.notifies or asks:
        lines.append(f"{names} {verb} an e-mail with the calendar entry.")
    else:
        lines.append(f"{names} {verb} no e-mail; it still shows in Meridian.")
    return lines


def _strip(db: Db, viewer: Viewer, now: datetime, wished: Wished, periods: Sequence[Period] = ()) -> WeekStrip:
    parties = [party for party in (wished.mentor, wished.mentee) if party.id]
    if not parties:
        return WeekStrip()
    zone = wished.times.zone if wished.times else viewer.zone
    today = clock.today(now, zone)
    day = wished.times.day if wished.times else wished.day or today
    taken = load_busy(db, viewer, [party.id for party in parties], day, zone)
    busy: dict[str, list[Busy]] = {}
    for party in parties:
        who = "You" if party.is_me else party.first_name
        busy[party.name if who in busy else who] = taken.get(party.id, [])
    return lay_out(day, today, zone, busy, periods)
