"""The one table of the kinds of upload."""

from app.models.uploads.kinds import Kind
from app.models.uploads.people import PeopleKind
from app.models.words import UploadKind

KINDS: dict[UploadKind, Kind] = {UploadKind.PEOPLE: PeopleKind()}
