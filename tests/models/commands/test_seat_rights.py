"""Who may take a place in which group session, with its link and without."""

import pytest

from app.models.commands import enrolling
from app.models.errors import NotFound, Refusal
from app.models.words import Audience, Rank, Role, SeatStatus
from tests.models.factories import (
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_seat,
    viewer,
)

IN, HIDDEN, REFUSED = "enrolled", "hidden", "refused"
PRIVATE = (HIDDEN, HIDDEN)
TABLE = {
    # who: (public without the link, with it), (the same where visitors are not let in), (private)
    "host": ((IN, IN), (IN, IN), (IN, IN)),
    "manager": ((IN, IN), (IN, IN), PRIVATE),
    "organisation's manager": ((IN, IN), (IN, IN), PRIVATE),
    "mentee": ((IN, IN), (IN, IN), PRIVATE),
    "fellow mentor": ((IN, IN), (IN, IN), PRIVATE),
    "member elsewhere": ((HIDDEN, IN), (HIDDEN, IN), PRIVATE),
    "visitor": ((HIDDEN, IN), (HIDDEN, REFUSED), PRIVATE),
    "invited": ((IN, IN), (IN, IN), (IN, IN)),
    "declined": ((IN, IN), (IN, IN), (IN, IN)),
}


def somebody(who: str, house: House) -> int:
    """Make one of those the table names."""
    known = {"host": house.mentor, "manager": house.manager, "mentee": house.mentee}
    if who in known:
        return known[who].person_id
    person_id = make_person(rank=Rank.MANAGER if who == "organisation's manager" else Rank.NONE)
    if who == "fellow mentor":
        make_member(house.program_id, person_id, Role.MENTOR)
    if who == "member elsewhere":
        make_member(make_program(name="Elsewhere"), person_id, Role.MENTEE)
    return person_id


def outcome(who: str, house: House, audience: Audience, slug: str) -> str:
    person_id = somebody(who, house)
    session_id = make_group(house, at(), audience=audience, maximum=9, slug="chess")
    if who in ("invited", "declined"):
        make_seat(session_id, person_id, SeatStatus(who))
    try:
        return do(enrolling.join, viewer(person_id), session_id, slug=slug)["status"]
    except NotFound:
        return HIDDEN
    except Refusal:
        return REFUSED


@pytest.mark.parametrize("slug", ["", "chess"])
@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("who", TABLE)
def test_joining_is_open_to_whom_the_table_says(who: str, column: int, slug: str):
    house = make_house(allows_visitors=column != 1)
    audience = Audience.PRIVATE if column == 2 else Audience.PUBLIC
    assert outcome(who, house, audience, slug) == TABLE[who][column][1 if slug else 0]
