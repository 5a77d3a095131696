"""The pages of uploads: which upload and which of its rows are shown. The file itself goes by HTTP."""

from functools import partial
from typing import Any

import reflex as rx

from app.models.commands import uploads
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.uploads import UploadShown, UploadStart, read_start, read_upload
from app.models.words import UploadKind, UploadStatus
from app.state.live import keep_up
from app.state.login import manager_only, viewer_of
from app.state.mail_server import mails_leave
from app.state.sign_in import said_to

MOVES = (UploadStatus.READING, UploadStatus.APPLYING)
LOOK_AGAIN_SECONDS = 1.0
"""While a job runs, in this worker or another, its page looks by itself."""
REST_SECONDS = 15.0
KINDS = {"/people/upload": UploadKind.PEOPLE, "/sessions/bulk": UploadKind.SESSIONS}
"""What the files of each page are about."""
LONGEST_TEXT = 40_000


class UploadState(rx.State):
    """What one manager looks at. `wanted` is the upload of the address, 0 for the page that takes a file."""

    wanted: int = 0
    is_ready: bool = False
    missing: bool = False
    start: UploadStart = UploadStart()
    shown: UploadShown = UploadShown()
    shows: str = ""
    page: int = 1
    editing: int = 0
    asks: str = ""  # the question that is open: "confirm", "stop" or none
    problem: str = ""
    said: str = ""
    mails_leave: bool = True
    _kind: str = UploadKind.PEOPLE
    _kept: list[int] = []  # noqa: RUF012  # the rows to stay on screen though a correction moved them elsewhere

    @rx.event
    @manager_only
    async def opened(self) -> None:
        """Show the upload of the address, or the form that takes one."""
        self.wanted = as_id(self.router.url.query_parameters.get("id", ""))
        self._kind = KINDS.get(self.router.url.path.rstrip("/"), UploadKind.PEOPLE)
        self.start, self.shown, self.is_ready = UploadStart(), UploadShown(), False
        self.shows, self.page, self.editing, self.asks, self._kept = "", 1, 0, "", []
        self.mails_leave = mails_leave()
        self.problem, self.said = said_to(self).get("problem", ""), ""
        await self._read()
        if self.shown.invalid and self.shown.status == UploadStatus.READY:
            self.shows = "invalid"
            await self._read()
        self.is_ready = True

    @rx.event(background=True)
    @manager_only
    async def follow(self) -> None:
        """Read again when something was committed, and by itself while a job runs."""
        await keep_up(self, self._again, managers=True)

    @rx.event
    @manager_only
    async def filter_by(self, shows: str) -> None:
        """Show the rows of one filter."""
        self.shows, self.page, self.editing, self._kept = str(shows)[:20], 1, 0, []
        await self._read()

    @rx.event
    @manager_only
    async def go_to(self, page: int) -> None:
        """Show another page of rows."""
        self.page, self.editing, self._kept = page, 0, []
        await self._read()

    @rx.event
    @manager_only
    async def edit_row(self, row_id: int) -> None:
        """Open all cells of a row to be corrected; once more closes them."""
        self.editing = 0 if self.editing == row_id else row_id

    @rx.event
    @manager_only
    async def correct(self, row_id: int, column: str, text: str) -> None:
        """Write another text into a cell and check again."""
        cells = {cell.column: cell.text for row in self.shown.rows if row.id == row_id for cell in row.cells}
        if cells.get(column, "").replace("\n", "") == str(text).replace("\n", ""):
            return  # a field of one line shows a text without its line breaks
        self._kept = [row.id for row in self.shown.rows]
        said = await self._do(uploads.correct_cell, as_id(row_id), str(column)[:400], str(text)[:LONGEST_TEXT])
        row = next((row for row in self.shown.rows if row.id == row_id), None)
        if said is not None and row is not None:
            self.said = f"Row {row.number}: {row.word}."

    @rx.event
    @manager_only
    async def choose_program(self, program: str) -> None:
        """Choose the programme of all rows that name none."""
        await self._do(uploads.choose_options, as_id(program) or None, self.shown.sends_access)

    @rx.event
    @manager_only
    async def choose_access(self, sends: bool) -> None:
        """Choose whether the people who are added get their first-access link by mail."""
        await self._do(uploads.choose_options, as_id(self.shown.program_id) or None, sends is True)

    @rx.event
    @manager_only
    async def swap(self) -> None:
        """Exchange the two columns that look swapped."""
        if len(self.shown.swapped) == 2:
            await self._do(uploads.swap_columns, *self.shown.swapped)

    @rx.event
    @manager_only
    async def ask(self, what: str) -> None:
        """Open a question, or close it."""
        self.asks = what if what in ("confirm", "stop") else ""

    @rx.event
    @manager_only
    async def confirm(self) -> None:
        """Let the valid rows be carried out."""
        self.asks, self.shows, self.page, self._kept, self.editing = "", "", 1, [], 0
        await self._do(uploads.confirm)

    @rx.event
    @manager_only
    async def stop(self) -> None:
        """Stop, or put away what was not begun."""
        self.asks, self.shows, self.page, self._kept, self.editing = "", "", 1, [], 0
        await self._do(uploads.cancel)

    @rx.event
    @manager_only
    async def undo(self) -> Any:
        """Make the file that takes this one back, and show it."""
        made = await self._do(uploads.undo)
        return rx.redirect(f"/sessions/bulk?id={made['upload_id']}") if made else None

    async def _do(self, command: Any, *args: Any) -> Any:
        """Give a command about the upload and read again; a refusal is said above the rows."""
        viewer, wanted, self.problem = viewer_of(self), self.wanted, ""
        try:
            given = await rx.run_in_thread(partial(perform, command, viewer, "", wanted, *args))
        except Refusal as refusal:
            self.problem, given = str(refusal), None
        await self._read()
        if self.shows and not self.shown.rows:  # the command left no row of this filter
            self.shows = ""
            await self._read()
        return given

    async def _again(self, _viewer: Viewer) -> float:
        await self._read()
        return LOOK_AGAIN_SECONDS if self.shown.status in MOVES else REST_SECONDS

    async def _read(self) -> None:
        viewer, wanted, kind = viewer_of(self), self.wanted, UploadKind(self._kind)
        look = {"shows": self.shows, "page": self.page, "row_ids": list(self._kept)}
        try:
            found = await rx.run_in_thread(partial(_found, viewer, kind, wanted, look))
        except NotFound:
            found = UploadShown()
        self.missing = wanted > 0 and found == UploadShown()
        if isinstance(found, UploadStart):
            self.start, self.shown = found, UploadShown()
        elif found != self.shown:
            self.shown, self.page = found, found.page


def _found(viewer: Viewer, kind: UploadKind, wanted: int, look: dict[str, Any]) -> UploadShown | UploadStart:
    with reading() as db:
        if not wanted:
            return read_start(db, viewer, kind)
        found = read_upload(db, viewer, wanted, **look)
    if found.kind != kind:
        raise NotFound("upload")
    return found
