"""The calendars of a group session's people follow: whoever has a place has the entry, nobody else has.

Each knows the mails of a real server alone; whom a mail names beside its reader is looked at too.
"""

from collections.abc import Generator
from datetime import timedelta

import pytest
import time_machine

from app.delivery import courier
from app.models.commands import enrolling, inviting
from app.models.commands.booking import reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import edit, move
from app.models.commands.clockwork import tick
from app.models.commands.registering import register
from app.models.database import transaction
from app.models.drafts import CancelDraft
from app.models.drafts.seats import InviteDraft, RegisterDraft
from app.models.tables import Person, Session
from app.models.words import OCCUPYING, Audience, BelowMinimum, Role, SeatStatus
from tests.delivery.test_following import Key, OwnCalendar
from tests.delivery.world import calendars, html_of, text_of
from tests.models import factories as make
from tests.support.mail import MailServer

pytestmark = pytest.mark.zones
NAMES = ("Ada", "Ben", "Cleo")


def place_of(person_id: int) -> dict[Key, tuple[object, object, str]]:
    """Give the entries that a person's calendar should have."""
    return {
        (row.uid, row.recurrence_at): (row.start_at, row.end_at, "CONFIRMED")
        for row in make.sessions()
        if row.status in OCCUPYING
        and row.deleted_at is None
        and person_id in (places := make.seats(row.id or 0))
        and places[person_id].status == SeatStatus.ENROLLED
    }


class Club:
    """A group session with three places, three members, and whoever registers."""

    def __init__(self, server: MailServer, clock: time_machine.Traveller) -> None:
        make.make_organisation()
        self.server, self.clock, self.read = server, clock, 0
        self.house = make.make_house(below_minimum=BelowMinimum.CANCEL)
        self.members = {name: make.make_person(f"{name} Secretname") for name in NAMES}
        for person_id in self.members.values():
            make.make_member(self.house.program_id, person_id, Role.MENTEE)
        public = {"audience": Audience.PUBLIC, "slug": "open-chess"}
        self.session_id = make.make_group(self.house, make.at(5), maximum=3, minimum=2, **public)
        self.calendars = {self.email(one): OwnCalendar() for one in self.people}
        key = (make.session(self.session_id).uid, None)
        # The host was told when it was published.
        host = self.calendars[self.email(self.house.mentor.person_id)]
        host.entries, host.sequences = dict(place_of(self.house.mentor.person_id)), {key: 0}

    @property
    def people(self) -> list[int]:
        return [self.house.mentor.person_id, *self.members.values()]

    def email(self, person_id: int) -> str:
        return next(row.email for row in make.rows_of(Person) if row.id == person_id)

    def do(self, command: object, name: str, *args: object) -> None:
        make.do(command, make.viewer(self.members[name]), self.session_id, *args)  # pyright: ignore[reportArgumentType]

    def deliver(self) -> list[str]:
        """Send what is due and let the calendars follow; give the subjects' first words."""
        self.clock.shift(timedelta(seconds=11))
        while courier.deliver_due("here"):
            pass
        fresh = list(zip(self.server.messages[self.read :], self.server.recipients[self.read :], strict=True))
        for mail, (address,) in fresh:
            for one in calendars(mail):
                self.calendars.setdefault(address, OwnCalendar()).take(one)
            whole = text_of(mail) + html_of(mail) + "".join(one.to_ical().decode() for one in calendars(mail))
            others = [name for name, one in self.members.items() if self.email(one) != address and name in whole]
            assert others == [], "no mail names another participant"
        self.read += len(fresh)
        return sorted(str(mail["Subject"]).split(":")[0].strip() for mail, _ in fresh)

    def assert_in_step(self) -> None:
        """Compare everybody's calendar with the database."""
        people = {row.email: row.id or 0 for row in make.rows_of(Person)}
        found = {address: calendar.entries for address, calendar in self.calendars.items()}
        assert found == {address: place_of(people[address]) for address in self.calendars}


@pytest.fixture
def club(migrated: None, monkeypatch: pytest.MonkeyPatch, smtp: MailServer) -> Generator[Club]:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    make.empty_tables()
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield Club(smtp, clock)


def fill(club: Club) -> None:
    """Ada and Ben take the two places, Cleo waits."""
    for name in NAMES:
        club.do(enrolling.join, name)


def test_calendars_follow_joining_leaving_and_moving_up(club: Club) -> None:
    fill(club)
    assert club.deliver() == ["Waiting list", "You are registered", "You are registered"]
    club.assert_in_step()
    club.do(enrolling.leave, "Ada")
    assert club.deliver() == ["You have a place", "Your place is given up"]
    club.assert_in_step()
    club.do(enrolling.join, "Ada")
    club.do(enrolling.leave, "Cleo")
    assert club.deliver() == ["Waiting list", "You have a place", "Your place is given up"]
    club.assert_in_step()
    assert place_of(club.members["Ada"]) != {}


def test_calendars_follow_a_person_who_cannot_decide_before_any_mail_left(club: Club) -> None:
    for _ in range(3):
        club.do(enrolling.join, "Ada")
        club.do(enrolling.leave, "Ada")
    club.do(enrolling.join, "Ada")
    club.deliver()
    club.assert_in_step()


def test_calendars_follow_move_cancel_reactivate_and_delete(club: Club) -> None:
    fill(club)
    club.deliver()
    make.do(move, club.house.manager, club.session_id, make.moving(make.at(6, 9)))
    assert club.deliver() == ["Moved"] * 4
    club.assert_in_step()
    make.do(cancel, club.house.manager, club.session_id, CancelDraft())
    assert club.deliver() == ["Cancelled"] * 4
    club.assert_in_step()
    make.do(reactivate, club.house.manager, club.session_id)
    assert club.deliver() == ["Reactivated"] * 4
    club.assert_in_step()
    make.do(edit, club.house.manager, club.session_id, make.editing(make.at(6, 9), title="Go"))
    assert club.deliver() == ["Changed"] * 4
    club.do(enrolling.leave, "Ben")
    make.do(delete, club.house.manager, club.session_id)
    assert club.deliver() == ["Cancelled"] * 3 + ["You have a place", "Your place is given up"]
    club.assert_in_step()
    assert [calendar.entries for calendar in club.calendars.values()] == [{}] * 4


def test_calendars_follow_invitations_and_their_answers(club: Club) -> None:
    ids = tuple(club.members.values())
    make.do(inviting.invite, club.house.manager, club.session_id, InviteDraft(person_ids=ids))
    assert club.deliver() == ["Invitation"] * 3
    club.assert_in_step()
    club.do(enrolling.accept_invitation, "Ada")
    club.do(enrolling.decline_invitation, "Ben")
    club.deliver()
    club.assert_in_step()
    club.do(enrolling.decline_invitation, "Ada")
    make.do(inviting.remove, club.house.manager, club.session_id, club.members["Cleo"])
    assert club.deliver() == ["You no longer take part", "Your place is given up"]
    club.assert_in_step()


def test_calendars_follow_places_taken_away_and_given_again(club: Club) -> None:
    for name in ("Ada", "Ben"):
        club.do(enrolling.join, name)
    club.deliver()
    for maximum in (2, 3):
        with transaction() as db:
            session = db.get_one(Session, club.session_id)
            enrolling.resize(db, club.house.manager, make.NOW, session, maximum)
            session.maximum = maximum
        club.deliver()
        club.assert_in_step()
    assert [len(place_of(one)) for one in club.people] == [1, 1, 1, 0]


def test_calendar_of_a_visitor_follows_without_an_account(club: Club) -> None:
    register("open-chess", RegisterDraft(name="Vera Visitor", email="vera@example.org"), make.NOW)
    assert club.deliver() == ["You are registered"]
    club.assert_in_step()
    assert len(club.calendars["vera@example.org"].entries) == 1
    make.do(move, club.house.manager, club.session_id, make.moving(make.at(6, 9)))
    club.deliver()
    club.assert_in_step()
    vera = next(row.id or 0 for row in make.rows_of(Person) if row.email == "vera@example.org")
    enrolling.leave_seat(club.session_id, vera)
    club.deliver()
    club.assert_in_step()
    assert club.calendars["vera@example.org"].entries == {}


def test_calendars_follow_what_too_few_come_to(club: Club) -> None:
    make.do(move, club.house.manager, club.session_id, make.moving(make.at(6, 9)))
    club.deliver()
    club.clock.move_to(make.at(5, 9))
    assert tick(make.at(5, 9)) == 1
    assert club.deliver() == ["Cancelled", "Too few people"]
    club.assert_in_step()
    assert place_of(club.house.mentor.person_id) == {}
