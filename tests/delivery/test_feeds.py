"""Calendar feeds: what a link gives, to whom, and that it can be given up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import httpx
import pytest
import time_machine
from icalendar import Calendar, Event
from sqlmodel import select

from app.delivery.feeds import ROUTES
from app.models.commands.account import make_feed, revoke_feed
from app.models.commands.booking import book
from app.models.commands.cancelling import cancel
from app.models.commands.changing import move, undo_move
from app.models.commands.enrolling import join, leave
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft, Repetition
from app.models.permissions import Viewer
from app.models.queries.feeds import feed_links
from app.models.signed import Purpose, seal
from app.models.tables import Membership, Person
from app.models.words import Audience, Rank, Repeat, Role, SeatStatus, Status
from tests.delivery.doors import open_doors
from tests.delivery.test_following import Key, Office, OwnCalendar, in_database
from tests.models import factories as make
from tests.models.conftest import count_reads
from tests.models.factories import NOW, House, at
from tests.support.mail import MailServer

__all__ = ["count_reads"]


@pytest.fixture
def house(migrated: None, monkeypatch: pytest.MonkeyPatch):
    """A programme with its pair, and a clock that stands."""
    monkeypatch.delenv("MERIDIAN_SMTP_URL", raising=False)
    make.empty_tables()
    make.make_organisation()
    with time_machine.travel(NOW, tick=False):
        yield make.make_house()


def links(viewer: Viewer) -> dict[str, str]:
    """A person's links, by name."""
    with reading() as db:
        return {one.name: one.path for one in feed_links(db, make.viewer(viewer.person_id))}


def own_link(viewer: Viewer) -> str:
    make.do(make_feed, viewer)
    return links(viewer)["My sessions"]


def get(path: str, **headers: str) -> httpx.Response:
    return open_doors(ROUTES, "").get(path, headers={name.replace("_", "-"): text for name, text in headers.items()})


def events_at(path: str) -> list[Event]:
    answer = get(path)
    assert answer.status_code == 200
    return [one for one in Calendar.from_ical(answer.text).walk("VEVENT") if isinstance(one, Event)]


def summaries(path: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events_at(path)]


def test_feed_gives_ones_own_sessions_as_a_published_calendar(house: House):
    make.make_session(house, at(3), title="Mine", details="Bring paper.")
    make.make_group(house, at(4), title="Not mine")
    answer = get(own_link(house.mentee))
    calendar = Calendar.from_ical(answer.text)
    (event,) = calendar.walk("VEVENT")
    assert (answer.headers["content-type"], calendar["METHOD"]) == ("text/calendar; charset=utf-8", "PUBLISH")
    assert (event["SUMMARY"], event["STATUS"], event.decoded("DTSTART")) == ("Mine", "CONFIRMED", at(3))
    assert "ATTENDEE" not in event
    assert make.LINK not in answer.text
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


@pytest.mark.parametrize("status", list(Status))
def test_feed_shows_what_stands_and_what_has_been(house: House, status: Status):
    make.make_session(house, at(3), status=status)
    shown = {
        Status.PENDING: ["TENTATIVE"],
        **{one: ["CONFIRMED"] for one in (Status.SCHEDULED, Status.LIVE, Status.COMPLETED, Status.MISSED)},
    }
    assert [event["STATUS"] for event in events_at(own_link(house.mentee))] == shown.get(status, [])


@pytest.mark.parametrize("status", list(SeatStatus))
def test_feed_gives_a_group_session_to_who_has_a_place(house: House, status: SeatStatus):
    guest = make.make_person()
    make.make_seat(make.make_group(house, at(3)), guest, status)
    assert summaries(own_link(make.viewer(guest))) == (["Chess"] if status == SeatStatus.ENROLLED else [])


def test_feed_names_no_other_participant(house: House):
    guest = make.make_person("Gwen Guest")
    make.make_group(house, at(3), [guest, make.make_person("Otto Other")])
    text = get(own_link(make.viewer(guest))).text
    assert "Otto" not in text
    assert "p5@" not in text


def test_feed_reaches_ninety_days_back_and_a_year_ahead(house: House):
    for day in (-91, -89, 365, 367):
        make.make_session(house, NOW + timedelta(days=day), title=f"Day {day}")
    assert summaries(own_link(house.mentor)) == ["Day -89", "Day 365"]


def test_deleted_session_is_not_given(house: House):
    make.make_session(house, at(3), deleted_at=NOW)
    assert events_at(own_link(house.mentor)) == []


def test_there_is_no_link_until_one_is_made(house: House):
    assert links(house.mentee) == {}
    make.do(make_feed, house.mentee)
    assert list(links(house.mentee)) == ["My sessions"]
    assert list(links(house.manager)) == []


def test_revoked_link_is_gone_and_a_new_one_does_not_wake_it(house: House):
    old = own_link(house.mentee)
    make.do(revoke_feed, house.mentee)
    assert (get(old).status_code, links(house.mentee)) == (410, {})
    new = own_link(house.mentee)
    assert (get(old).status_code, get(new).status_code) == (410, 200)


def test_second_click_leaves_the_link_and_replacing_makes_another(house: House):
    path = own_link(house.mentee)
    assert own_link(house.mentee) == path
    make.do(make_feed, house.mentee, replaces=True)
    assert (get(path).status_code, get(links(house.mentee)["My sessions"]).status_code) == (410, 200)
    make.do(make_feed, house.mentor, replaces=True)
    assert links(house.mentor) == {}


def test_deactivated_person_has_no_feed(house: House):
    path = own_link(house.mentee)
    with transaction() as db:
        db.get_one(Person, house.mentee.person_id).deactivated_at = NOW
    assert get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "", "..", "a" * 500])
def test_what_is_no_link_gives_nothing(house: House, token: str):
    assert get(f"/feeds/{token}.ics").status_code == 404


def test_link_for_another_purpose_is_none(house: House):
    make.do(make_feed, house.mentee)
    with reading() as db:
        number = db.get_one(Person, house.mentee.person_id).feed_number
    facts = {"person": house.mentee.person_id, "number": number}
    token = seal("s" * 32, Purpose.SEAT, facts, NOW + timedelta(days=1))
    assert get(f"/feeds/{token}.ics").status_code == 404


def test_altered_link_gives_nothing(house: House):
    path = own_link(house.mentee)
    assert get(path.replace(".ics", "x.ics")).status_code == 404


def test_manager_has_a_link_for_each_programme(house: House):
    make.make_session(house, at(3), title="Algebra")
    make.make_group(house, at(4))
    make.make_program(name="Elsewhere")
    make.do(make_feed, house.manager)
    found = links(house.manager)
    assert list(found) == ["My sessions", "Reading"]
    assert summaries(found["Reading"]) == ["Algebra (Max Mentor and Mia Mentee)", "Chess (Max Mentor)"]
    assert summaries(found["My sessions"]) == []


def test_organisation_manager_has_one_for_every_programme_that_is_open(house: House):
    make.make_program(name="Elsewhere")
    make.make_program(name="Over", archived_at=NOW)
    owner = make.viewer(make.make_person(rank=Rank.OWNER))
    make.do(make_feed, owner)
    assert list(links(owner)) == ["My sessions", "Elsewhere", "Reading"]


def test_programmes_feed_ends_with_the_role(house: House):
    make.do(make_feed, house.manager)
    path = links(house.manager)["Reading"]
    with transaction() as db:
        role = select(Membership).where(Membership.role == Role.MANAGER)
        db.delete(db.exec(role).one())
    assert get(path).status_code == 404


def test_calendar_that_has_it_already_is_told_so(house: House):
    session_id = make.make_session(house, at(3))
    path = own_link(house.mentee)
    first = get(path)
    assert first.headers["cache-control"] == "private, max-age=300"
    again = get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.text) == (304, "")
    make.do(move, house.mentee, session_id, make.moving(at(4)))
    assert get(path, if_none_match=first.headers["etag"]).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_feed_costs_the_same_for_one_and_for_thirty(
    house: House, count: int, count_reads: Callable[[], AbstractContextManager[list[str]]]
):
    for number in range(count):
        make.make_session(house, at(3 + number))
    path = own_link(house.mentee)
    with count_reads() as reads:
        assert len(events_at(path)) == count
    assert len(reads) == 8


class Subscriber:
    """A calendar program that fetches the feed, as one that shows both would: SEQUENCE may never fall."""

    def __init__(self, path: str) -> None:
        self.path, self.sequences = path, dict[Key, int]()
        self.entries: dict[Key, tuple[datetime, datetime, str]] = {}

    def fetch(self) -> None:
        own = OwnCalendar()
        for event in events_at(self.path):
            own._take_one("PUBLISH", event)
        for key, sequence in own.sequences.items():
            assert sequence >= self.sequences.get(key, 0)
        self.sequences |= own.sequences
        self.entries = own.entries


def test_feed_and_mails_tell_the_same(migrated: None, monkeypatch: pytest.MonkeyPatch, smtp: MailServer):
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    make.empty_tables()
    with time_machine.travel(NOW, tick=False) as clock:
        office = Office(smtp, clock)
        feed = Subscriber(own_link(office.house.mentee))
        weekly = Repetition(repeat=Repeat.WEEKLY, times=6)
        ids = make.do(book, office.manager, make.booking(office.house, at(7), repetition=weekly))["session_ids"]
        make.do(move, office.manager, ids[2], make.moving(at(23, 9)))
        make.do(cancel, office.manager, ids[4], CancelDraft(reason="Ill"))
        batch = make.do(move, office.manager, ids[3], make.moving(at(29)))["batch_id"]
        feed.fetch()
        make.do(undo_move, office.manager, batch)
        feed.fetch()
        office.assert_in_step(6)
        by_mail = office.calendars[office.house.mentee.email]
        assert feed.entries == by_mail.entries == in_database()
        assert set(feed.sequences) <= set(by_mail.sequences)


def test_feed_follows_a_place_that_is_taken_and_given_up(house: House):
    session_id = make.make_group(house, at(3), audience=Audience.PUBLIC)
    feed = Subscriber(own_link(house.mentee))
    for command, count in ((join, 1), (leave, 0), (join, 1)):
        make.do(command, house.mentee, session_id)
        feed.fetch()
        assert len(feed.entries) == count
