"""The booking page. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.book import Acts, Form, booking
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.book import BookState

ROUTE = "/book"
TITLE = "Book Session · Meridian"
ON_LOAD = [BookState.opened, BookState.watch]
STYLESHEETS = ["/book.css"]
SCRIPTS = ["/book.js"]

FORM = Form(
    shown=BookState.shown,
    errors=BookState.errors,
    version=BookState.version,
    fixed=BookState.fixed,
    mentor=BookState.mentor,
    mentee=BookState.mentee,
    programs=BookState.programs,
    program=BookState.program,
    makes_rooms=BookState.makes_rooms,
    zones=BookState.zones,
    may_choose_zone=BookState.may_choose_zone,
    finder=BookState.finder,
    outlook=BookState.outlook,
    booked=BookState.booked,
)
ACTS = Acts(
    change=BookState.change.debounce(200),
    choose_program=BookState.choose_program,
    search=lambda side: BookState.search(side).debounce(150),
    close_search=BookState.close_search,
    choose=BookState.choose,
    take_time=BookState.take_time,
    submit=BookState.submit.prevent_default,
    start_again=BookState.start_again,
)


def page() -> rx.Component:
    """Show the form as soon as the browser said what it kept of it."""
    return shell(rx.cond(BookState.is_ready, booking(FORM, ACTS), skeleton()), title="Book Session", here="/book")
