"""The windows over the list of sessions: calling several off, and who is in one."""

from typing import Any
from uuid import uuid4

import reflex as rx

from app.models.commands.several import Refused, Several, cancel_each, delete_each
from app.models.database import reading
from app.models.drafts import CancelDraft, read
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.session_mentees import MenteeList, list_mentees
from app.state.login import manager_only, signed_in, viewer_of
from app.state.session_list import MOST_PICKED, SessionListState, choose

CANCEL, DELETE, RESULT = "cancel", "delete", "result"


class SessionWindowsState(rx.State):
    """Which window stands open: `asking` is cancel, delete, result or ""."""

    asking: str = ""
    count: int = 0
    error: str = ""
    result: str = ""
    refused: rx.Field[list[Refused]] = rx.field(default_factory=list)
    mentees: MenteeList = MenteeList()
    _ids: rx.Field[list[int]] = rx.field(default_factory=list)
    _key: str = ""

    @rx.event
    @signed_in
    async def begin(self):
        """Close what stood open on another visit."""
        self._close()
        self.mentees = MenteeList()

    @rx.event
    @manager_only
    async def ask(self, what: str, session_ids: list[int]):
        """Ask before several sessions are cancelled or deleted; "" closes the window."""
        self._close()
        if what in (CANCEL, DELETE) and session_ids:
            self._ids, self._key = session_ids[:MOST_PICKED], uuid4().hex
            self.asking, self.count = what, len(self._ids)

    @rx.event
    @manager_only
    async def cancel(self, form: dict[str, Any]):
        """Cancel them, all for one reason."""
        viewer, key, ids = viewer_of(self), self._key, list(self._ids)
        try:
            draft = read(CancelDraft, {"reason": str(form.get("reason", ""))})
        except Refusal as refusal:
            self.error = str(refusal)
            return None
        came_of_it = await rx.run_in_thread(lambda: cancel_each(viewer, key, ids, draft))
        return await self._tell(came_of_it, "cancelled")

    @rx.event
    @manager_only
    async def delete(self):
        """Delete them."""
        viewer, key, ids = viewer_of(self), self._key, list(self._ids)
        came_of_it = await rx.run_in_thread(lambda: delete_each(viewer, key, ids))
        return await self._tell(came_of_it, "deleted")

    @rx.event
    @manager_only
    async def show_mentees(self, session_id: int):
        """Show who is in a session; 0 closes the window."""
        self.mentees = MenteeList()
        return await self._list(session_id, "") if session_id > 0 else None

    @rx.event
    @manager_only
    async def search_mentees(self, typed: str):
        """Narrow them to a name or an e-mail."""
        return await self._list(self.mentees.session_id, typed[:100])

    async def _list(self, session_id: int, typed: str):
        viewer = viewer_of(self)
        try:
            self.mentees = await rx.run_in_thread(lambda: read_mentees(viewer, session_id, typed))
        except NotFound as error:
            self.mentees = MenteeList()
            return rx.toast.error(str(error))
        return None

    async def _tell(self, came_of_it: Several, word: str):
        done = len(came_of_it.done)
        said = f"{'1 session is' if done == 1 else f'{done:,} sessions are'} {word}."
        self._close()
        list_ = await self.get_state(SessionListState)
        choose(list_, [one for one in list_.picked if one not in came_of_it.done])
        if not came_of_it.refused:
            return rx.toast.success(said)
        self.asking, self.result, self.refused = RESULT, said if done else f"No session is {word}.", came_of_it.refused
        return None

    def _close(self) -> None:
        self.asking, self.error, self.result, self.refused = "", "", "", []
        self._ids, self._key, self.count = [], "", 0


def read_mentees(viewer: Viewer, session_id: int, typed: str) -> MenteeList:
    """Read who is in a session. Raises NotFound."""
    with reading() as db:
        return list_mentees(db, viewer, session_id, typed)
