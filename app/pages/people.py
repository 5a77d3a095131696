"""The list of people, for managers. It must not decide anything."""

import reflex as rx

from app.components.basics import empty
from app.components.people import adding, people
from app.components.people_filters import People
from app.components.shell import skeleton
from app.pages.shell import WHO, shell
from app.state.people import PeopleState

ROUTE = "/people"
TITLE = "Users · Meridian"
ON_LOAD = [PeopleState.open_address, PeopleState.watch]
STYLESHEETS = ["/people.css"]

BOX = People(
    found=PeopleState.found,
    shown=PeopleState.shown,
    order=PeopleState.order,
    is_narrowed=PeopleState.is_narrowed,
    typed_anew=PeopleState.typed_anew,
    picked=PeopleState.picked,
    tag_error=PeopleState.tag_error,
    announce_href=PeopleState.announce_href,
    asks_cohort=PeopleState.asks_cohort,
    cohort_errors=PeopleState.cohort_errors,
    search=PeopleState.search,
    choose=PeopleState.choose,
    choose_order=PeopleState.choose_order,
    go_to=PeopleState.go_to,
    clear=PeopleState.clear,
    pick=PeopleState.pick,
    pick_page=PeopleState.pick_page,
    drop_picked=PeopleState.drop_picked,
    tag=PeopleState.tag,
    ask_cohort=PeopleState.ask_cohort,
    close_cohort=PeopleState.close_cohort,
    set_cohort=PeopleState.set_cohort,
    send_access=PeopleState.send_access,
)


def page() -> rx.Component:
    """Show the list as soon as its address was read."""
    gone = empty("user-x", "This page was not found.", "It may have been removed, or it is not yours to see.")
    shown = rx.cond(PeopleState.is_ready, people(BOX), skeleton())
    return shell(rx.cond(WHO.is_manager, shown, gone), title="Users", here="/people", actions=adding())
