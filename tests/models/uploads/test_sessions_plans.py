"""What right rows of a sheet of sessions say that they will do, and what they warn of."""

import pytest

from app.models.database import transaction
from app.models.tables import Organisation
from app.models.words import Platform
from tests.models.factories import House
from tests.models.uploads.session_sheets import (
    FAY,
    LINK,
    MENTEE,
    MENTOR,
    OTHERS,
    Row,
    create,
    delete,
    edit,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import flaws, rows_of, statuses

NEW = "Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)"
FINE: dict[str, tuple[Row, str]] = {
    "one-to-one": (
        create(),
        "Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1).",
    ),
    "two who never met": (
        create(mentor=FAY, mentees=OTHERS[0]),
        "Books Fay Fellow with Anna Other on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1).",
    ),
    "private group": (
        create(mentees=f"{OTHERS[0]},{OTHERS[1]}"),
        f"Publishes a private session of Max Mentor on {NEW}, and invites 2.",
    ),
    "public": (
        public(),
        "Publishes a public session of Max Mentor on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1).",
    ),
    "public with one mentee": (
        public(mentees=OTHERS[0], type="PUBLIC"),
        "Publishes a public session of Max Mentor on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1), and invites 1.",
    ),
    "any zone": (
        create(zone="america/new_york", at="9:30"),
        "Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 14:30–15:30 (Berlin time, UTC+1).",
    ),
    "true date": (
        create(day="2026-03-10", at="13:00:00"),
        "Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1).",
    ),
    "title": (edit(1, title="Geometry"), "“Algebra”: changes the title."),
    "time alone": (
        edit(1, at="15:00"),
        "“Algebra”: moves it to Thu 5 Mar 2026, 15:00–16:00 (Berlin time, UTC+1).",
    ),
    "longer": (edit(1, minutes="90"), "“Algebra”: moves it to Thu 5 Mar 2026, 17:00–18:30 (Berlin time, UTC+1)."),
    "list of mentees": (edit(2, mentees=OTHERS[0]), "“Chess”: invites 1, takes 1 out."),
    "live meeting": (edit(3, link=LINK, title="Algebra"), "“Algebra”: changes the link."),
    "delete": (delete(1), "Deletes “Algebra” of Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)."),
    "delete looks at nothing else": (
        delete(1) | {"type": "Wrong", "Date(DD-MM-YYYY)": "some day"},
        "Deletes “Algebra” of Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
    ),
}


@pytest.mark.parametrize("name", FINE)
def test_right_rows_say_what_they_will_do(house: House, name: str) -> None:
    row, says = FINE[name]
    upload_id = upload(house.manager, sheet(row))
    assert (flaws(upload_id), statuses(upload_id)) == ([[]], ["valid"])
    assert rows_of(upload_id)[0].plan["says"] == says


def test_row_that_says_what_is_so_already_is_unchanged(house: House) -> None:
    row = edit(1, title="Algebra", type="private", mentor=MENTOR, mentees=MENTEE, day="05-03-2026", at="17:00")
    assert statuses(upload(house.manager, sheet(row))) == ["unchanged"]


def test_room_is_made_where_bigbluebutton_is_set_up(house: House) -> None:
    with transaction() as db:
        organisation = db.get_one(Organisation, 1)
        organisation.bbb_url, organisation.bbb_secret = "https://bbb.example.org/bigbluebutton", "secret"
    upload_id = upload(house.manager, sheet(create(platform="", link="", passcode="")))
    assert statuses(upload_id) == ["valid"]
    assert rows_of(upload_id)[0].plan["booking"]["meeting"]["platform"] == Platform.BIG_BLUE_BUTTON


def test_more_invitations_to_a_public_session_than_places_are_warned_of(house: House) -> None:
    upload_id = upload(house.manager, sheet(public(mentees=", ".join(OTHERS), maximum="3")))
    assert (statuses(upload_id), [one[2] for one in flaws(upload_id)[0]]) == (
        ["valid"],
        ["The first who come get them."],
    )
