"""The organisation's settings (P7). It must not decide anything: it only composes components."""

import reflex as rx

from app.components.basics import empty, link_button
from app.components.latch import once
from app.components.settings import logo_part, organisation_form
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.settings import SettingsState

ROUTE = "/settings"
TITLE = "Settings · Meridian"
ON_LOAD = [SettingsState.open_settings]
STYLESHEETS = ["/settings.css"]


def page() -> rx.Component:
    """Show the form to those it is for."""
    shown = SettingsState.shown
    form = organisation_form(
        shown,
        SettingsState.errors,
        on_save=SettingsState.save,
        on_test=SettingsState.test_mail,
    )
    way_back = link_button("To the dashboard", "/")
    missing = empty("settings", "Not for you", "Only managers of the organisation change its settings.", way_back)
    both = rx.el.div(form, logo_part(shown, SettingsState.logo_problem), class_name="settings stack")
    content = rx.cond(SettingsState.missing, missing, both)
    ready = once(SettingsState.is_ready, content, skeleton(), drawn=SettingsState.drawn)
    return shell(ready, title="Settings", here="/settings")
