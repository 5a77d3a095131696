"""The enumerations of the domain, and the words a page shows for them.

The code says mentor and mentee; a programme chooses what its people read
(`ProgramWords`). A status has one name here and several on screen, for managers,
lists and relationships each have their own habit. No other module holds these words.
"""

from app.models.words.notices import MAIL_WORDS, MailStatus, NoticeKind
from app.models.words.programs import (
    KIND_WORDS,
    PROGRAM_KIND_WORDS,
    BelowMinimum,
    ProgramKind,
    ProgramWords,
    Rank,
    Role,
    shared_words,
)
from app.models.words.sessions import (
    CALENDAR_WORDS,
    DEFAULT_SESSION_TYPES,
    FIELD_WORDS,
    LIST_WORDS,
    OCCUPYING,
    PLACE_WORDS,
    PLATFORM_WORDS,
    SCOPE_WORDS,
    SENTENCE_WORDS,
    Audience,
    Kind,
    Part,
    Place,
    Platform,
    Repeat,
    Scope,
    SeatStatus,
    Shown,
    Status,
    Step,
)
from app.models.words.uploads import RowStatus, UploadKind, UploadStatus

__all__ = [
    "CALENDAR_WORDS",
    "DEFAULT_SESSION_TYPES",
    "FIELD_WORDS",
    "KIND_WORDS",
    "LIST_WORDS",
    "MAIL_WORDS",
    "OCCUPYING",
    "PLACE_WORDS",
    "PLATFORM_WORDS",
    "PROGRAM_KIND_WORDS",
    "SCOPE_WORDS",
    "SENTENCE_WORDS",
    "Audience",
    "BelowMinimum",
    "Kind",
    "MailStatus",
    "NoticeKind",
    "Part",
    "Place",
    "Platform",
    "ProgramKind",
    "ProgramWords",
    "Rank",
    "Repeat",
    "Role",
    "RowStatus",
    "Scope",
    "SeatStatus",
    "Shown",
    "Status",
    "Step",
    "UploadKind",
    "UploadStatus",
    "shared_words",
]
