"""The group session's form, bound to its state. It is no page itself."""

import reflex as rx

from app.components.group_form import Acts, Form, group_form
from app.components.shell import skeleton
from app.state.group_form import GroupFormState as State

ON_LOAD = [State.opened, State.watch]
STYLESHEETS = ["/book.css", "/groups.css"]
SCRIPTS = ["/book.js", "/groups.js"]

FORM = Form(
    editing=State.editing,
    missing=State.missing,
    heading=State.heading,
    shown=State.shown,
    version=State.version,
    errors=State.errors,
    changed=State.changed,
    programs=State.programs,
    program=State.program,
    host=State.host,
    makes_rooms=State.makes_rooms,
    foresight=State.foresight,
    everybody=State.everybody,
    groups=State.groups,
    people=State.people,
    invited_words=State.invited_words,
    invited_look=State.invited_look,
    resize_words=State.resize_words,
    seats=State.seats,
    leaving=State.leaving,
    finder=State.finder,
)
ACTS = Acts(
    change=State.change.debounce(200),
    search=lambda side: State.search(side).debounce(150),
    open_search=lambda side: State.search(side, ""),
    close_search=State.close_search,
    choose_host=State.choose_host,
    invite=State.invite,
    leave_out=State.leave_out,
    invite_everybody=State.invite_everybody,
    leave_out_everybody=State.leave_out_everybody,
    ask_remove=State.ask_remove,
    remove=State.remove,
    submit=State.submit.prevent_default,
)


def form() -> rx.Component:
    """Show the form as soon as the browser said what it kept of it."""
    return rx.cond(State.is_ready, group_form(FORM, ACTS), skeleton())
