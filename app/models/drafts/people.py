"""The forms about people."""

from typing import Annotated

from pydantic import Field

from app.models.drafts.base import Draft, Email, Id, Line, Text, Zone
from app.models.words import Rank, Role

Tag = Annotated[Line, Field(min_length=1, max_length=100)]
MOST_TAGS = 50
MOST_ROLES = 100
MOST_PAIRINGS = 200
MOST_CANCELS = 1_000
MOST_TAGGED = 1_000
LONGEST_BIO = 2_000


class PersonDraft(Draft):
    """A person's own facts. `zone` "" follows the browser."""

    email: Email
    first_name: Line = ""
    last_name: Line = ""
    zone: Zone | None = None


class RoleDraft(Draft):
    """What somebody is in a programme, and the cohort they came with ("" for none)."""

    program_id: Id
    role: Role
    cohort: Annotated[Line, Field(max_length=100)] = ""


class PairingDraft(Draft):
    """Whom a new person works with: they are `as_role` (mentor or mentee), `other_id` is the other."""

    program_id: Id
    other_id: Id
    as_role: Role


class MemberDraft(Draft):
    """A person's facts as managers write them. `zone` None follows the browser."""

    email: Email
    first_name: Annotated[Line, Field(min_length=1)]
    last_name: Line = ""
    zone: Zone | None = None


class NewPersonDraft(MemberDraft):
    """A person as a manager adds them (A1). `sends_access` mails them their first-access link (P9)."""

    tags: Annotated[tuple[Tag, ...], Field(max_length=MOST_TAGS)] = ()
    rank: Rank = Rank.NONE
    roles: Annotated[tuple[RoleDraft, ...], Field(max_length=MOST_ROLES)] = ()
    assignments: Annotated[tuple[PairingDraft, ...], Field(max_length=MOST_PAIRINGS)] = ()
    sends_access: bool = False


class EditPersonDraft(MemberDraft):
    """A person as a manager changes them. None leaves what they say of themselves, tags, roles or rank as it is.

    `roles` is the whole of what they shall be in the running programmes that the viewer
    manages; what they are elsewhere is not touched.
    """

    bio: Text | None = None
    tags: Annotated[tuple[Tag, ...], Field(max_length=MOST_TAGS)] | None = None
    roles: Annotated[tuple[RoleDraft, ...], Field(max_length=MOST_ROLES)] | None = None
    rank: Rank | None = None


class BioDraft(Draft):
    """What somebody tells the world of themself, on their public profile."""

    bio: Annotated[Text, Field(max_length=LONGEST_BIO)] = ""


class DeactivateDraft(Draft):
    """Somebody leaves. `cancels` are the ids of the future sessions that go with them; the others read `reason`."""

    cancels: Annotated[tuple[Id, ...], Field(max_length=MOST_CANCELS)] = ()
    reason: Text = ""


class TagDraft(Draft):
    """A tag for several people; `adds` False takes it from them."""

    person_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_TAGGED)]
    name: Tag
    adds: bool = True


class FounderDraft(Draft):
    """The first thing an installation learns (P1): the organisation, and who owns it."""

    organisation: Annotated[Line, Field(min_length=1)]
    zone: Zone
    first_name: Annotated[Line, Field(min_length=1)]
    last_name: Line = ""
    email: Email
