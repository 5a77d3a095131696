"""The group sessions one runs. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.basics import link_button
from app.components.groups import Actions, group_list, not_yours, repeat_dialog
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.groups import GroupsState
from app.state.shell import LoginState

ROUTE = "/sessions"
TITLE = "Sessions · Meridian"
ON_LOAD = [GroupsState.opened, GroupsState.follow]
STYLESHEETS = ["/groups.css"]
SCRIPTS = ["/me.js"]

ACTIONS = Actions(
    show_more=GroupsState.show_more,
    ask_dates=GroupsState.ask_dates,
    add_date=GroupsState.add_date,
    repeat=GroupsState.repeat,
)


def page() -> rx.Component:
    """Show the list."""
    bulk = link_button("Bulk upload", "/sessions/bulk", icon_name="upload", custom_attrs={"reloadDocument": True})
    create = link_button("Create session", "/sessions/new", look="primary", icon_name="plus")
    listed = rx.cond(
        GroupsState.is_for_me,
        group_list(GroupsState.lines, GroupsState.has_more, GroupsState.part, GroupsState.can_create, ACTIONS),
        not_yours(),
    )
    return shell(
        rx.cond(GroupsState.is_ready, listed, skeleton()),
        repeat_dialog(GroupsState.repeated, GroupsState.dates, GroupsState.error, ACTIONS),
        title="Sessions",
        here="/sessions",
        actions=(
            rx.cond(LoginState.manages, bulk, rx.fragment()),
            rx.cond(GroupsState.can_create, create, rx.fragment()),
        ),
    )
