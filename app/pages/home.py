"""A manager's dashboard (C15); others are led on to /me. It must not decide anything: it only composes components."""

from typing import Any

import reflex as rx

from app.components.basics import link_button
from app.components.home import first_steps, piles, today, week
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.home import HomeState

ROUTE = "/"
TITLE = "Dashboard · Meridian"
ON_LOAD = [HomeState.follow]
STYLESHEETS = ["/home.css"]


def page() -> rx.Component:
    """Show what waits beside today and the days ahead."""
    board: Any = HomeState.board
    shown = rx.el.div(
        rx.cond(board.steps.length() > 0, first_steps(board.steps), piles(board.piles)),
        rx.el.div(today(board.today), week(board.days), class_name="stack-l"),
        class_name="dashboard manages",
    )
    book = link_button("Book Session", "/book", look="primary", icon_name="plus", class_name="desk-only")
    return shell(once(HomeState.is_ready, shown, skeleton()), title="Dashboard", here="/", actions=(book,))
