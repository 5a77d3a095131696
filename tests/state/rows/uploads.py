"""The multi-user upload's handlers."""

from app.models.queries.uploads import CellShown, RowShown, UploadShown
from app.state.login import MANAGER as MANAGERS
from tests.state.callers import MANAGER, UPLOAD
from tests.state.rows.base import Row

ROW = 1
PATH = f"/people/upload?id={UPLOAD}"
SHOWN = {
    "wanted": UPLOAD,
    "shown": UploadShown(
        id=UPLOAD,
        swapped=["First name", "Email"],
        rows=[RowShown(ROW, 2, "valid", "Valid", "", [CellShown("First name", "before")])],
    ),
}

ROWS: dict[str, Row] = {
    "PeopleUploadState.opened": Row(MANAGERS, path=PATH),
    "PeopleUploadState.follow": Row(MANAGERS, values=SHOWN, path=PATH),
    "PeopleUploadState.filter_by": Row(MANAGERS, ("valid",), SHOWN),
    "PeopleUploadState.go_to": Row(MANAGERS, (1,), SHOWN),
    "PeopleUploadState.edit_row": Row(MANAGERS, (ROW,), SHOWN),
    "PeopleUploadState.correct": Row(MANAGERS, (ROW, "First name", "Taken over"), SHOWN, works_for=MANAGER),
    "PeopleUploadState.choose_program": Row(MANAGERS, ("1",), SHOWN, works_for=MANAGER),
    "PeopleUploadState.choose_access": Row(MANAGERS, (True,), SHOWN, works_for=MANAGER),
    "PeopleUploadState.swap": Row(MANAGERS, (), SHOWN),
    "PeopleUploadState.ask": Row(MANAGERS, ("confirm",), SHOWN),
    "PeopleUploadState.confirm": Row(MANAGERS, (), SHOWN),
    "PeopleUploadState.stop": Row(MANAGERS, (), SHOWN, works_for=MANAGER),
}
