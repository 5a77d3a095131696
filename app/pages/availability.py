"""A mentor's open hours (R9). It must not decide anything: it only composes components."""

import reflex as rx

from app.components.availability import HoursActs, hours_form
from app.components.basics import empty, link_button
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.availability import HoursState

ROUTE = "/availability"
TITLE = "Availability · Meridian"
ON_LOAD = [HoursState.opened]
STYLESHEETS = ["/settings.css", "/availability.css"]
ACTS = HoursActs(
    limit=HoursState.limit,
    set_zone=HoursState.set_zone,
    set_time=HoursState.set_time,
    add_hours=HoursState.add_hours,
    drop_hours=HoursState.drop_hours,
    copy_monday=HoursState.copy_monday,
    add_day=HoursState.add_day,
    drop_day=HoursState.drop_day,
    save=HoursState.save,
)


def page() -> rx.Component:
    """Show the form to whom it is for."""
    missing = empty(
        "clock",
        "Nothing to set here",
        "Open hours are set by those who give sessions, and by their managers.",
        link_button("To the dashboard", "/"),
    )
    content = rx.cond(HoursState.page.person_id == 0, missing, hours_form(HoursState, ACTS))
    return shell(once(HoursState.is_ready, content, skeleton()), title="Availability", here="/availability")
