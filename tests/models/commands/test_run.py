"""A command is one transaction, and a request key makes it happen once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session as Db

from app.models.commands.account import change_self
from app.models.commands.booking import book
from app.models.commands.run import perform
from app.models.database import reading, transaction
from app.models.drafts import PersonDraft
from app.models.errors import Clash, NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Person, Request
from app.models.words import Rank
from tests.models.factories import NOW, at, booking, make_house, make_person, notices, sessions, viewer


def test_repeat_of_a_request_changes_nothing_and_gives_the_first_answer():
    house = make_house(session_count=0)

    first = perform(book, house.manager, "key-1", booking(house))
    again = perform(book, house.manager, "key-1", booking(house))

    assert again == first
    assert (len(sessions()), len(notices())) == (1, 2)


def test_same_key_of_somebody_else_is_another_request():
    house = make_house(session_count=0)
    perform(book, house.mentor, "key-1", booking(house))

    with pytest.raises(Clash):
        perform(book, house.mentee, "key-1", booking(house))


def test_same_key_of_another_command_is_another_request():
    house = make_house(session_count=0)
    perform(book, house.manager, "key-1", booking(house))

    result = perform(change_self, house.manager, "key-1", PersonDraft(email="a@example.org", first_name="New"))

    assert "changed" in result


def test_same_key_with_other_contents_is_another_request():
    house = make_house(session_count=0)
    perform(book, house.manager, "key-1", booking(house, at(1)))
    perform(book, house.manager, "key-1", booking(house, at(2)))

    assert sorted(one.start_at for one in sessions() if one.start_at) == [at(1), at(2)]


def test_requests_are_forgotten_when_nobody_will_repeat_them():
    house = make_house(session_count=0)
    with transaction() as db:
        db.add_all([Request(key="old", at=NOW - timedelta(days=31)), Request(key="new", at=NOW - timedelta(days=29))])

    perform(book, house.manager, "key-1", booking(house))

    with reading() as db:
        assert (db.get(Request, "old"), db.get(Request, "new") is None) == (None, False)


def test_requests_without_a_key_are_each_carried_out():
    house = make_house(session_count=0)

    perform(book, house.manager, "", booking(house, at(1)))
    perform(book, house.manager, "", booking(house, at(2)))

    assert len(sessions()) == 2


def test_refused_request_may_be_sent_again_under_its_key():
    house = make_house(session_count=0)
    with pytest.raises(Refusal):
        perform(book, house.manager, "key-1", booking(house, NOW))

    assert perform(book, house.manager, "key-1", booking(house))["session_ids"]


def test_refusal_in_the_middle_writes_nothing():
    def half(db: Db, who: Viewer, now: datetime) -> dict[str, Any]:
        db.add(Request(key="left over", at=now))
        db.flush()
        raise Refusal.of("", "No.")

    with pytest.raises(Refusal):
        perform(half, viewer(make_person()), "key")

    with reading() as db:
        assert db.get(Request, "left over") is None


def test_rights_are_read_anew():
    """The page was opened by a manager who has been deactivated, or demoted, since."""
    house = make_house()
    chief = viewer(make_person(rank=Rank.MANAGER))
    with transaction() as db:
        db.get_one(Person, chief.person_id).rank = Rank.NONE
        db.get_one(Person, house.mentor.person_id).deactivated_at = NOW

    for who in (chief, house.mentor):
        with pytest.raises(NotFound):
            perform(book, who, "", booking(house))
