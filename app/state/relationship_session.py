"""A numbered session's own pages within its relationship: which session, and which of its forms the address names.

The forms are those of the session's card; here each has an address, and leads back to the list.
"""

import re

import reflex as rx

from app.models import clock
from app.models.drafts import Times, read
from app.models.errors import NotFound, Refusal
from app.models.ids import as_id
from app.models.queries.relationship import SessionPlace, load_place
from app.models.queries.session_times import check_time
from app.state.ask import ask
from app.state.login import signed_in, viewer_of
from app.state.session_card import SessionCardState
from app.state.session_fields import STEP_OF_FORM

ADDRESS = re.compile(r"/relationships/(\d{1,9})/(\d{1,9})/?")


class RelationshipSessionState(SessionCardState):
    """The page. `why` says why the form that was asked for is not the one that is shown."""

    place: SessionPlace = SessionPlace()
    href: str = ""
    why: str = ""

    @rx.event
    @signed_in
    async def open_numbered(self) -> None:
        """Show the session and the form that the address names; a form that is open stays as it is typed."""
        found = ADDRESS.fullmatch(self.router.url.path)
        wanted = (as_id(found[1]), as_id(found[2])) if found else (0, 0)
        self.href = f"/relationships/{wanted[0]}/{wanted[1]}"
        if not await self._find(*wanted):
            return
        self.is_open, self._back = False, f"/relationships/{wanted[0]}"
        if self.card.id != self.place.session_id:
            self._forget_form()
        await self._read(self.place.session_id)
        await self._show_form(str(self.router.url.query_parameters.get("do", "")))

    @rx.event
    @signed_in
    async def leave_form(self):
        """Leave the form, forget what was typed in it, and show the session."""
        kept = self._draft_name()
        self._forget_form()
        return [rx.remove_session_storage(kept), rx.redirect(self.href)]

    async def _find(self, relationship_id: int, number: int) -> bool:
        viewer = viewer_of(self)
        try:
            self.place = await ask(load_place, viewer, relationship_id, number)
        except NotFound:
            self._forget_form()
            self.missing, self.place = True, SessionPlace()
        return self.place.session_id > 0

    async def _show_form(self, name: str) -> None:
        """Open the form of this name where it may be taken, else the one that comes nearest, else none."""
        wanted, self.why = self._nearest(name), ""
        if name == "reactivate" and wanted == "arrange":
            self.why = self.card.closed_because
        if wanted != self.form:
            self._forget_form()
            if wanted:
                self._begin_form(wanted)
        if wanted == "reactivate":
            await self._look_at_old_time()

    def _nearest(self, name: str) -> str:
        also = {"edit": ("edit", "arrange"), "reactivate": ("reactivate", "arrange"), "arrange": ("arrange", "again")}
        return next(
            (one for one in also.get(name, (name,)) if one in STEP_OF_FORM and self._may(STEP_OF_FORM[one])), ""
        )

    async def _look_at_old_time(self) -> None:
        """Say at once what is in the way of the time that the session had."""
        viewer, session_id, typed = viewer_of(self), self.card.id, dict(self._typed)
        try:
            times = read(Times, typed)
            self.check = await ask(check_time, viewer, clock.now(), session_id, times)
        except Refusal:
            return
