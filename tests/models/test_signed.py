"""Links about a place: whose it is cannot be read, nor can one be made."""

import base64
import json
from datetime import timedelta

import pytest

from app.models.database import reading, transaction
from app.models.signed import LinkBroken, Purpose, SeatLink, seal, seal_seat, unseal_seat
from app.models.tables import Person
from tests.models.factories import NOW, make_organisation, make_person

SECRET = "s" * 32
UNTIL = NOW + timedelta(days=1)
EMAIL = "vera@example.net"


@pytest.fixture
def person() -> int:
    make_organisation()
    return make_person(email=EMAIL)


def opened(token: str, purpose: Purpose = Purpose.SEAT) -> SeatLink:
    with reading() as db:
        return unseal_seat(db, purpose, token, NOW)


def test_a_link_gives_the_place_it_was_made_for_and_is_always_the_same(person: int):
    token = seal_seat(SECRET, Purpose.SEAT, 5, person, UNTIL, EMAIL)
    assert opened(token) == SeatLink(5, person)
    assert token == seal_seat(SECRET, Purpose.SEAT, 5, person, UNTIL, EMAIL)


def test_whose_place_it_is_cannot_be_read(person: int):
    payload = seal_seat(SECRET, Purpose.SEAT, 5, person, UNTIL, EMAIL).split(".")[0]
    facts = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert facts.pop("person") != person
    assert sorted(facts) == ["mark", "session", "until"]


def test_what_was_made_for_nobody_or_for_another_purpose_opens_nothing(person: int):
    nobody = seal_seat(SECRET, Purpose.SEAT, 5, 0, UNTIL, EMAIL)
    other = seal_seat(SECRET, Purpose.CONFIRM, 5, person, UNTIL, EMAIL)
    plain = seal(SECRET, Purpose.SEAT, {"session": 5, "person": person}, UNTIL)
    for token in (nobody, other, plain, "", "x.y"):
        with pytest.raises(LinkBroken):
            opened(token)


def test_a_link_ends_with_the_address_it_was_mailed_to(person: int):
    token = seal_seat(SECRET, Purpose.SEAT, 5, person, UNTIL, EMAIL)
    with transaction() as db:
        db.get_one(Person, person).email = "vera@elsewhere.example"
    with pytest.raises(LinkBroken):
        opened(token)
