"""One announcement to read. It decides nothing."""

import reflex as rx

from app.components import announcements as parts
from app.pages.shell import shell
from app.state.announcement import AnnouncementState

ROUTE = "/announcements/[id]"
TITLE = "Announcement · Meridian"
ON_LOAD = [AnnouncementState.opened]
STYLESHEETS = ["/announcements.css"]


def page() -> rx.Component:
    """Show it, or that it is not there."""
    known = rx.cond(AnnouncementState.shown.id > 0, parts.opened(AnnouncementState.shown), rx.fragment())
    content = rx.cond(AnnouncementState.is_missing, parts.missing(), known)
    return shell(content, title="Announcement", here="/announcements")
