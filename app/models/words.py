"""The enumerations of the domain, and the words a page shows for them.

The code says mentor and mentee; a programme chooses what its people read
(`ProgramWords`). A status has one name here and several on screen, for managers,
lists and relationships each have their own habit. No other module holds these words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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


class Rank(StrEnum):
    """A person's standing in the organisation; most have none and only belong to programmes."""

    NONE = ""
    MANAGER = "manager"
    OWNER = "owner"


class Role(StrEnum):
    """What a person is in one programme."""

    MANAGER = "manager"
    MENTOR = "mentor"
    MENTEE = "mentee"


class ProgramKind(StrEnum):
    """What sort of work a programme does; it proposes the words."""

    TUTORING = "tutoring"
    MENTORING = "mentoring"
    COACHING = "coaching"


PROGRAM_KIND_WORDS: dict[ProgramKind, str] = {
    ProgramKind.TUTORING: "Tutoring",
    ProgramKind.MENTORING: "Mentoring",
    ProgramKind.COACHING: "Coaching",
}


class BelowMinimum(StrEnum):
    """What becomes of a group session that has too few people a day before."""

    KEEP = "keep"
    CANCEL = "cancel"


class Repeat(StrEnum):
    """How often a booking repeats."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class MailStatus(StrEnum):
    """Where a notice's e-mail stands. Lifecycle: WAITING → SENDING → SENT, or FAILED after the last try.

    NONE is a notice for the bell only; DROPPED one that was withdrawn (an undone drag)
    or came too late to be of use.
    """

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


MAIL_WORDS: dict[MailStatus, str] = {
    MailStatus.WAITING: "Waiting",
    MailStatus.SENT: "Sent",
    MailStatus.FAILED: "Failed",
    MailStatus.DROPPED: "Not sent",
}
"""What the Mail page shows and filters by; a mail on its way is still Waiting there."""


class NoticeKind(StrEnum):
    """What a notice tells."""

    BOOKED = "booked"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROPOSED = "proposed"
    UNANSWERED = "unanswered"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REACTIVATED = "reactivated"
    SIGN_IN = "sign_in"
    FIRST_ACCESS = "first_access"
    TEST_MAIL = "test_mail"


@dataclass(frozen=True)
class ProgramWords:
    """What one programme calls its people, singular and plural, in lower case."""

    mentor: str = "mentor"
    mentors: str = "mentors"
    mentee: str = "mentee"
    mentees: str = "mentees"


KIND_WORDS: dict[ProgramKind, ProgramWords] = {
    ProgramKind.TUTORING: ProgramWords("instructor", "instructors", "student", "students"),
    ProgramKind.MENTORING: ProgramWords(),
    ProgramKind.COACHING: ProgramWords("coach", "coaches", "coachee", "coachees"),
}


def shared_words(of: Iterable[ProgramWords], usual: ProgramWords) -> ProgramWords:
    """Give the words for a page that speaks of several programmes: theirs where they agree, else the usual ones."""
    found = set(of)
    return found.pop() if len(found) == 1 else usual


DEFAULT_SESSION_TYPES = ("Online", "Face-to-face", "Skype", "Call")
