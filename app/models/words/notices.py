"""What notices tell, and where their e-mails stand."""

from enum import StrEnum


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
    NEW_ADDRESS = "new_address"
    ASSIGNED = "assigned"
    ENDED = "ended"
    HANDED_OVER = "handed_over"
    RECORDED = "recorded"
    MESSAGES = "messages"
    THREAD = "thread"
    ANNOUNCEMENT = "announcement"
    TEST_MAIL = "test_mail"
    INVITED = "invited"
    CONFIRM = "confirm"
    ENROLLED = "enrolled"
    WAITING = "waiting"
    PROMOTED = "promoted"
    PUT_BACK = "put_back"
    LEFT = "left"
    REMOVED = "removed"
    REMINDER = "reminder"
    TOO_FEW = "too_few"
    RATE = "rate"
    UPLOADED = "uploaded"
