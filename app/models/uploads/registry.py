"""The one table of what is done with each kind of upload."""

from app.models.tables import Upload
from app.models.uploads.kinds import Kind
from app.models.uploads.people.kind import PeopleKind
from app.models.uploads.sessions.kind import SessionsKind
from app.models.words import UploadKind

KINDS: dict[UploadKind, Kind] = {UploadKind.PEOPLE: PeopleKind(), UploadKind.SESSIONS: SessionsKind()}


def kind_of(upload: Upload) -> Kind:
    """Give what is done with an upload's rows; `access_upload` has refused the kinds that are not here."""
    return KINDS[UploadKind(upload.kind)]
