"""A person's first access: sending its link again, and showing it to be handed on (P9)."""

from functools import partial

import reflex as rx

from app.models.commands.first_access import access_link, send_access
from app.models.commands.run import perform
from app.models.errors import Refusal
from app.state.login import manager_only, viewer_of
from app.state.mail_server import mails_leave


class PersonAccessState(rx.State):
    """The link that is shown; it opens somebody's account, so it is forgotten as soon as its window closes."""

    link: str = ""
    person_id: int = 0

    @rx.event
    @manager_only
    async def send_again(self, person_id: int):
        """Mail them a new first-access link."""
        try:
            done = await rx.run_in_thread(partial(perform, send_access, viewer_of(self), "", [person_id]))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        if done["skipped"]:
            return rx.toast.error(done["skipped"][0]["why"])
        if not mails_leave():
            return rx.toast.warning("No mail server is set, so the mail waits. Copy the link, and hand it on yourself.")
        return rx.toast.success("A first-access link is on its way.")

    @rx.event
    @manager_only
    async def show_link(self, person_id: int):
        """Make a first-access link and show it, to be handed on."""
        try:
            made = await rx.run_in_thread(partial(perform, access_link, viewer_of(self), "", person_id))
        except Refusal as refusal:
            return rx.toast.error(str(refusal))
        self.link, self.person_id = f"{self.router.url.origin}{made['path']}", person_id
        return None

    @rx.event
    @manager_only
    async def close_link(self):
        """Close the window and forget the link."""
        self.link, self.person_id = "", 0
