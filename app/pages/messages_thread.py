"""One thread of messages, by its relationship. It must not decide anything: it only composes components."""

from app.pages.messages_parts import ON_LOAD, SCRIPTS, STYLESHEETS, TITLE, page

ROUTE = "/messages/[id]"

__all__ = ["ON_LOAD", "ROUTE", "SCRIPTS", "STYLESHEETS", "TITLE", "page"]
