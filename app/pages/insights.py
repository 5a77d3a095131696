"""The insights of managers (P11). It must not decide anything: it only composes components."""

import reflex as rx

from app.components.insights import Filters, insights, missing, not_for_you
from app.components.latch import once
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.insights import InsightsState
from app.state.shell import LoginState

ROUTE = "/insights"
TITLE = "Insights · Meridian"
ON_LOAD = [InsightsState.opened, InsightsState.watch]
STYLESHEETS = ["/insights.css"]

FILTERS = Filters(
    problem=InsightsState.problem,
    choose_program=InsightsState.choose_program,
    choose_days=InsightsState.choose_days,
)


def page() -> rx.Component:
    """Show the parts as soon as they are counted."""
    shown = once(InsightsState.page.is_ready, insights(InsightsState.page, FILTERS), skeleton())
    for_managers = rx.cond(InsightsState.is_missing, missing(), shown)
    return shell(rx.cond(LoginState.is_manager, for_managers, not_for_you()), title="Insights", here=ROUTE)
