"""Where people meet: nobody is sent to a place that cannot be found."""

import pytest

from app.models.commands.booking import book
from app.models.drafts import Meeting
from app.models.errors import Refusal
from app.models.words import Place, Platform
from tests.models.factories import (
    LINK,
    House,
    booking,
    do,
    make_organisation,
    session,
)


@pytest.mark.parametrize(
    ("meeting", "field"),
    [
        (Meeting(platform=Platform.ZOOM), "meeting.link"),
        (Meeting(platform=Platform.BIG_BLUE_BUTTON), "meeting.link"),
        (Meeting(place=Place.IN_PERSON), "meeting.address"),
    ],
)
def test_book_refuses_a_place_nobody_could_find(house: House, meeting: Meeting, field: str):
    with pytest.raises(Refusal) as refused:
        do(book, house.manager, booking(house, meeting=meeting))

    assert list(refused.value.by_field()) == [field]


@pytest.mark.parametrize(
    ("values", "is_enough"),
    [({}, False), ({"bbb_url": "https://b.org"}, False), ({"bbb_url": "https://b.org", "bbb_secret": "s"}, True)],
)
def test_book_asks_for_no_link_where_the_organisation_has_a_server(
    house: House, values: dict[str, str], is_enough: bool
):
    make_organisation(**values)
    draft = booking(house, meeting=Meeting())

    if is_enough:
        do(book, house.manager, draft)
    else:
        with pytest.raises(Refusal):
            do(book, house.manager, draft)


def test_book_a_call_needs_nothing_more(house: House):
    [session_id] = do(book, house.manager, booking(house, meeting=Meeting(place=Place.CALL)))["session_ids"]

    assert session(session_id).platform == ""


def test_book_keeps_only_what_belongs_to_the_place(house: House):
    both = Meeting(place=Place.IN_PERSON, address="Room 4", link=LINK, passcode="123")

    [session_id] = do(book, house.manager, booking(house, meeting=both))["session_ids"]

    row = session(session_id)
    assert (row.address, row.link, row.passcode, row.platform) == ("Room 4", "", "", "")
