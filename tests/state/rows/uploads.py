"""The handlers of the pages of uploads."""

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
        kind="people",
        swapped=["First name", "Email"],
        rows=[RowShown(ROW, 2, "valid", "Valid", "", [CellShown("First name", "before")])],
    ),
}

ROWS: dict[str, Row] = {
    "UploadState.opened": Row(MANAGERS, path=PATH),
    "UploadState.follow": Row(MANAGERS, values=SHOWN, path=PATH),
    "UploadState.filter_by": Row(MANAGERS, ("valid",), SHOWN),
    "UploadState.go_to": Row(MANAGERS, (1,), SHOWN),
    "UploadState.edit_row": Row(MANAGERS, (ROW,), SHOWN),
    "UploadState.correct": Row(MANAGERS, (ROW, "First name", "Taken over"), SHOWN, works_for=MANAGER),
    "UploadState.choose_program": Row(MANAGERS, ("1",), SHOWN, works_for=MANAGER),
    "UploadState.choose_access": Row(MANAGERS, (True,), SHOWN, works_for=MANAGER),
    "UploadState.swap": Row(MANAGERS, (), SHOWN),
    "UploadState.ask": Row(MANAGERS, ("confirm",), SHOWN),
    "UploadState.confirm": Row(MANAGERS, (), SHOWN),
    "UploadState.undo": Row(MANAGERS, (), SHOWN),
    "UploadState.stop": Row(MANAGERS, (), SHOWN, works_for=MANAGER),
}
