"""The page for an address that leads nowhere."""

import reflex as rx

from app.components.basics import link_button
from app.pages.shell import plain_shell

ROUTE = "/404"
TITLE = "Not found · Meridian"
IS_PUBLIC = True


def page() -> rx.Component:
    """Say so, and offer the way back."""
    return plain_shell(
        rx.el.section(
            rx.el.h1("This page was not found"),
            rx.el.p("It may have been removed, or the address was mistyped.", class_name="muted"),
            link_button("To the start", "/", look="primary"),
            class_name="sheet",
        )
    )
