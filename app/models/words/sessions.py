"""A session: its status and the words for it, its steps, its people and its place."""

from enum import StrEnum


class Status(StrEnum):
    """A session's status. The steps between them are in `lifecycle`."""

    TO_BE_ARRANGED = "to_be_arranged"
    PENDING = "pending"
    SCHEDULED = "scheduled"
    LIVE = "live"
    COMPLETED = "completed"
    MISSED = "missed"
    CANCELLED = "cancelled"


OCCUPYING = (Status.PENDING, Status.SCHEDULED, Status.LIVE)
"""A session of these statuses takes its people's time."""


class Shown(StrEnum):
    """What a calendar entry is shown and filtered as; two of these are no status of their own."""

    SCHEDULED = "scheduled"
    LIVE = "live"
    AWAITING = "awaiting"
    COMPLETED = "completed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    PENDING = "pending"
    RESCHEDULED = "rescheduled"


CALENDAR_WORDS: dict[Shown, str] = {
    Shown.SCHEDULED: "Scheduled",
    Shown.LIVE: "In progress",
    Shown.AWAITING: "Awaiting outcome",
    Shown.COMPLETED: "Completed",
    Shown.MISSED: "Missed",
    Shown.CANCELLED: "Cancelled",
    Shown.PENDING: "Pending confirmation",
    Shown.RESCHEDULED: "Rescheduled",
}


LIST_WORDS: dict[Status, str] = {
    Status.TO_BE_ARRANGED: "To be arranged",
    Status.PENDING: "Pending confirmation",
    Status.SCHEDULED: "Upcoming",
    Status.LIVE: "Live",
    Status.COMPLETED: "Completed",
    Status.MISSED: "Missed",
    Status.CANCELLED: "Cancelled",
}


RELATIONSHIP_WORDS: dict[str, str] = {
    Status.TO_BE_ARRANGED: "To be arranged",
    Status.PENDING: "Pending confirmation",
    Status.SCHEDULED: "Arranged",
    Status.LIVE: "In progress",
    Shown.AWAITING: "Awaiting outcome",
    Status.COMPLETED: "Completed",
    Status.MISSED: "Missed",
    Status.CANCELLED: "Cancelled",
}
"""What the two people of a relationship call the statuses of their numbered sessions, and Awaiting outcome."""


SENTENCE_WORDS: dict[Status, str] = {
    Status.TO_BE_ARRANGED: "to be arranged",
    Status.PENDING: "waiting for an answer",
    Status.SCHEDULED: "scheduled",
    Status.LIVE: "in progress",
    Status.COMPLETED: "completed",
    Status.MISSED: "missed",
    Status.CANCELLED: "cancelled",
}
"""What follows "This session is …"."""


class Step(StrEnum):
    """What can be done with a session."""

    BOOK = "book"
    PUBLISH = "publish"
    ARRANGE = "arrange"
    REACTIVATE = "reactivate"
    ACCEPT = "accept"
    DECLINE = "decline"
    PROPOSE = "propose"
    EDIT = "edit"
    MOVE = "move"
    CANCEL = "cancel"
    DELETE = "delete"
    ENTER = "enter"
    START = "start"
    EDIT_MEETING = "edit_meeting"
    FINISH = "finish"
    LAPSE = "lapse"
    RECORD = "record"
    MARK = "mark_attendance"
    WRITE_UP = "write_up"
    CORRECT = "correct"
    ARRANGE_AGAIN = "arrange_again"


FIELD_WORDS: dict[str, str] = {
    "title": "title",
    "details": "details",
    "place": "place",
    "session_type": "type",
    "platform": "platform",
    "link": "meeting link",
    "passcode": "passcode",
    "address": "address",
}
"""What people call the columns of a session that tell them something."""


class Part(StrEnum):
    """Who somebody is to one session; a person may play several."""

    MANAGER = "manager"
    HOST = "host"
    MENTOR = "mentor"
    MENTEE = "mentee"
    PARTICIPANT = "participant"
    ANSWERER = "answerer"
    CLOCK = "clock"


class Kind(StrEnum):
    """One mentor with one mentee, or a group with a host."""

    ONE_TO_ONE = "one_to_one"
    GROUP = "group"


class Place(StrEnum):
    """How the people meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    CALL = "call"


PLACE_WORDS: dict[Place, str] = {Place.ONLINE: "Online", Place.IN_PERSON: "In person", Place.CALL: "Call"}


class Platform(StrEnum):
    """Where an online session meets."""

    BIG_BLUE_BUTTON = "bigbluebutton"
    GOOGLE_MEET = "google_meet"
    ZOOM = "zoom"
    TEAMS = "teams"
    SKYPE = "skype"
    OTHER = "other"


PLATFORM_WORDS: dict[Platform, str] = {
    Platform.BIG_BLUE_BUTTON: "BigBlueButton",
    Platform.GOOGLE_MEET: "Google Meet",
    Platform.ZOOM: "Zoom",
    Platform.TEAMS: "Microsoft Teams",
    Platform.SKYPE: "Skype",
    Platform.OTHER: "Another link",
}


class SeatStatus(StrEnum):
    """Where a person stands in a session. The host has a seat too."""

    INVITED = "invited"
    ENROLLED = "enrolled"
    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who may enrol in a group session."""

    PRIVATE = "private"
    PUBLIC = "public"


class Scope(StrEnum):
    """How much of a series a change means."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


SCOPE_WORDS: dict[Scope, str] = {
    Scope.THIS: "This session",
    Scope.FOLLOWING: "This and following",
    Scope.ALL: "The whole series",
}


class Repeat(StrEnum):
    """How often a booking repeats."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


DEFAULT_SESSION_TYPES = ("Online", "Face-to-face", "Skype", "Call")
