"""The columns of a sheet of sessions, in an organisation's words, and the words cells may hold. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from app.models.uploads.cells import CHANGING, MAKING, program_column
from app.models.uploads.kinds import Column
from app.models.words import PLATFORM_WORDS, Audience, Platform, ProgramWords


class Act(StrEnum):
    """What a row is to do."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"


ACTIONS = {
    **dict.fromkeys(MAKING, Act.CREATE),
    **dict.fromkeys(CHANGING, Act.EDIT),
    **dict.fromkeys(("delete", "remove"), Act.DELETE),
}
TYPES = {"private": Audience.PRIVATE, "public": Audience.PUBLIC}
PLATFORMS = {
    **{"".join(filter(str.isalnum, word.casefold())): platform for platform, word in PLATFORM_WORDS.items()},
    "bbb": Platform.BIG_BLUE_BUTTON,
    "meet": Platform.GOOGLE_MEET,
    "gmeet": Platform.GOOGLE_MEET,
    "teams": Platform.TEAMS,
    "msteams": Platform.TEAMS,
    "other": Platform.OTHER,
}
TIMES = ("day", "zone", "at", "minutes")
MEETING = ("platform", "link", "passcode")
WORDS = ("recommended_for", "categories", "medium")
MANDATORY = ("title", "details", "type", "mentor", *TIMES, *WORDS)
"""What every Create row needs."""


def columns(words: ProgramWords, first: date) -> tuple[Column, ...]:
    """Give the columns with the organisation's words; `first` is the day of the sample's first session."""
    mentor, mentees = words.mentor, words.mentees
    days = tuple(f"{first + timedelta(days=number):%d-%m-%Y}" for number in (0, 1, 2))
    return (
        Column(
            "action",
            "Action",
            "Create, Edit or Delete. Always needed. On Edit, an empty cell keeps what is there; (empty) empties it.",
            ("action", "do", "operation"),
            is_needed=True,
            examples=("Create", "Create", "Create"),
        ),
        Column(
            "id",
            "ID",
            "The session’s number, for Edit and Delete. It is in the result file and in the session’s address.",
            ("id", "sessionid"),
        ),
        Column(
            "title",
            "Title",
            "The topic.",
            ("title", "sessiontitle", "topic"),
            examples=("Communication skills", "Reading plans", "Ask me anything"),
        ),
        Column(
            "details",
            "Description",
            "Further details.",
            ("description", "details"),
            examples=("What makes a good question", "How to plan a month", "Bring your questions"),
        ),
        Column(
            "type",
            "Type",
            f"Private or Public. Private with one of the {mentees} is one-to-one mentoring. "
            "It cannot change afterwards.",
            ("type", "sessiontype", "audience"),
            examples=("Private", "Private", "Public"),
        ),
        Column(
            "mentor",
            f"{mentor.capitalize()} (Email)",
            "Who holds the session, by e-mail address. It cannot change afterwards.",
            ("mentor", "mentoremail", "host", "instructor", "coach", "tutor", "teacher"),
            examples=("ada@example.org", "ada@example.org", "ada@example.org"),
        ),
        Column(
            "mentees",
            f"{mentees.capitalize()} (Email)",
            f"E-mail addresses, separated by commas; a public session needs none. On Edit this list replaces the "
            f"{mentees} who are invited; in a public session those who joined stay.",
            ("mentees", "mentee", "menteeemail", "menteesemail", "students", "coachees", "invited", "participants"),
            examples=("aarav@example.org", "aarav@example.org, oezguer@example.org", ""),
        ),
        Column(
            "day",
            "Date (DD-MM-YYYY)",
            "Day, month and year, such as 25-04-2026. Other forms are refused, for they can be read in two ways.",
            ("date", "day", "startdate"),
            examples=days,
        ),
        Column(
            "zone",
            "Time Zone",
            "IST, UTC, or a place such as Europe/Berlin.",
            ("timezone", "zone", "tz"),
            examples=("IST", "UTC", "Europe/Berlin"),
        ),
        Column(
            "at",
            "Time (24 hrs)",
            "When it begins, such as 17:00 or 17:00 Hrs.",
            ("time", "starttime", "start", "at"),
            examples=("17:00 Hrs", "13:00", "09:30"),
        ),
        Column(
            "minutes",
            "Duration (Min)",
            "Minutes, 30 or more.",
            ("duration", "minutes", "durationmin", "length"),
            examples=("60", "45", "90"),
        ),
        Column(
            "recommended_for",
            "Recommended For",
            "For whom it is, separated by commas. Kept for group sessions only.",
            ("recommendedfor", "audiencefor"),
            examples=("Teachers", "Teachers, Headteachers", "Everybody"),
        ),
        Column(
            "categories",
            "Categories",
            "What it is about, separated by commas. Kept for group sessions only.",
            ("categories", "category"),
            examples=("Communication", "Planning, Reading", "Life skills"),
        ),
        Column(
            "medium",
            "Medium",
            "The language it is held in. Kept for group sessions only.",
            ("medium", "language", "languages"),
            examples=("English", "Hindi", "English"),
        ),
        Column(
            "platform",
            "Meeting Platform",
            "BigBlueButton, Google Meet, Zoom, Microsoft Teams, Skype or Other. Left empty, BigBlueButton.",
            ("meetingplatform", "platform"),
            examples=("Google Meet", "Zoom", "Zoom"),
        ),
        Column(
            "link",
            "Meeting Link",
            "Where people meet; BigBlueButton needs none.",
            ("meetinglink", "link", "url"),
            examples=("https://meet.google.com/abc-defg-hij", "https://zoom.us/j/123456", "https://zoom.us/j/654321"),
        ),
        Column(
            "passcode",
            "Meeting Passcode",
            "If the meeting asks for one.",
            ("meetingpasscode", "passcode", "password"),
            examples=("", "s3cret", ""),
        ),
        program_column(),
        Column(
            "minimum",
            "Minimum",
            "How few people a group session needs, its host among them. Left empty, 2.",
            ("minimum", "min", "minimumparticipants"),
        ),
        Column(
            "maximum",
            "Maximum",
            "How many places a group session has, its host’s among them. Left empty, 10, or as many as are invited.",
            ("maximum", "max", "places", "maximumparticipants", "capacity"),
        ),
    )
