"""The Mail page for managers of the organisation. It must not decide anything."""

import reflex as rx

from app.components.outbox import Outbox, outbox
from app.pages.shell import shell
from app.state.outbox import OutboxState

ROUTE = "/outbox"
TITLE = "Mail · Meridian"
ON_LOAD = [OutboxState.load, OutboxState.follow]
STYLESHEETS = ["/outbox.css"]

BOX = Outbox(
    rows=OutboxState.rows,
    chips=OutboxState.chips,
    status=OutboxState.status,
    typed=OutboxState.typed,
    page=OutboxState.page,
    pages=OutboxState.pages,
    notice=OutboxState.notice,
    missing=OutboxState.missing,
    is_open=OutboxState.is_open,
    shown=OutboxState.shown,
    part=OutboxState.part,
    choose_status=OutboxState.choose_status,
    search=OutboxState.search,
    go_to=OutboxState.go_to,
    open=OutboxState.open,
    close=OutboxState.close,
    show_part=OutboxState.show_part,
    retry=OutboxState.retry,
)


def page() -> rx.Component:
    """Show the outbox."""
    return shell(outbox(BOX), title="Mail", here="/outbox")
