"""The frames that are not the shell: pages for strangers, a page that failed, and the word of a lost connection."""

from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import has_connection_errors

from app.components.basics import icon
from app.components.navigation import meridian_mark


def connection_notice() -> rx.Component:
    """Say that the connection is lost. It covers nothing and takes nothing away."""
    notice = rx.el.div(
        icon("wifi-off", size=18),
        rx.el.span("Not connected. What you typed stays here; Meridian is trying again."),
        role="status",
        class_name="connection no-print",
    )
    return rx.cond(has_connection_errors, notice, rx.fragment())


def broken_page(on_error: Any) -> rx.Component:
    """Stand around a page: what fails in the browser is told to the server, and to the person in words."""
    words = rx.el.section(
        rx.el.h1("This page could not be shown"),
        rx.el.p("It was written down for whoever runs this server. What was saved is safe.", class_name="muted"),
        rx.el.a("Load it again", href="", class_name="button primary", custom_attrs={"reloadDocument": True}),
        class_name="sheet",
    )
    fallback = rx.el.div(rx.el.main(words, class_name="plain-content"), class_name="plain")
    return ErrorBoundary.create(on_error=on_error, fallback_render=rx.Var.create(fallback))


def plain(*children: rx.Component, organisation: Any, logo: Any) -> rx.Component:
    """Put a page for strangers into a quiet frame: the house's name, and the content in the middle."""
    mark = rx.cond(logo, rx.el.img(src=logo, alt="", class_name="brand-logo"), meridian_mark())
    return rx.el.div(
        rx.el.header(
            rx.el.a(mark, rx.el.span(organisation, class_name="brand-name"), href="/", class_name="brand"),
        ),
        rx.el.main(*children, id="content", class_name="plain-content"),
        class_name="plain",
    )
