"""Each row of a sheet of sessions leaves what the same change in the form leaves."""

from collections.abc import Callable
from datetime import date, time

import pytest

from app.models.commands import booking, cancelling, changing, inviting, meeting, publishing
from app.models.drafts import BookingDraft, Meeting
from app.models.drafts.groups import GroupDraft
from app.models.words import Audience, Platform
from tests.models.factories import (
    House,
    at,
    do,
    editing,
)
from tests.models.uploads.session_sheets import (
    LINK,
    OTHERS,
    Row,
    create,
    delete,
    edit,
    furnished,
    left,
    person,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import carry_out, statuses

IST = "Asia/Kolkata"
DAY, AT = date(2026, 3, 10), time(13)
ZOOM = Meeting(platform=Platform.ZOOM, link=LINK, passcode="s3cret")


def people(*emails: str) -> dict[str, tuple[int, ...]]:
    return {"person_ids": tuple(person(email) for email in emails)}


def book(house: House) -> None:
    pair = {"mentor_id": house.mentor.person_id, "mentee_id": house.mentee.person_id}
    texts = {"title": "Algebra", "details": "What comes after numbers"}
    times = {"day": DAY, "at": AT, "zone": IST, "minutes": 60}
    do(booking.book, house.manager, BookingDraft(program_id=house.program_id, meeting=ZOOM, **pair, **texts, **times))


def group(house: House, **values: object) -> GroupDraft:
    usual = {
        "program_id": house.program_id,
        "host_id": house.mentor.person_id,
        "title": "Algebra",
        "details": "What comes after numbers",
        "day": DAY,
        "at": AT,
        "zone": IST,
        "minutes": 60,
        "minimum": 2,
        "maximum": 10,
        "meeting": ZOOM,
        "recommended_for": "Teachers,Block education officer",
        "categories": "Communication",
        "medium": "English",
    }
    return GroupDraft(**{**usual, **values})


def chess(house: House, **values: object) -> GroupDraft:
    """The form of session 2 as it stands."""
    same = {"title": "Chess", "details": "Bring a board", "minimum": 1, "maximum": 3, "day": at(4).date()}
    bare = {"recommended_for": (), "categories": (), "medium": (), "host_id": None, "zone": "Europe/Berlin"}
    meeting = Meeting(platform=Platform.ZOOM, link="https://meet.example.org/algebra")
    return group(house, **{**same, **bare, "at": time(17), "meeting": meeting, **values})


def replace_list(house: House) -> None:
    do(inviting.remove, house.manager, 2, house.mentee.person_id)
    do(publishing.edit_group, house.manager, 2, chess(house, title="Go", invites=people(*OTHERS[:2])))


ALIKE: dict[str, tuple[Row, Callable[[House], object]]] = {
    "book": (create(), book),
    "publish": (
        public(minimum="3", maximum="12"),
        lambda house: do(
            publishing.publish, house.manager, group(house, audience=Audience.PUBLIC, minimum=3, maximum=12)
        ),
    ),
    "publish in private": (
        create(mentees=", ".join(OTHERS)),
        lambda house: do(
            publishing.publish,
            house.manager,
            group(house, audience=Audience.PRIVATE, invites=people(*OTHERS)),
        ),
    ),
    "edit": (
        edit(1, title="Geometry", at="18:00"),
        lambda house: do(changing.edit, house.manager, 1, editing(at(3, 18), title="Geometry")),
    ),
    "edit a group": (
        edit(2, details="Bring two boards", maximum="8", minutes="90"),
        lambda house: do(
            publishing.edit_group,
            house.manager,
            2,
            chess(house, details="Bring two boards", maximum=8, minutes=90),
        ),
    ),
    "replace the list": (edit(2, mentees=", ".join(OTHERS[:2]), title="Go"), replace_list),
    "meeting of a live one": (
        edit(3, platform="Google Meet", link=LINK),
        lambda house: do(meeting.edit_meeting, house.manager, 3, Meeting(platform=Platform.GOOGLE_MEET, link=LINK)),
    ),
    "delete": (delete(1), lambda house: do(cancelling.delete, house.manager, 1)),
    "delete a group": (delete(2), lambda house: do(cancelling.delete, house.manager, 2)),
}


@pytest.mark.parametrize("name", ALIKE)
def test_row_leaves_what_the_same_change_in_the_form_leaves(name: str) -> None:
    row, change = ALIKE[name]
    change(furnished())
    by_form = left()
    house = furnished()
    upload_id = upload(house.manager, sheet(row))
    carry_out(house.manager, upload_id)
    assert (statuses(upload_id), left()) == (["done"], by_form)
