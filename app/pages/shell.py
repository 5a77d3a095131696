"""The frame of every page, filled with who is looking. It is no page itself.

A page module has ROUTE, TITLE and page(); it may have ON_LOAD (handlers run when it is
opened), STYLESHEETS and SCRIPTS (files of assets/), and IS_PUBLIC = True where strangers
are welcome.
"""

import reflex as rx

from app.components.basics import Text
from app.components.bell import Bell, bell
from app.components.navigation import Who
from app.components.quiet import plain
from app.components.shell import frame
from app.pages.search_parts import header_search
from app.state.bell import BellState
from app.state.shell import LoginState

WHO = Who(
    ready=LoginState.ready,
    name=LoginState.name,
    initials=LoginState.initials,
    email=LoginState.email,
    is_manager=LoginState.is_manager,
    is_org_manager=LoginState.is_org_manager,
    personal=LoginState.personal,
    manages=LoginState.manages,
    takes_part=LoginState.takes_part,
    mentors=LoginState.mentors,
    unread=BellState.messages,
    zone_words=LoginState.zone_words,
    organisation=LoginState.organisation,
    logo=LoginState.logo,
    profile=LoginState.profile,
)
BELL = Bell(
    count=BellState.count,
    lines=BellState.lines,
    has_more=BellState.has_more,
    is_read=BellState.is_read,
    on_open=BellState.open_bell,
    on_more=BellState.show_earlier,
)


def shell(*content: rx.Component, title: Text, here: str = "", actions: tuple[rx.Component, ...] = ()) -> rx.Component:
    """Frame a page for people who are signed in.

    `title` is its heading, `here` the navigation's entry it belongs to (such as "/calendar"),
    `actions` the buttons beside the heading.
    """
    tools = (header_search(), bell(BELL))
    return frame(rx.fragment(*content), title=title, who=WHO, here=here, actions=actions, tools=tools)


def plain_shell(*content: rx.Component) -> rx.Component:
    """Frame a page that strangers may see."""
    return plain(*content, organisation=LoginState.organisation, logo=LoginState.logo)
