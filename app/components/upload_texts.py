"""What differs between the pages of uploads: addresses and words. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Texts:
    """The words for one kind of file. `says_access`: it can send people their first-access links."""

    kind: str
    page: str
    choose: str
    begin: str
    rule: str
    told: str = ""
    says_access: bool = False


PEOPLE = Texts(
    kind="people",
    page="/people/upload",
    choose="Upload and check",
    begin="It has all columns, and a few rows that show how they are filled in. Put yours in their place.",
    rule="An upload adds and changes; it takes nothing away but the assignments you name with Unassign. "
    "Uploading the same file again changes nothing.",
    says_access=True,
)
SESSIONS = Texts(
    kind="sessions",
    page="/sessions/bulk",
    choose="Upload CSV",
    begin="It has all columns, and a few rows that show how they are filled in. Put yours in their place. "
    "The result file of an earlier upload can be corrected and uploaded, too.",
    rule="Create adds a session, Edit changes what its row fills in, Delete cancels a session and takes it away. "
    "Uploading the same file again creates nothing twice.",
    told="Whoever takes part in these sessions is told by e-mail.",
)
