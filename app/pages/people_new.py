"""The wizard for a new person, for managers. It must not decide anything."""

import reflex as rx

from app.components.basics import empty
from app.components.people_new import new_person
from app.components.people_new_details import NewPerson
from app.components.person_access import AccessVars
from app.components.shell import skeleton
from app.pages.shell import WHO, shell
from app.state.people_new import PeopleNewState
from app.state.person_access import PersonAccessState

ROUTE = "/people/new"
TITLE = "New person · Meridian"
ON_LOAD = [PeopleNewState.opened]
STYLESHEETS = ["/book.css", "/people.css"]
SCRIPTS = ["/book.js"]

BOX = NewPerson(
    shown=PeopleNewState.shown,
    version=PeopleNewState.version,
    errors=PeopleNewState.errors,
    steps=PeopleNewState.steps,
    options=PeopleNewState.options,
    program=PeopleNewState.program,
    finder=PeopleNewState.finder,
    taken_href=PeopleNewState.taken_href,
    mails_leave=PeopleNewState.mails_leave,
    added=PeopleNewState.added,
    change=PeopleNewState.change,
    submit=PeopleNewState.submit.prevent_default,
    search=PeopleNewState.search,
    close_search=PeopleNewState.close_search,
    add=PeopleNewState.add,
    remove=PeopleNewState.remove,
    go_back=PeopleNewState.go_back,
    start_again=PeopleNewState.start_again,
    access=AccessVars(
        link=rx.cond(PersonAccessState.person_id == PeopleNewState.added.id, PersonAccessState.link, ""),
        send_again=PersonAccessState.send_again,
        show_link=PersonAccessState.show_link,
        close=PersonAccessState.close_link,
    ),
)


def page() -> rx.Component:
    """Show the wizard as soon as it is filled in."""
    gone = empty("user-x", "This page was not found.", "It may have been removed, or it is not yours to see.")
    shown = rx.cond(PeopleNewState.is_ready, new_person(BOX), skeleton())
    return shell(rx.cond(WHO.is_manager, shown, gone), title="New person", here="/people")
