"""Erasing a deactivated person from their page: asked once, with their address typed to make sure."""

from typing import Any

import reflex as rx

from app.models.commands.erasing import erase
from app.models.commands.run import perform
from app.models.errors import Refusal
from app.state.login import manager_only, viewer_of


class PersonEraseState(rx.State):
    """The window; `person_id` 0 is closed."""

    person_id: int = 0
    problem: str = ""

    @rx.event
    @manager_only
    def open_erase(self, person_id: int):
        """Ask whether it is really meant."""
        self.person_id, self.problem = person_id, ""

    @rx.event
    @manager_only
    def close_erase(self):
        """Leave everything as it is."""
        self.person_id, self.problem = 0, ""

    @rx.event
    @manager_only
    async def submit_erase(self, form: dict[str, Any]):
        """Erase, or say why not."""
        viewer, person_id, typed = viewer_of(self), self.person_id, str(form.get("erase_typed", ""))
        try:
            await rx.run_in_thread(lambda: perform(erase, viewer, "", person_id, typed))
        except Refusal as refusal:
            self.problem = str(refusal)
            return None
        self.person_id = 0
        return [rx.toast.success("Erased. The history keeps “A former participant”."), rx.redirect("/people")]
