"""What a mail is made of once it has words. Plain text throughout; knows no notice and no template."""

from collections.abc import Sequence
from dataclasses import dataclass

LISTED = 12
"""So many dates are written out; the rest is a number."""
LONGEST_IN_SUBJECT = 80


@dataclass(frozen=True)
class Button:
    """The one thing to do next."""

    label: str
    url: str


@dataclass(frozen=True)
class Date:
    """One of several sessions: its time, and the one it had before it was moved ("" where it was not)."""

    now: str
    was: str = ""


@dataclass(frozen=True)
class Message:
    """A mail's words. `rows` are label and value; `more` says how many dates were left out; `stop` ends such mails.

    `other` is a second thing to do, beside `button`.
    """

    subject: str
    heading: str
    paragraphs: Sequence[str]
    rows: Sequence[tuple[str, str]] = ()
    dates: Sequence[Date] = ()
    more: str = ""
    button: Button | None = None
    other: Button | None = None
    footnote: str = ""
    stop: Button | None = None
