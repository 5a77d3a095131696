"""Links about a place: whose it is cannot be read, nor can one be made."""

import base64
import json
from datetime import timedelta

import pytest

from app.models.database import reading
from app.models.signed import LinkBroken, Purpose, SeatLink, seal, seal_seat, unseal_seat
from tests.models.factories import NOW, make_organisation

SECRET = "s" * 32
UNTIL = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def organisation() -> None:
    make_organisation()


def opened(token: str, purpose: Purpose = Purpose.SEAT) -> SeatLink:
    with reading() as db:
        return unseal_seat(db, purpose, token, NOW)


def test_a_link_gives_the_place_it_was_made_for_and_is_always_the_same():
    token = seal_seat(SECRET, Purpose.SEAT, 5, 77, UNTIL)
    assert opened(token) == SeatLink(5, 77)
    assert token == seal_seat(SECRET, Purpose.SEAT, 5, 77, UNTIL)


def test_whose_place_it_is_cannot_be_read():
    payload = seal_seat(SECRET, Purpose.SEAT, 5, 77, UNTIL).split(".")[0]
    facts = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert facts.pop("person") != 77
    assert sorted(facts) == ["mark", "session", "until"]


def test_what_was_made_for_nobody_or_for_another_purpose_opens_nothing():
    nobody = seal_seat(SECRET, Purpose.SEAT, 5, 0, UNTIL)
    other = seal_seat(SECRET, Purpose.CONFIRM, 5, 77, UNTIL)
    plain = seal(SECRET, Purpose.SEAT, {"session": 5, "person": 77}, UNTIL)
    for token in (nobody, other, plain, "", "x.y"):
        with pytest.raises(LinkBroken):
            opened(token)
