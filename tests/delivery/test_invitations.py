"""The calendar objects, read back from the mail by the library that a calendar would use."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from app.delivery.mail import compose
from app.models.tables import Person
from app.models.words import NoticeKind, Place, Status
from tests.delivery.world import NOW, World, at, calendars, events

pytestmark = pytest.mark.zones


def mail_to(world: World, person: Person) -> EmailMessage:
    return compose(world.letter(person), NOW)


def calendar_to(world: World, person: Person) -> Calendar:
    (calendar,) = calendars(mail_to(world, person))
    return calendar


def test_booking_is_a_request_of_one_event(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), 45, details="Bring the score.")
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    calendar = calendar_to(world, world.arjun)
    (event,) = events(calendar)
    page = f"https://meet.northlight.example/s/{session.id}"
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (session.uid, 0, "CONFIRMED")
    assert (event["SUMMARY"], event["URL"], event["LOCATION"]) == ("Piano", page, page)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event.decoded("DTSTART") == at("2026-11-10T10:30")
    assert event.decoded("DTEND") == at("2026-11-10T11:15")
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert "VALARM" not in calendar.to_ical().decode()


def test_booking_reaches_a_calendar_as_alternative_and_as_file(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    mail = mail_to(world, world.arjun)
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "application/ics"]
    inline = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    (attached,) = mail.iter_attachments()
    assert inline.get_param("method") == "REQUEST"
    assert attached.get_filename() == "invite.ics"
    assert attached.get_content() == inline.get_content().replace("\r\n", "\n").replace("\n", "\r\n").encode()


def test_one_to_one_names_both_people(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    named = [(str(one), one.params["CN"], one.params["PARTSTAT"], one.params["RSVP"]) for one in event["ATTENDEE"]]
    assert named == [
        ("mailto:arjun@northlight.example", "Arjun Rao", "ACCEPTED", "FALSE"),
        ("mailto:barbara@northlight.example", "Barbara Kowalski", "ACCEPTED", "FALSE"),
    ]


def test_group_session_names_only_its_reader(world: World) -> None:
    stranger = world.person("stranger@northlight.example", "Some", "Stranger")
    session = world.group(at("2026-11-10T10:30"), [stranger])
    world.seat(session, world.arjun)
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    mail = mail_to(world, world.arjun)
    (event,) = events(calendars(mail)[0])
    assert str(event["ATTENDEE"]) == "mailto:arjun@northlight.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert "Stranger" not in mail.as_string()
    assert "stranger@" not in mail.as_string()


def test_organizer_is_the_organisations_sender(world: World) -> None:
    world.settle(mail_sender="plans@northlight.example", mail_sender_name="Northlight plans")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    mail = mail_to(world, world.arjun)
    (event,) = events(calendars(mail)[0])
    assert str(event["ORGANIZER"]) == "mailto:plans@northlight.example"
    assert event["ORGANIZER"].params["CN"] == "Northlight plans"
    assert mail["From"] == "Northlight plans <plans@northlight.example>"


def test_unanswered_session_is_tentative_and_waits_for_the_asked(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), status=Status.PENDING, asked_id=world.arjun.id)
    world.tell(NoticeKind.ASKED, [session], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    standing = [one.params["PARTSTAT"] for one in event["ATTENDEE"]]
    assert (event["STATUS"], standing) == ("TENTATIVE", ["NEEDS-ACTION", "ACCEPTED"])


def test_link_of_the_meeting_is_in_no_part(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), link="https://zoom.example/secret-room", passcode="hush-hush")
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    mail = mail_to(world, world.arjun)
    whole = "".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart())
    assert "secret-room" not in whole
    assert "hush-hush" not in whole


def test_place_of_a_meeting_in_person_is_its_address(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), place=Place.IN_PERSON, address="Room 4; 2nd floor, left")
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert event["LOCATION"] == "Room 4; 2nd floor, left"
    assert event["URL"] == f"https://meet.northlight.example/s/{session.id}"


def test_move_keeps_the_uid_and_raises_the_sequence(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"))
    move = world.move(session, at("2026-11-11T12:00"))
    world.tell(NoticeKind.MOVED, [session], world.barbara, moves={session.id: move})
    (event,) = events(calendar_to(world, world.arjun))
    assert (event["UID"], event["SEQUENCE"]) == (session.uid, 1)
    assert event.decoded("DTSTART") == at("2026-11-11T12:00")


def test_cancelled_and_reactivated_session_rises_each_time(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.change(session, status=Status.CANCELLED)
    world.tell(NoticeKind.CANCELLED, [session], world.barbara, reason="Ill")
    off = calendar_to(world, world.arjun)
    world.change(session, status=Status.SCHEDULED)
    world.tell(NoticeKind.REACTIVATED, [session], world.barbara)
    on = calendar_to(world, world.arjun)
    (cancelled,), (back,) = events(off), events(on)
    assert (off["METHOD"], cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert (cancelled["UID"], cancelled["COMMENT"]) == (session.uid, "Ill")
    assert (on["METHOD"], back["STATUS"], back["SEQUENCE"], back["UID"]) == ("REQUEST", "CONFIRMED", 2, session.uid)


def test_series_is_one_master_with_its_skipped_date(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=6", "2026-10-05T17:00", skipped=["2026-10-19T17:00"])
    world.tell(NoticeKind.BOOKED, series, world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    rule = event["RRULE"].to_ical().decode()
    assert (event["UID"], rule) == ("series@northlight", "FREQ=WEEKLY;UNTIL=20261109T160000Z;BYDAY=MO")
    assert [left_out.dt for left_out in event["EXDATE"].dts] == [at("2026-10-19T17:00")]
    assert "RECURRENCE-ID" not in event


def test_series_without_a_title_carries_no_sessions_number(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-10-05T17:00")
    for number, one in enumerate(series, start=4):
        world.update(one, title="", number=number)
    world.tell(NoticeKind.BOOKED, series, world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert event["SUMMARY"] == "Session with Barbara Kowalski"


def test_series_expands_to_the_sessions_across_the_clock_change(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=6", "2026-10-05T17:00", skipped=["2026-10-19T17:00"])
    world.tell(NoticeKind.BOOKED, series, world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    start = event.decoded("DTSTART")
    dates = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    left_out = {one.dt for one in event["EXDATE"].dts}
    assert [one.astimezone(UTC) for one in dates if one not in left_out] == [one.start_at for one in series]
    assert {one.hour for one in dates} == {17}


def test_series_that_ends_on_skipped_dates_ends_on_its_last_session(world: World) -> None:
    skipped = ["2026-10-19T17:00", "2026-10-26T17:00"]
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", "2026-10-05T17:00", skipped=skipped)
    world.tell(NoticeKind.BOOKED, series, world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert event["RRULE"].to_ical().decode() == "FREQ=WEEKLY;UNTIL=20261012T150000Z;BYDAY=MO"
    assert "EXDATE" not in event


def test_moved_occurrences_are_one_object_by_their_original_starts(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", "2026-10-19T17:00")
    moved = series[1:]
    moves = {one.id: world.move(one, (one.start_at or NOW) + timedelta(hours=1)) for one in moved}
    world.tell(NoticeKind.MOVED, moved, world.barbara, moves=moves)
    told = events(calendar_to(world, world.arjun))
    assert {event["UID"] for event in told} == {"series@northlight"}
    assert [event.decoded("RECURRENCE-ID") for event in told] == [one.recurrence_at for one in moved]
    assert [event["RECURRENCE-ID"].params["TZID"] for event in told] == ["Europe/Berlin"] * 3
    assert [event.decoded("DTSTART") for event in told] == [one.start_at for one in moved]
    assert "RRULE" not in told[0]


def test_cancelled_rest_of_a_series_is_one_cancel(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", "2026-10-19T17:00")
    for one in series[2:]:
        world.change(one, status=Status.CANCELLED)
    world.tell(NoticeKind.CANCELLED, series[2:], world.barbara, reason="Holidays")
    calendar = calendar_to(world, world.arjun)
    told = events(calendar)
    assert (calendar["METHOD"], {event["STATUS"] for event in told}) == ("CANCEL", {"CANCELLED"})
    assert [event.decoded("RECURRENCE-ID") for event in told] == [one.recurrence_at for one in series[2:]]


def test_occurrence_arranged_again_is_no_master(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", "2026-10-19T17:00")
    world.change(series[1])
    world.tell(NoticeKind.BOOKED, [series[1]], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert event.decoded("RECURRENCE-ID") == series[1].recurrence_at
    assert (event["SEQUENCE"], "RRULE" in event) == (1, False)


def test_occurrence_moved_to_another_zone_keeps_its_identity(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", "2026-10-19T17:00")
    move = world.move(series[1], at("2026-10-27T09:00", "America/New_York"))
    world.update(series[1], zone="America/New_York")
    world.tell(NoticeKind.MOVED, [series[1]], world.barbara, moves={series[1].id: move})
    calendar = calendar_to(world, world.arjun)
    (event,) = events(calendar)
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    assert event["RECURRENCE-ID"].params["TZID"] == "Europe/Berlin"
    assert {zone["TZID"] for zone in calendar.walk("VTIMEZONE")} == {"America/New_York", "Europe/Berlin"}


def test_sessions_of_several_uids_are_one_file_each(world: World) -> None:
    sessions = [world.session(at(f"2026-11-1{day}T10:30")) for day in range(3)]
    world.tell(NoticeKind.BOOKED, sessions, world.barbara)
    mail = mail_to(world, world.arjun)
    files = {part.get_filename(): Calendar.from_ical(part.get_content()) for part in mail.iter_attachments()}
    assert [events(one)[0]["UID"] for one in files.values()] == [session.uid for session in sessions]
    assert list(files) == ["session-1.ics", "session-2.ics", "session-3.ics"]


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC", "Asia/Calcutta"])
def test_start_is_written_in_the_sessions_own_zone(world: World, zone: str) -> None:
    session = world.session(at("2026-11-10T10:30", zone), zone=zone)
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert event.decoded("DTSTART").replace(tzinfo=None) == datetime(2026, 11, 10, 10, 30)  # noqa: DTZ001
    assert event.decoded("DTSTART") == session.start_at


def test_correction_of_what_has_been_makes_no_calendar_object(world: World) -> None:
    session = world.session(at("2026-09-10T10:30"), status=Status.COMPLETED)
    world.tell(NoticeKind.CHANGED, [session], world.barbara)
    assert calendars(mail_to(world, world.arjun)) == []


def test_long_lines_are_folded_and_text_is_escaped(world: World) -> None:
    details = "a,b;c\\d\n" + "Ünïcödé 🎹 שלום " * 40
    session = world.session(at("2026-11-10T10:30"), title="T" * 400, details=details)
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    mail = mail_to(world, world.arjun)
    (attached,) = mail.iter_attachments()
    (event,) = events(calendars(mail)[0])
    assert max(len(line) for line in attached.get_content().split(b"\r\n")) <= 75
    assert event["SUMMARY"] == "T" * 400
    assert event["DESCRIPTION"].startswith(details.strip())


def test_name_cannot_add_a_parameter_or_a_line(world: World) -> None:
    evil = world.person("evil@northlight.example", 'E"; ROLE=CHAIR\r\nATTENDEE:mailto:x@y.example', "🎹: שלום")
    session = world.session(at("2026-11-10T10:30"), host_id=evil.id)
    world.seat(session, evil)
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    (event,) = events(calendar_to(world, world.arjun))
    assert [str(one) for one in event["ATTENDEE"]] == [
        "mailto:arjun@northlight.example", "mailto:evil@northlight.example",
    ]  # fmt: skip
    assert event["ATTENDEE"][1].params["ROLE"] == "REQ-PARTICIPANT"
