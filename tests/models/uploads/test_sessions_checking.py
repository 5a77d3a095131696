"""What checking says of the rows of a sheet of sessions, cell by cell."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.database import transaction
from app.models.tables import Organisation
from app.models.words import Audience, Platform, Role, SeatStatus, Status
from tests.models.factories import House, at, make_group, make_house, make_member, make_person, make_seat, make_session
from tests.models.uploads.session_sheets import (
    FAY,
    LEFT,
    LINK,
    MENTEE,
    MENTOR,
    OTHERS,
    Row,
    create,
    delete,
    edit,
    make_home,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import everything, flaws, rows_of, statuses

DAY, AT, MINUTES, ID = "Date(DD-MM-YYYY)", "Time (24 hrs)", "Duration(Min)", "id"
MENTOR_CELL, MENTEES_CELL, ZONE, PLATFORM, LINK_CELL = (
    *("Mentor(Email)", "Mentees(Email)", "Time Zone(IST/UTC)"),
    *("Meeting Platform", "Meeting Link"),
)
AS_DAY = "Write it as DD-MM-YYYY, such as 25-04-2026."
ALGEBRA = "“Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)"
NEW = "Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)"
MISSING = "Fill it in: a new session needs it."
Flaw = tuple[str, str, str]


@pytest.fixture
def house() -> House:
    """Session 1: one-to-one of Max and Mia. 2: private group. 3: live. 4: public. 5: completed."""
    made = make_home()
    make_session(made, at(3))
    group = make_group(made, at(4), audience=Audience.PRIVATE, maximum=3, minimum=1, details="Bring a board")
    make_seat(group, made.mentee.person_id, SeatStatus.INVITED)
    make_session(made, at(0, 10), status=Status.LIVE)
    make_group(made, at(5), audience=Audience.PUBLIC, minimum=1, maximum=5, details="Everybody")
    make_session(made, at(-3), status=Status.COMPLETED)
    return made


WRONG: dict[str, tuple[Row, Flaw]] = {
    "no action": (create(act=""), ("Action", "The action is missing.", "Write Create, Edit or Delete.")),
    "action": (create(act="Cancel"), ("Action", "“Cancel” is no action.", "Write Create, Edit or Delete.")),
    "title": (create(title=""), ("title", "The title is missing.", MISSING)),
    "description": (create(details=""), ("description", "The description is missing.", MISSING)),
    "type missing": (create(type=""), ("type", "The type is missing.", MISSING)),
    "type": (create(type="Open"), ("type", "“Open” is no type.", "Write Private or Public.")),
    "mentor missing": (create(mentor=""), (MENTOR_CELL, "The mentor is missing.", MISSING)),
    "date missing": (create(day=""), (DAY, "The date is missing.", MISSING)),
    "zone missing": (create(zone=""), (ZONE, "The time zone is missing.", MISSING)),
    "time missing": (create(at=""), (AT, "The time is missing.", MISSING)),
    "duration missing": (create(minutes=""), (MINUTES, "The duration is missing.", MISSING)),
    "target group": (create(recommended=""), ("recommended_for", "The target group is missing.", MISSING)),
    "category": (create(categories=""), ("categories", "The category is missing.", MISSING)),
    "medium": (create(medium=""), ("medium", "The medium is missing.", MISSING)),
    "unknown user": (
        create(mentees="nobody@example.org"),
        (MENTEES_CELL, "Nobody here has the address nobody@example.org.", "Correct it, or add the person first."),
    ),
    "left": (create(mentees=LEFT), (MENTEES_CELL, "Lea Left is no longer active.", "Name somebody else.")),
    "no address": (
        create(mentor="Max Mentor"),
        (MENTOR_CELL, "“Max Mentor” is not an e-mail address.", "Write one address, such as name@example.org."),
    ),
    "no host": (
        public(mentor=MENTEE),
        (MENTOR_CELL, "Mia Mentee cannot host in Reading.", "Name a mentor or a manager of Reading."),
    ),
    "oneself": (create(mentees=MENTOR), (MENTEES_CELL, "Nobody meets themselves.", f"Take {MENTOR} out.")),
    "private without mentee": (
        create(mentees=""),
        (
            MENTEES_CELL,
            "A private session needs somebody to meet.",
            "Name at least one mentee, or write Public as the type.",
        ),
    ),
    "short": (create(minutes="29"), (MINUTES, "29 minutes are too short.", "Write 30 or more.")),
    "long": (create(minutes="721"), (MINUTES, "721 minutes are too long.", "Write 720 (12 hours) or less.")),
    "duration": (
        create(minutes="1 hour"),
        (MINUTES, "“1 hour” is no number of minutes.", "Write a number, such as 60."),
    ),
    "two dates": (
        create(day="03/04/2026"),
        (
            DAY,
            "“03/04/2026” could be 3 April 2026 or 4 March 2026.",
            "Write 03-04-2026 for 3 April 2026, or 04-03-2026 for 4 March 2026.",
        ),
    ),
    "one date": (
        create(day="04/25/2026"),
        (DAY, "“04/25/2026” is not written as DD-MM-YYYY.", "Write 25-04-2026 if 25 April 2026 is meant."),
    ),
    "short year": (
        create(day="25-04-26"),
        (DAY, "“25-04-26” is not written as DD-MM-YYYY.", "Write 25-04-2026 if 25 April 2026 is meant."),
    ),
    "American": (
        create(day="04-25-2026"),
        (
            DAY,
            "“04-25-2026” is no date: there is no such day and month.",
            "Write 25-04-2026 if 25 April 2026 is meant.",
        ),
    ),
    "31 February": (
        create(day="31-02-2026"),
        (DAY, "“31-02-2026” is no date: there is no such day and month.", AS_DAY),
    ),
    "date": (create(day="next Monday"), (DAY, "“next Monday” is no date.", AS_DAY)),
    "serial date": (create(day="46137"), (DAY, "“46137” is no date.", AS_DAY)),
    "past": (
        create(day="01-03-2026"),
        (DAY, "13:00 on 1 March 2026 has passed.", "Choose a time that is still to come."),
    ),
    "skipped hour": (
        create(day="29-03-2026", at="02:30", zone="Europe/Berlin"),
        (
            AT,
            "02:30 on 29 March 2026 does not exist in Europe/Berlin: the clocks go forward.",
            "Choose an hour earlier or later.",
        ),
    ),
    "time": (
        create(at="5 pm"),
        (AT, "“5 pm” is not a time of day.", "Write it from 00:00 to 23:59, such as 17:00 Hrs."),
    ),
    "zone": (
        create(zone="EDT"),
        (ZONE, "“EDT” is not a time zone.", "Write IST, UTC, or a place such as Europe/Berlin."),
    ),
    "platform": (
        create(platform="Webex"),
        (
            PLATFORM,
            "“Webex” is no meeting platform known here.",
            "Write BigBlueButton, Google Meet, Zoom, Microsoft Teams, Skype or Other.",
        ),
    ),
    "link": (
        create(link="meet me"),
        (LINK_CELL, "This is not a web address. It starts with https://", ""),
    ),
    "no link": (create(link=""), (LINK_CELL, "Zoom needs a link.", "Paste the link people will join by.")),
    "BigBlueButton with link": (
        create(platform="BigBlueButton"),
        (
            LINK_CELL,
            "BigBlueButton makes its own room, so there cannot be a link.",
            "Empty this cell, or name the platform that the link leads to.",
        ),
    ),
    "no BigBlueButton": (
        create(platform="", link=""),
        (
            PLATFORM,
            "BigBlueButton is not set up here.",
            "Name another platform with its link, or set BigBlueButton up in the settings.",
        ),
    ),
    "more than places": (
        create(mentees=", ".join(OTHERS), maximum="3"),
        (
            MENTEES_CELL,
            "3 people are named, and there are 2 places beside the host’s.",
            "Name fewer, or raise the Maximum.",
        ),
    ),
    "places": (
        public(maximum="1"),
        ("Maximum", "“1” is no number of people.", "Write a number from 2 to 10,000."),
    ),
    "minimum": (
        public(minimum="6", maximum="5"),
        ("Maximum", "The maximum is smaller than the minimum. Lower the minimum, or choose more places.", ""),
    ),
    "programme": (
        create(program="Elsewhere"),
        ("Programme", "You have no programme “Elsewhere”.", "Write one such as “Reading”."),
    ),
    "no ID": (
        edit(1, id="", title="Geometry"),
        (ID, "The ID is missing.", "Write the session’s number: it is in the result file."),
    ),
    "ID": (edit(1, id="A1"), (ID, "“A1” is no session ID.", "Write its number, such as 128.")),
    "unknown session": (
        edit(99, title="Geometry"),
        (ID, "There is no session 99 here.", "Look its ID up in the result file, or in the session’s address."),
    ),
    "type changed": (
        edit(1, type="Public"),
        (
            "type",
            "The type cannot change after publishing: this session is private.",
            "Write Private, or create another session.",
        ),
    ),
    "mentor changed": (
        edit(1, mentor=FAY),
        (
            MENTOR_CELL,
            f"The mentor cannot change after publishing: this is {MENTOR}’s session.",
            f"Write {MENTOR}, or create another session.",
        ),
    ),
    "mentee changed": (
        edit(1, mentees=OTHERS[0]),
        (
            MENTEES_CELL,
            f"The mentee of one-to-one mentoring cannot change: it is {MENTEE}.",
            f"Write {MENTEE}, or create another session.",
        ),
    ),
    "edit more than places": (
        edit(2, mentees=", ".join(OTHERS)),
        (
            MENTEES_CELL,
            "2 places are left, and this would invite 3.",
            "Name fewer, or raise the Maximum.",
        ),
    ),
    "fewer places than invited": (
        edit(2, mentees=", ".join(OTHERS[:2]), maximum="2"),
        (
            MENTEES_CELL,
            "One place is left, and this would invite 2.",
            "Name fewer, or raise the Maximum.",
        ),
    ),
    "live": (
        edit(3, title="Geometry"),
        ("title", "This session has started: only its platform, link and passcode can change.", "Empty this cell."),
    ),
    "live deleted": (
        delete(3),
        (ID, "This session has started, so it can no longer be changed or cancelled.", "Take this row out."),
    ),
    "completed": (
        edit(5, title="Geometry"),
        (ID, "This session is completed, so it cannot be edited.", "Take this row out."),
    ),
    "new with ID": (
        create(id="77"),
        (ID, "A new session has no ID yet.", "Empty this cell, or write Edit in the column Action."),
    ),
    "created already": (
        create(id="1"),
        (
            "Action",
            "Session 1, “Algebra”, was created already.",
            "Take this row out, or write Edit to change the session.",
        ),
    ),
    "mentor busy": (
        create(mentees=OTHERS[0], day="05-03-2026", zone="Europe/Berlin", at="17:30"),
        (
            AT,
            "Max Mentor has “Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
    "mentor touches": (
        public(day="05-03-2026", zone="UTC", at="17:00"),
        (
            AT,
            f"Max Mentor has {ALGEBRA}. These sessions may not touch: leave a gap.",
            "Choose another time.",
        ),
    ),
    "mentee busy": (
        create(mentor=FAY, day="05-03-2026", zone="UTC", at="16:30"),
        (
            AT,
            "Mia Mentee has “Algebra” (ID 1) on Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
    "exists": (
        create(day="05-03-2026", zone="UTC", at="16:00"),
        (
            "Action",
            "This session exists already: ID 1, “Algebra”, Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Take this row out, or write Edit and the ID 1 to change it.",
        ),
    ),
    "moved onto another": (
        edit(1, day="06-03-2026"),
        (
            AT,
            "Max Mentor has “Chess” (ID 2) on Fri 6 Mar 2026, 17:00–18:00 (Berlin time, UTC+1).",
            "Choose another time.",
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_cell_is_named_with_what_would_be_right(house: House, name: str) -> None:
    row, flaw = WRONG[name]
    upload_id = upload(house.manager, sheet(row))
    assert (statuses(upload_id), flaws(upload_id)) == (["invalid"], [[flaw]])


TOGETHER: dict[str, tuple[list[Row], list[str], tuple[int, str]]] = {
    "same row twice": ([create(), create()], ["valid", "invalid"], (1, "Row 2 says the same.")),
    "rows that clash": (
        [create(), public(at="13:30", title="Geometry")],
        ["valid", "invalid"],
        (1, "Row 2 gives Max Mentor a session on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)."),
    ),
    "rows that touch": (
        [create(), public(at="14:00", title="Geometry")],
        ["valid", "invalid"],
        (
            1,
            f"Row 2 gives Max Mentor a session on {NEW}. These sessions may not touch: leave a gap.",
        ),
    ),
    "mentee twice": (
        [create(), create(mentor=FAY)],
        ["valid", "invalid"],
        (1, "Row 2 gives Mia Mentee a session on Tue 10 Mar 2026, 08:30–09:30 (Berlin time, UTC+1)."),
    ),
    "one session twice": (
        [edit(1, title="Geometry"), delete(1)],
        ["valid", "invalid"],
        (1, "Row 2 is about the same session."),
    ),
    "invalid rows count for none": ([create(title=""), create(details="Other")], ["invalid", "valid"], (0, "")),
    "deleted before": (
        [delete(1), create(day="05-03-2026", zone="UTC", at="16:00")],
        ["valid", "valid"],
        (0, ""),
    ),
    "deleted after": (
        [create(day="05-03-2026", zone="UTC", at="16:00"), delete(1)],
        ["invalid", "valid"],
        (0, "This session exists already: ID 1, “Algebra”, Thu 5 Mar 2026, 17:00–18:00 (Berlin time, UTC+1)."),
    ),
    "moved away before": (
        [edit(1, at="10:00", zone="Europe/Berlin"), create(day="05-03-2026", zone="UTC", at="16:00")],
        ["valid", "valid"],
        (0, ""),
    ),
    "moved into one another": (
        [edit(1, day="06-03-2026", at="10:00"), edit(2, at="10:30")],
        ["valid", "invalid"],
        (1, "Row 2 gives Max Mentor a session on Fri 6 Mar 2026, 10:00–11:00 (Berlin time, UTC+1)."),
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_rows_are_checked_against_those_before(house: House, name: str) -> None:
    rows, expected, (index, message) = TOGETHER[name]
    upload_id = upload(house.manager, sheet(*rows))
    found = flaws(upload_id)[index]
    assert statuses(upload_id) == expected
    assert not message or found[0][1] == message


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


def test_foreign_sessions_and_people_stay_unknown_to_a_programmes_manager(house: House) -> None:
    other = make_house(name="Elsewhere")
    foreign = make_session(other, at(6), title="Secret")
    stranger = make_person("Sven Secret", email="sven@example.org")
    make_member(other.program_id, stranger, Role.MENTOR)
    upload_id = upload(house.manager, sheet(delete(foreign), create(mentor="sven@example.org")))
    assert statuses(upload_id) == ["invalid", "invalid"]
    assert "Secret" not in str([row.model_dump() for row in rows_of(upload_id)])


def test_nothing_is_written_by_checking(house: House) -> None:
    before = everything()
    upload(house.manager, sheet(create(), edit(1, title="Geometry"), delete(2)))
    assert everything() == before


def test_checking_reads_as_often_for_many_rows_as_for_one(
    house: House, count_reads: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    counts = []
    for number in (1, 30):
        rows = [create(day=f"{one + 1:02d}-04-2026") for one in range(number)]
        with count_reads() as seen:
            upload(house.manager, sheet(*rows))
        counts.append(len(seen))
    assert counts[0] == counts[1]
