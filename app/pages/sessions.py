"""The sessions: all of them for managers, the group sessions that mentors run. It must not decide anything."""

import reflex as rx

from app.components.basics import link_button
from app.components.groups import Actions, group_list, not_yours, repeat_dialog
from app.components.session_list import session_list
from app.components.session_list_filters import Box, filters_dialog
from app.components.session_list_windows import Windows, windows
from app.components.shell import skeleton
from app.pages.session_mentee_window import CLOSE_MENTEES, mentee_window
from app.pages.shell import WHO, shell
from app.state.groups import GroupsState
from app.state.session_list import SessionListState
from app.state.session_list_windows import SessionWindowsState
from app.state.session_mentees import SessionMenteesState
from app.state.shell import LoginState

ROUTE = "/sessions"
TITLE = "Sessions · Meridian"
ON_LOAD = [
    GroupsState.opened,
    SessionListState.open_address,
    SessionWindowsState.begin,
    CLOSE_MENTEES,
    GroupsState.follow,
    SessionListState.watch,
]
STYLESHEETS = ["/groups.css", "/sessions.css", "/mentees.css"]
SCRIPTS = ["/me.js"]

ACTIONS = Actions(
    show_more=GroupsState.show_more,
    ask_dates=GroupsState.ask_dates,
    add_date=GroupsState.add_date,
    look_ahead=GroupsState.look_ahead,
    repeat=GroupsState.repeat,
)
BOX = Box(
    found=SessionListState.found,
    typed=SessionListState.typed,
    typed_anew=SessionListState.typed_anew,
    per_page=SessionListState.per_page,
    is_narrowed=SessionListState.is_narrowed,
    groups=SessionListState.groups,
    picked=SessionListState.picked,
    picks_all=SessionListState.picks_all,
    picked_count=SessionListState.picked_count,
    picked_query=SessionListState.picked_query,
    page_is_picked=SessionListState.page_is_picked,
    search=SessionListState.search,
    show_part=SessionListState.show_part,
    sort_by=SessionListState.sort_by,
    open_filters=SessionListState.open_filters,
    close_filters=SessionListState.close_filters,
    apply_filters=SessionListState.apply_filters,
    drop_filter=SessionListState.drop_filter,
    clear=SessionListState.clear,
    choose_per_page=SessionListState.choose_per_page,
    go_to=SessionListState.go_to,
    pick=SessionListState.pick,
    pick_page=SessionListState.pick_page,
    pick_all=SessionListState.pick_all,
    drop_picked=SessionListState.drop_picked,
    message=SessionListState.message,
    ask=SessionWindowsState.ask,
    ask_picked=SessionWindowsState.ask_picked,
    show_mentees=SessionMenteesState.show_mentees,
    duplicate=GroupsState.ask_dates,
)
WINDOWS = Windows(
    asking=SessionWindowsState.asking,
    total=SessionWindowsState.total,
    count=SessionWindowsState.count,
    to_do=SessionWindowsState.to_do,
    people=SessionWindowsState.people,
    needs_reason=SessionWindowsState.needs_reason,
    is_running=SessionWindowsState.is_running,
    done=SessionWindowsState.done,
    error=SessionWindowsState.error,
    result=SessionWindowsState.result,
    refused=SessionWindowsState.refused,
    cancel=SessionWindowsState.cancel,
    delete=SessionWindowsState.delete,
    close=SessionWindowsState.ask("", 0),
)


def page() -> rx.Component:
    """Show the list that is meant for whoever looks."""
    create = link_button("Create session", "/sessions/new", look="primary", icon_name="plus")
    bulk = link_button("Bulk upload", "/sessions/bulk", icon_name="upload", custom_attrs={"reloadDocument": True})
    hosted = rx.cond(
        GroupsState.is_for_me,
        group_list(GroupsState.lines, GroupsState.has_more, GroupsState.part, GroupsState.can_create, ACTIONS),
        not_yours(),
    )
    everything = rx.cond(SessionListState.is_ready, session_list(BOX), skeleton())
    return shell(
        rx.cond(WHO.is_manager, everything, rx.cond(GroupsState.is_ready, hosted, skeleton())),
        repeat_dialog(GroupsState.repeated, GroupsState.dates, GroupsState.outlook, GroupsState.error, ACTIONS),
        filters_dialog(BOX),
        windows(WINDOWS),
        mentee_window(),
        title="Sessions",
        here="/sessions",
        actions=(
            rx.cond(LoginState.manages, bulk, rx.fragment()),
            rx.cond(GroupsState.can_create, create, rx.fragment()),
        ),
    )
