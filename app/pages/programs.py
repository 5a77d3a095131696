"""The programmes (P10). It must not decide anything: it only composes components."""

import reflex as rx

from app.components.basics import button
from app.components.latch import once
from app.components.programs import new_program, program_list
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.programs import ProgramsState

ROUTE = "/programs"
TITLE = "Programmes · Meridian"
ON_LOAD = [ProgramsState.opened, ProgramsState.watch]
STYLESHEETS = ["/programs.css"]


def page() -> rx.Component:
    """Show the list, and the window for a new one over it."""
    listed = program_list(
        ProgramsState.found,
        shows_archived=ProgramsState.shows_archived,
        may_add=ProgramsState.may_add,
        on_new=ProgramsState.open_new,
        on_archived=ProgramsState.show_archived,
    )
    window = new_program(
        ProgramsState.adds, ProgramsState.errors, on_add=ProgramsState.add, on_close=ProgramsState.close_new
    )
    new = button(
        rx.el.span("New", rx.el.span(" programme", class_name="desk-word")),
        look="primary",
        icon_name="plus",
        on_click=ProgramsState.open_new,
    )
    has_some = ProgramsState.may_add & (ProgramsState.found.running > 0)
    return shell(
        once(ProgramsState.is_ready, listed, skeleton()),
        window,
        title="Programmes",
        here="/programs",
        actions=(rx.cond(has_some, new, rx.fragment()),),
    )
