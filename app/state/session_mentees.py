"""The window that lists who is in a session (L3), over the list of sessions and over a session's card."""

import reflex as rx

from app.models.database import reading
from app.models.errors import NotFound
from app.models.ids import as_id
from app.models.permissions import Viewer
from app.models.queries.session_mentees import MenteeList, list_mentees
from app.state.login import signed_in, viewer_of


class SessionMenteesState(rx.State):
    """Whose people the window lists; no session's while it is closed."""

    mentees: MenteeList = MenteeList()

    @rx.event
    @signed_in
    async def show_mentees(self, session_id: int):
        """Show who is in a session; 0 closes the window, as opening a page does."""
        self.mentees = MenteeList()
        return await self._list(as_id(session_id), "") if as_id(session_id) else None

    @rx.event
    @signed_in
    async def search_mentees(self, typed: str):
        """Narrow them to a name or an e-mail, unless the window was closed while that was on its way."""
        session_id = self.mentees.session_id
        return await self._list(session_id, str(typed)[:100]) if session_id else None

    async def _list(self, session_id: int, typed: str):
        viewer = viewer_of(self)
        try:
            self.mentees = await rx.run_in_thread(lambda: read_mentees(viewer, session_id, typed))
        except NotFound as error:
            self.mentees = MenteeList()
            return rx.toast.error(str(error))
        return None


def read_mentees(viewer: Viewer, session_id: int, typed: str) -> MenteeList:
    """Read who is in a session. Raises NotFound."""
    with reading() as db:
        return list_mentees(db, viewer, session_id, typed)
