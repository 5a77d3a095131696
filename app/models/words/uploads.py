"""What uploaded files are about, and how far they and their rows have come."""

from enum import StrEnum


class UploadKind(StrEnum):
    """What the rows of an uploaded file are about."""

    PEOPLE = "people"
    SESSIONS = "sessions"


class UploadStatus(StrEnum):
    """How far an uploaded file has come. Nothing is written for its rows before APPLYING."""

    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class RowStatus(StrEnum):
    """Where one row of a file stands. UNCHANGED would change nothing; SKIPPED was left out when the job was stopped.

    LATER waits, while the file is carried out, for the first part of all other rows.
    """

    VALID = "valid"
    INVALID = "invalid"
    UNCHANGED = "unchanged"
    LATER = "later"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


UPLOAD_WORDS: dict[UploadStatus, str] = {
    UploadStatus.READING: "Being checked",
    UploadStatus.READY: "Ready to look through",
    UploadStatus.APPLYING: "Being carried out",
    UploadStatus.DONE: "Done",
    UploadStatus.CANCELLED: "Stopped",
    UploadStatus.FAILED: "Failed",
}
ENDED_WORDS: dict[UploadStatus, str] = {
    UploadStatus.DONE: "is done",
    UploadStatus.CANCELLED: "was stopped",
    UploadStatus.FAILED: "has failed",
}
"""How an upload ended, after its name."""
ROW_WORDS: dict[RowStatus, str] = {
    RowStatus.INVALID: "Invalid",
    RowStatus.FAILED: "Failed",
    RowStatus.VALID: "Valid",
    RowStatus.LATER: "Waiting",
    RowStatus.DONE: "Done",
    RowStatus.UNCHANGED: "Unchanged",
    RowStatus.SKIPPED: "Left out",
}
"""The words for rows, in the order in which they are looked at."""
SESSION_ROW_WORDS: dict[RowStatus, str] = {
    status: "Valid" if status in (RowStatus.VALID, RowStatus.LATER, RowStatus.DONE, RowStatus.UNCHANGED) else "Invalid"
    for status in RowStatus
}
"""What a result file of sessions says of a row: Invalid is whatever was not carried out."""
RESULT_COLUMNS = ("Status", "Message")
SESSION_RESULT_COLUMNS = ("Session status", "Status message")
"""What a result file has beside the original columns; it can be uploaded again."""
