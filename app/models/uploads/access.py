"""Who may see an upload, and what a file of each kind looks like. Gives nothing to do with its rows."""

from sqlmodel import Session as Db
from sqlmodel import select

from app.models.errors import NotFound
from app.models.permissions import Viewer, is_id
from app.models.tables import Upload
from app.models.uploads.kinds import Shape
from app.models.uploads.people.shape import PeopleShape
from app.models.uploads.sessions.shape import SessionsShape
from app.models.words import UploadKind

SHAPES: dict[UploadKind, Shape] = {UploadKind.PEOPLE: PeopleShape(), UploadKind.SESSIONS: SessionsShape()}


def shape_named(name: UploadKind) -> Shape:
    """Give what files of this kind look like. Raises NotFound for a kind that is not known here."""
    shape = SHAPES.get(name)
    if shape is None:
        raise NotFound("upload")
    return shape


def access_upload(db: Db, viewer: Viewer, upload_id: int, *, lock: bool = False) -> Upload:
    """Load an upload for who made it, or for a manager of the organisation. Raises NotFound for everybody else."""
    query = select(Upload).where(Upload.id == upload_id)
    upload = db.exec(query.with_for_update() if lock else query).one_or_none() if is_id(upload_id) else None
    is_theirs = upload is not None and (viewer.is_org_manager or upload.person_id == viewer.person_id)
    if upload is None or not is_theirs or not shape_named(UploadKind(upload.kind)).may(viewer):
        raise NotFound("upload")
    return upload
