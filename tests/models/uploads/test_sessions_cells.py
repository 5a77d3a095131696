"""What checking says of each cell of a sheet of sessions by itself."""

import pytest

from tests.models.factories import House
from tests.models.uploads.session_sheets import (
    AT,
    DAY,
    LEFT,
    LINK_CELL,
    MENTEE,
    MENTEES_CELL,
    MENTOR,
    MENTOR_CELL,
    MINUTES,
    OTHERS,
    PLATFORM,
    ZONE,
    Row,
    create,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import Flaw, flaws, statuses

AS_DAY = "Write it as DD-MM-YYYY, such as 25-04-2026."
MISSING = "Fill it in: a new session needs it."
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
        (LINK_CELL, "This is not a web address. It starts with https:// and has no spaces.", ""),
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
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_cell_is_named_with_what_would_be_right(house: House, name: str) -> None:
    row, flaw = WRONG[name]
    upload_id = upload(house.manager, sheet(row))
    assert (statuses(upload_id), flaws(upload_id)) == (["invalid"], [[flaw]])
