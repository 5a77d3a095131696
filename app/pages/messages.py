"""All of one's threads, the newest open beside them. It must not decide anything: it only composes components."""

from app.pages.messages_parts import ON_LOAD, SCRIPTS, STYLESHEETS, TITLE, page

ROUTE = "/messages"

__all__ = ["ON_LOAD", "ROUTE", "SCRIPTS", "STYLESHEETS", "TITLE", "page"]
