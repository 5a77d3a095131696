"""A participant's own calendar follows: it knows the mails alone, and ends up with what the database has.

The calendar below does what RFC 5546 asks of one: it takes over a REQUEST, strikes what a
CANCEL names, and ignores what is older than what it has.
"""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from app.delivery import courier
from app.models.commands.answering import accept, decline, propose
from app.models.commands.booking import arrange, book, reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import edit, move, undo_move
from app.models.drafts import CancelDraft, Repetition
from app.models.permissions import Viewer
from app.models.words import OCCUPYING, Repeat, Scope, Status
from tests.delivery.world import calendars, events, text_of
from tests.models import factories as make
from tests.support.mail import MailServer

Key = tuple[str, datetime | None]
WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=6)
pytestmark = pytest.mark.zones


class OwnCalendar:
    """What one person's calendar program has made of the mails so far."""

    def __init__(self) -> None:
        self.entries: dict[Key, tuple[datetime, datetime, str]] = {}
        self.sequences: dict[Key, int] = {}

    def take(self, calendar: Calendar) -> None:
        for event in events(calendar):
            if "RRULE" in event:
                self._take_series(event)
            else:
                self._take_one(str(calendar["METHOD"]), event)

    def _take_series(self, event: Event) -> None:
        length = event.decoded("DTEND") - event.decoded("DTSTART")
        left_out = {one.dt.astimezone(UTC) for one in event["EXDATE"].dts} if "EXDATE" in event else set()
        for wall in rrulestr(event["RRULE"].to_ical().decode(), dtstart=event.decoded("DTSTART")):
            start = wall.astimezone(UTC)
            if start not in left_out:
                self._put((str(event["UID"]), start), event, start, start + length)

    def _take_one(self, method: str, event: Event) -> None:
        original = event.decoded("RECURRENCE-ID").astimezone(UTC) if "RECURRENCE-ID" in event else None
        key = (str(event["UID"]), original)
        if method == "CANCEL":
            assert event["SEQUENCE"] > self.sequences[key], "a CANCEL that a calendar would ignore"
            self.sequences[key] = event["SEQUENCE"]
            self.entries.pop(key, None)
            return
        self._put(key, event, event.decoded("DTSTART").astimezone(UTC), event.decoded("DTEND").astimezone(UTC))

    def _put(self, key: Key, event: Event, start: datetime, end: datetime) -> None:
        assert event["SEQUENCE"] > self.sequences.get(key, -1), "a REQUEST that a calendar would ignore"
        self.sequences[key] = event["SEQUENCE"]
        self.entries[key] = (start, end, str(event["STATUS"]))


def in_database() -> dict[Key, tuple[datetime, datetime, str]]:
    """Give the entries that a calendar should have."""
    words = {Status.PENDING: "TENTATIVE"}
    return {
        (row.uid, row.recurrence_at): (row.start_at, row.end_at, words.get(Status(row.status), "CONFIRMED"))
        for row in make.sessions()
        if row.status in OCCUPYING and row.start_at and row.end_at
    }


class Office:
    """A house with a mail server, and the two calendars at home."""

    def __init__(self, server: MailServer, clock: time_machine.Traveller) -> None:
        make.make_organisation()
        self.server, self.clock, self.read = server, clock, 0
        self.house = make.make_house()
        self.calendars = {self.house.mentor.email: OwnCalendar(), self.house.mentee.email: OwnCalendar()}

    def deliver(self) -> int:
        """Let the time for Undo pass, send, and let the calendars follow. Gives the number of new mails."""
        self.clock.shift(timedelta(seconds=11))
        while courier.deliver_due("here"):
            pass
        fresh = self.server.messages[self.read :]
        for mail, (address,) in zip(fresh, self.server.recipients[self.read :], strict=True):
            for one in calendars(mail):
                self.calendars[address].take(one)
        self.read += len(fresh)
        return len(fresh)

    def assert_in_step(self, mails: int) -> None:
        """Deliver, and compare both calendars with the database."""
        assert self.deliver() == mails
        expected = in_database()
        assert [calendar.entries for calendar in self.calendars.values()] == [expected, expected]

    @property
    def manager(self) -> Viewer:
        return self.house.manager


@pytest.fixture
def office(migrated: None, monkeypatch: pytest.MonkeyPatch, smtp: MailServer) -> Generator[Office]:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    make.empty_tables()
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield Office(smtp, clock)


def book_one(office: Office, day: int = 3, **values: object) -> int:
    return make.do(book, office.manager, make.booking(office.house, make.at(day), **values))["session_ids"][0]


def book_series(office: Office) -> list[int]:
    draft = make.booking(office.house, make.at(7), repetition=WEEKLY)
    return make.do(book, office.manager, draft)["session_ids"]


def test_calendars_follow_a_single_session_through_its_life(office: Office) -> None:
    session_id = book_one(office)
    office.assert_in_step(2)
    make.do(edit, office.manager, session_id, make.editing(make.at(4, 11)))
    office.assert_in_step(2)
    make.do(cancel, office.manager, session_id, CancelDraft(reason="Ill"))
    office.assert_in_step(2)
    make.do(reactivate, office.manager, session_id)
    office.assert_in_step(2)
    make.do(cancel, office.manager, session_id, CancelDraft(reason="Ill again"))
    make.do(arrange, office.manager, session_id, make.editing(make.at(9, 8)))
    office.assert_in_step(4)
    make.do(delete, office.manager, session_id)
    office.assert_in_step(2)


def test_calendars_follow_a_series_across_the_clock_change(office: Office) -> None:
    ids = book_series(office)
    office.assert_in_step(2)
    assert {make.session(one).start_at.hour for one in ids if make.session(one).start_at} == {15, 16}
    make.do(move, office.manager, ids[2], make.moving(make.at(21, 18), scope=Scope.FOLLOWING))
    office.assert_in_step(2)
    make.do(move, office.manager, ids[1], make.moving(make.at(15, 9)))
    office.assert_in_step(2)
    make.do(cancel, office.manager, ids[4], CancelDraft(reason="Holidays", scope=Scope.FOLLOWING))
    office.assert_in_step(2)
    make.do(reactivate, office.manager, ids[4], Scope.FOLLOWING)
    office.assert_in_step(2)
    make.do(cancel, office.manager, ids[0], CancelDraft(reason="Moving house", scope=Scope.ALL))
    office.assert_in_step(2)
    assert in_database() == {}


def test_calendars_leave_out_the_skipped_dates_of_a_series(office: Office) -> None:
    book_one(office, 14)
    draft = make.booking(office.house, make.at(7), repetition=WEEKLY, skips_clashes=True)
    assert len(make.do(book, office.manager, draft)["session_ids"]) == 5
    office.assert_in_step(4)
    assert len(in_database()) == 6


def test_occurrence_arranged_anew_stays_the_occurrence(office: Office) -> None:
    ids = book_series(office)
    make.do(cancel, office.manager, ids[1], CancelDraft(reason="Ill"))
    office.assert_in_step(4)
    make.do(arrange, office.manager, ids[1], make.editing(make.at(16, 10)))
    office.assert_in_step(2)


def test_undone_drag_sends_nothing(office: Office) -> None:
    session_id = book_one(office)
    office.assert_in_step(2)
    batch = make.do(move, office.manager, session_id, make.moving(make.at(5)))["batch_id"]
    assert courier.deliver_due("here") == 0
    make.do(undo_move, office.manager, batch)
    office.assert_in_step(0)


def test_drag_and_cancellation_arrive_in_their_order(office: Office) -> None:
    session_id = book_one(office)
    office.assert_in_step(2)
    make.do(move, office.manager, session_id, make.moving(make.at(5)))
    make.do(cancel, office.manager, session_id, CancelDraft(reason="Ill"))
    office.assert_in_step(4)


def test_calendars_follow_a_question_to_its_answer(office: Office) -> None:
    office.house = make.make_house(asks_confirmation=True)
    office.calendars = {office.house.mentor.email: OwnCalendar(), office.house.mentee.email: OwnCalendar()}
    mentor, mentee = office.house.mentor, office.house.mentee
    (session_id,) = make.do(book, mentor, make.booking(office.house, make.at(3)))["session_ids"]
    office.assert_in_step(2)
    assert {status for _, _, status in in_database().values()} == {"TENTATIVE"}
    make.do(propose, mentee, session_id, make.moving(make.at(4)))
    office.assert_in_step(2)
    make.do(accept, mentor, session_id)
    office.assert_in_step(2)
    assert {status for _, _, status in in_database().values()} == {"CONFIRMED"}


def test_calendars_strike_what_was_declined(office: Office) -> None:
    office.house = make.make_house(asks_confirmation=True)
    office.calendars = {office.house.mentor.email: OwnCalendar(), office.house.mentee.email: OwnCalendar()}
    (session_id,) = make.do(book, office.house.mentor, make.booking(office.house, make.at(3)))["session_ids"]
    make.do(decline, office.house.mentee, session_id, "No time")
    office.assert_in_step(4)
    assert in_database() == {}
    assert "Reason: No time" in text_of(office.server.messages[-1])


def test_change_of_place_is_named_and_followed(office: Office) -> None:
    session_id = book_one(office)
    office.assert_in_step(2)
    draft = make.editing(make.at(3), meeting=make.IN_PERSON, title="Algebra", details="Bring paper.")
    make.do(edit, office.manager, session_id, draft)
    office.assert_in_step(2)
    text = text_of(office.server.messages[-1])
    assert "What changed: title, details, place, platform, meeting link, address." in text
    assert "Where: In person: Room 4, Old School" in text
