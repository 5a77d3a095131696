"""Calendar objects of a notice (RFC 5545 iCalendar, RFC 5546 iTIP). Writes no mail.

All components of one REQUEST or CANCEL share one UID (RFC 5546 §3.2.2, §3.2.5), so a notice
gives one object for each UID and method; a series shares a UID, so it is one object. Its
booking is a master with RRULE and EXDATE; what happens to occurrences later is one VEVENT
each, with the RECURRENCE-ID of its original start. The master's page is that of its first session with
`?next=1`: whoever opens it from a later date means the next one of the series.

No RSVP is asked for: Meridian reads no mailbox, so an answer given in a calendar would be
lost. People answer on the session's page, which URL and LOCATION lead to. The meeting's own
link is never written, for attendance is known by Meridian's Join. A group session names the
reader alone, and stands in the calendars of those who have a place in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from app.delivery import links, settings
from app.delivery.who import one_line, other, series_title, title
from app.models import clock
from app.models.letters import Contact, Letter, Recurrence, Told
from app.models.words import Kind, NoticeKind, Place, SeatStatus, Status

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_STANDING = {Status.PENDING: "TENTATIVE", Status.SCHEDULED: "CONFIRMED", Status.LIVE: "CONFIRMED"}
_GONE = frozenset({NoticeKind.LEFT, NoticeKind.REMOVED, NoticeKind.PUT_BACK})
_COME = frozenset({NoticeKind.ENROLLED, NoticeKind.PROMOTED})
_WITHOUT = frozenset(
    {
        *(NoticeKind.INVITED, NoticeKind.CONFIRM, NoticeKind.WAITING),
        *(NoticeKind.REMINDER, NoticeKind.TOO_FEW, NoticeKind.RATE),
    }
)
"""What changes no calendar: who has no place yet is sent no entry, and who is reminded or was there has it."""


@dataclass(frozen=True)
class Invitation:
    """One calendar object, as it is attached. `text` is folded, its lines end with CRLF."""

    uid: str
    method: str
    text: str


def invitations(letter: Letter) -> list[Invitation]:
    """Make the calendar objects that keep the reader's calendar in step with a notice.

    Sessions without a time, and corrections of what has been, make none. The same letter
    always makes the same bytes.
    """
    groups: dict[tuple[str, str], list[Told]] = {}
    for told in letter.sessions:
        if method := _method(letter, told):
            groups.setdefault((told.uid, method), []).append(told)
    return [Invitation(uid, method, _object(letter, method, group)) for (uid, method), group in groups.items()]


def feed(letter: Letter, name: str, *, names_people: bool) -> str:
    """Make the calendar that a private link gives (METHOD:PUBLISH, RFC 5546 §3.2.1): the letter's sessions.

    UID, RECURRENCE-ID and SEQUENCE are those of the mails. It lists no attendees, as a published
    calendar must not; `names_people` writes who meets into the titles, for whoever manages them.
    """
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT15M")
    for told in letter.sessions:
        event = _occurrence(letter, PUBLISH, None, told)
        if names_people:
            event["summary"] = vText(_with_people(letter, told))
        calendar.add_component(event)
    _add_zones(calendar, letter.sessions)
    return calendar.to_ical().decode()


def sender_address(letter: Letter) -> str:
    """Give the organisation's mail address, which also organises its sessions."""
    return letter.house.mail_sender or f"meridian@{settings.mail_domain()}"


def _method(letter: Letter, told: Told) -> str:
    if letter.kind in _WITHOUT:
        return ""
    if letter.kind in _GONE:
        return CANCEL if letter.facts.get("before", SeatStatus.ENROLLED) == SeatStatus.ENROLLED else ""
    if letter.kind not in _COME and not _has_place(letter, told):
        return ""
    if told.status == Status.CANCELLED or letter.kind == NoticeKind.CANCELLED:
        return CANCEL
    if letter.kind == NoticeKind.HANDED_OVER and (told.start_at or told.old_start_at):
        # It leaves the calendar of whom it was taken from, and everybody's where its time is off.
        is_gone = letter.reader.id == letter.facts.get("from_id") or told.start_at is None
        return CANCEL if is_gone else REQUEST
    return REQUEST if told.status in _STANDING and told.start_at else ""


def _has_place(letter: Letter, told: Told) -> bool:
    """Whether the session stands in the reader's calendar, or stood in it before it was handed over."""
    is_handed_over = letter.kind == NoticeKind.HANDED_OVER
    return told.kind == Kind.ONE_TO_ONE or is_handed_over or told.seat == SeatStatus.ENROLLED


def _object(letter: Letter, method: str, group: Sequence[Told]) -> str:
    calendar = _calendar(method)
    series = letter.series if letter.series and letter.series.uid == group[0].uid else None
    if series and _is_booking(letter.kind, series, group):
        calendar.add_component(_master(letter, series, group))
    else:
        for told in group:
            calendar.add_component(_occurrence(letter, method, series, told))
    _add_zones(calendar, group)
    return calendar.to_ical().decode()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Meridian//Meridian//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _add_zones(calendar: Calendar, group: Sequence[Told]) -> None:
    days = [at.date() for told in group for at in (told.start_at, told.recurrence_at) if at]
    if days:
        calendar.add_missing_timezones(min(days) - timedelta(days=366), max(days) + timedelta(days=366))


def _with_people(letter: Letter, told: Told) -> str:
    names = [letter.people[one].name for one in (told.host_id, told.mentee_id) if one and one in letter.people]
    numbered = f"Session {told.number}" if told.number else "Session"
    return one_line(f"{told.title or numbered} ({' and '.join(names)})")


def _is_booking(kind: NoticeKind, series: Recurrence, group: Sequence[Told]) -> bool:
    """Whether the notice tells of all dates of the series as they were first booked, not of one arranged later."""
    if kind not in (NoticeKind.BOOKED, NoticeKind.ASKED):
        return False
    as_booked = all(told.start_at == told.recurrence_at for told in group)
    skipped = {datetime.fromisoformat(wall) for wall in series.skipped_walls}
    return as_booked and _held(series, group) == set(_walls(series)) - skipped


def _walls(series: Recurrence) -> list[datetime]:
    return list(rrulestr(series.rrule, dtstart=datetime.fromisoformat(series.first_wall)))


def _held(series: Recurrence, group: Sequence[Told]) -> set[datetime]:
    return {clock.wall(told.recurrence_at, series.zone) for told in group if told.recurrence_at}


def _master(letter: Letter, series: Recurrence, group: Sequence[Told]) -> Event:
    walls, held = _walls(series), _held(series, group)
    last = max(held)
    tz = clock.zone_named(series.zone)
    event = _common(letter, REQUEST, group[0], page=f"{settings.session_url(group[0].id)}?next=1")
    event["summary"] = vText(series_title(letter, group[0]))
    start = walls[0].replace(tzinfo=tz)
    event.add("dtstart", start)
    event.add("dtend", (start.astimezone(UTC) + timedelta(minutes=series.minutes)).astimezone(tz))
    rule = vRecur.from_ical(series.rrule)
    rule.pop("COUNT", None)
    # An end in UTC is exact even where the clocks skip one of the dates (RFC 5545 §3.3.10).
    rule["UNTIL"] = [last.replace(tzinfo=tz).astimezone(UTC)]
    event.add("rrule", rule)
    left_out = [wall.replace(tzinfo=tz) for wall in walls if wall < last and wall not in held]
    if left_out:
        event.add("exdate", left_out)
    return event


def _occurrence(letter: Letter, method: str, series: Recurrence | None, told: Told) -> Event:
    event = _common(letter, method, told, page=links.page_url(letter, told))
    tz = clock.zone_named(told.zone)
    start, end = told.start_at or told.old_start_at, told.end_at or told.old_end_at
    if start and end:
        event.add("dtstart", start.astimezone(tz))
        event.add("dtend", end.astimezone(tz))
    if told.recurrence_at:
        event.add("recurrence-id", told.recurrence_at.astimezone(clock.zone_named(series.zone) if series else tz))
    return event


def _common(letter: Letter, method: str, told: Told, *, page: str) -> Event:
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", letter.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", told.sequence)
    event.add("summary", title(letter, told))
    place = links.place_url(letter, told) if letter.reader.is_visitor and method == REQUEST else ""
    parts = (told.details, f"Details and Join: {page}", f"Your place, and how to give it up: {place}" if place else "")
    event.add("description", "\n\n".join(part for part in parts if part))
    event.add("location", told.address if told.place != Place.ONLINE and told.address else page)
    event.add("url", page)
    event.add("status", "CANCELLED" if method == CANCEL else _STANDING.get(told.status, "CONFIRMED"))
    event.add("transp", "OPAQUE")
    if letter.reason:
        event.add("comment", letter.reason)
    event["organizer"] = _address(sender_address(letter), letter.house.mail_sender_name or letter.house.name)
    for person in _attendees(letter, told) if method != PUBLISH else ():
        event.add("attendee", _attendee(told, person))
    return event


def _attendees(letter: Letter, told: Told) -> list[Contact]:
    partner = other(letter, told)
    return [letter.reader, partner] if partner else [letter.reader]


def _attendee(told: Told, person: Contact) -> vCalAddress:
    standing = "ACCEPTED"
    if told.status == Status.PENDING and told.asked_id == person.id:
        standing = "NEEDS-ACTION"
    address = _address(person.email, person.name)
    address.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": standing, "RSVP": "FALSE"}
    return address


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = one_line(name, 200)
    return address
