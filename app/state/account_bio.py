"""What a person tells the world of themself, on their account page."""

from functools import partial
from typing import Any

import reflex as rx

from app.models.commands.account import change_bio
from app.models.commands.run import perform
from app.models.drafts import read
from app.models.drafts.people import BioDraft
from app.models.errors import Refusal
from app.models.queries.public_mentor import read_own_profile
from app.state.ask import ask
from app.state.login import signed_in, viewer_of


class AccountBioState(rx.State):
    """The text, and where the world reads it ("" for who has no public profile)."""

    is_ready: bool = False
    bio: str = ""
    profile: str = ""
    error: str = ""

    @rx.event
    @signed_in
    async def open_bio(self):
        """Read the text."""
        self.error = ""
        self.bio, self.profile = await ask(read_own_profile, viewer_of(self))
        self.is_ready = True

    @rx.event
    @signed_in
    async def save_bio(self, form: dict[str, Any]):
        """Keep the text."""
        viewer, self.error = viewer_of(self), ""
        try:
            draft = read(BioDraft, {"bio": form.get("bio") or ""})
            await rx.run_in_thread(partial(perform, change_bio, viewer, "", draft))
        except Refusal as refusal:
            self.error = str(refusal)
            return None
        self.bio = draft.bio
        return rx.toast.success("Saved.")
