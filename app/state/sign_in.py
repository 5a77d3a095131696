"""What the sign-in page says. The form itself goes by plain HTTP (delivery/doors.py)."""

import json
from typing import Any

import reflex as rx

from app.delivery.web import local_path
from app.models.cookies import SAID_COOKIE
from app.state.login import cookies_of, find_viewer, public
from app.state.untouched import fill_untouched


class SignInState(rx.State):
    """The words above the form."""

    problem: str = ""
    said: str = ""

    @public
    def open_sign_in(self):
        """Show what the last try came to; whoever is signed in already goes on."""
        wanted = self.router.url.query_parameters
        if find_viewer(self) is not None:
            return rx.redirect(local_path(wanted.get("next", "/")))
        told = said_to(self)
        self.problem = told.get("problem", "")
        self.said = "You are signed out." if wanted.get("left") and not self.problem else ""
        # The address that was tried last; who has typed one before the page was live keeps it.
        return fill_untouched({"email": ("", told["email"])}) if told.get("email") else None


def said_to(state: rx.State) -> dict[str, str]:
    """Read what the last door said to this browser, empty for nothing."""
    try:
        told: Any = json.loads(cookies_of(state).get(SAID_COOKIE, "{}"))
    except ValueError:
        return {}
    return {name: text for name, text in told.items() if isinstance(text, str)} if isinstance(told, dict) else {}
