"""A person's details page. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.person import person_page
from app.pages.shell import shell
from app.state.person import PersonState

ROUTE = "/people/[id]"
TITLE = "Person · Meridian"
ON_LOAD = [PersonState.opened, PersonState.watch]
STYLESHEETS = ["/book.css"]


def page() -> rx.Component:
    """Show who it is."""
    return shell(person_page(PersonState.person, PersonState.is_missing), title="Person")
