"""What right rows of a sheet of sessions say that they will do, and what they warn of."""

import pytest

from app.models.commands import booking
from app.models.commands.availability import set_hours
from app.models.database import reading, transaction
from app.models.drafts import BookingDraft
from app.models.drafts.availability import AvailabilityDraft
from app.models.drafts.base import read
from app.models.tables import Organisation
from app.models.uploads.sessions.judging import UNKEPT
from app.models.words import Platform
from tests.models.factories import NOW, House, do
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
TUESDAY = "On Tuesday 10 March they are 09:00–17:00 (Kolkata time, UTC+5:30)."
FINE: dict[str, tuple[Row, str]] = {
    "one-to-one": (
        create(),
        f"Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1). {UNKEPT}",
    ),
    "two who never met": (
        create(mentor=FAY, mentees=OTHERS[0]),
        f"Books Fay Fellow with Anna Other on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1). {UNKEPT}",
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
        f"Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 14:30–15:30 (Berlin time, UTC+1). {UNKEPT}",
    ),
    "true date": (
        create(day="2026-03-10", at="13:00:00"),
        f"Books Max Mentor with Mia Mentee on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1). {UNKEPT}",
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


def test_what_only_group_sessions_keep_is_pointed_out_in_the_row_of_a_pair(house: House) -> None:
    upload_id = upload(house.manager, sheet(edit(1, categories="Chess", maximum="8"), edit(2, categories="Chess")))
    said = ("This is kept for group sessions only.", "Empty this cell, or let it be.")
    assert statuses(upload_id) == ["unchanged", "valid"]
    assert flaws(upload_id) == [[("categories", *said), ("Maximum", *said)], []]


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


def test_time_outside_the_mentors_open_hours_is_warned_of_as_in_the_form(house: House) -> None:
    workdays = {"is_limited": True, "zone": "Asia/Kolkata", "weekly": [[{"start": 540, "end": 1020}]] * 5}
    do(set_hours, house.mentor, house.mentor.person_id, read(AvailabilityDraft, workdays))
    rows = [create(at="16:30"), create(at="10:00"), create(day="08-03-2026"), public(at="20:00")]
    upload_id = upload(house.manager, sheet(*rows, edit(1, day="06-03-2026", at="22:00")))
    outside, closed = "is outside Max Mentor’s open hours.", "There are none that day."
    said = [
        f"Tue 10 Mar 2026, 12:00–13:00 (Berlin time, UTC+1) {outside} {TUESDAY}",
        f"Sun 8 Mar 2026, 08:30–09:30 (Berlin time, UTC+1) {outside} {closed}",
        f"Fri 6 Mar 2026, 22:00–23:00 (Berlin time, UTC+1) {outside} {closed}",
    ]
    found = [[one[1] for one in row] for row in flaws(upload_id)]
    assert (statuses(upload_id), found) == (["valid"] * 5, [[said[0]], [], [said[1]], [], [said[2]]])
    draft = BookingDraft.model_validate(rows_of(upload_id)[0].plan["booking"])
    with reading() as db:
        [finding] = booking.check(db, house.manager, NOW, draft).findings
    assert finding.messages == (said[0],)
