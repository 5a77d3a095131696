"""The first page. It must not decide anything: it only composes components."""

import reflex as rx

ROUTE = "/"
TITLE = "Meridian"


def page() -> rx.Component:
    """Show the name of the house."""
    return rx.el.main(rx.el.h1("Meridian"))
