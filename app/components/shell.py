"""The frame around a signed-in page: navigation, header, account menu. Pages get it from `app.pages.shell`.

It knows no state: who is looking comes as `Who`, a handful of Vars.
"""

from typing import Any

import reflex as rx
from reflex.style import set_color_mode
from reflex_components_core.el.element import Element

from app.components.basics import Text, avatar, icon
from app.components.latch import once
from app.components.navigation import MENU, Who, bottom, menu_links, profile_link, side, top_links


class NativeForm(Element):
    """A form the browser itself sends; Reflex's own would keep a POST from ever leaving."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]


native_form = NativeForm.create


def frame(
    content: rx.Component,
    *,
    title: Text,
    who: Who,
    here: str,
    actions: tuple[rx.Component, ...],
    tools: tuple[rx.Component, ...],
) -> rx.Component:
    """Put `content` into the frame; until it is known who looks, its place is taken by a skeleton.

    `tools` stand in every header, such as the search and the bell.
    """
    return rx.fragment(
        rx.el.a("Skip to the content", href="#content", class_name="skip-link", custom_attrs={"data-skip": ""}),
        rx.el.div(
            side(who, here),
            rx.el.div(
                header(title, who, here, actions, tools),
                rx.el.main(once(who.ready, content, skeleton()), id="content", tab_index=-1, class_name="content"),
                class_name="shell-page",
            ),
            class_name="shell",
        ),
        bottom(who, here),
    )


def header(
    title: Text, who: Who, here: str, actions: tuple[rx.Component, ...], tools: tuple[rx.Component, ...]
) -> rx.Component:
    """Show what page it is, what can be done on it, in which zone its times are, the tools and the account."""
    zone = rx.el.a(
        icon("globe"),
        rx.el.span(who.zone_words, class_name="zone-words"),
        href="/account#zone",
        class_name="zone",
        title="The time zone all times are shown in",
    )
    return rx.el.header(
        rx.el.h1(title, class_name="page-title ellipsis"),
        rx.el.div(*actions, class_name="page-actions") if actions else rx.fragment(),
        rx.cond(who.ready, rx.fragment(zone, top_links(who, here)), rx.fragment()),
        *tools,
        account(who),
        class_name="header",
    )


def account(who: Who) -> rx.Component:
    """Show the account menu; the browser opens and closes it (a native popover)."""
    opener = rx.el.button(
        rx.cond(who.initials, avatar(who.initials), icon("circle-user-round", size=20)),
        type="button",
        class_name="account-button",
        custom_attrs={"popoverTarget": MENU, "aria-label": "Your account", "aria-haspopup": "dialog"},
    )
    return rx.fragment(opener, account_menu(who))


def account_menu(who: Who) -> rx.Component:
    """Show who is signed in, and what concerns them rather than the page."""
    return rx.el.div(
        rx.el.div(
            rx.el.strong(who.name, class_name="break"),
            rx.el.span(who.email, class_name="muted small break"),
            rx.el.span(who.zone_words, class_name="muted small"),
            class_name="menu-head stack-s",
        ),
        rx.cond(who.is_manager, mode_switch(who), rx.fragment()),
        menu_links(who),
        rx.cond(who.profile, profile_link(who, "menu-item"), rx.fragment()),
        menu_link("/account", "Account", "user-cog"),
        rx.el.hr(),
        theme_switch(),
        rx.el.hr(),
        native_form(
            rx.el.button(icon("log-out"), "Sign out", type="submit", class_name="menu-item"),
            action="/sign-out",
            method="post",
            custom_attrs={"data-leaves": ""},
        ),
        id=MENU,
        class_name="menu account-menu no-print",
        role="dialog",
        aria_label="Your account",
        custom_attrs={"popover": "auto"},
    )


def menu_link(href: str, label: str, icon_name: str) -> rx.Component:
    """Show a link of the menu."""
    return rx.el.a(icon(icon_name), label, href=href, class_name="menu-item")


def mode_switch(who: Who) -> rx.Component:
    """Switch between everything one manages and one's own sessions. A form: the whole page follows."""

    def choice(label: str, value: str, is_on: Any) -> rx.Component:
        pressed = {"aria-pressed": rx.cond(is_on, "true", "false")}
        return rx.el.button(label, type="submit", name="mode", value=value, class_name="button", custom_attrs=pressed)

    return native_form(
        rx.el.div(
            choice("Manager", "manager", ~who.personal),
            choice("Personal", "personal", who.personal),
            class_name="segmented wide",
            role="group",
            aria_label="Which sessions you see",
        ),
        action="/mode",
        method="post",
        class_name="menu-part",
    )


def theme_switch() -> rx.Component:
    """Choose light, dark, or what the system says."""

    def choice(mode: str, label: str, icon_name: str) -> rx.Component:
        return rx.el.button(
            icon(icon_name),
            label,
            type="button",
            class_name="button",
            on_click=set_color_mode(mode),  # pyright: ignore[reportArgumentType]
            custom_attrs={"aria-pressed": rx.cond(rx.color_mode == mode, "true", "false")},
        )

    return rx.el.div(
        choice("light", "Light", "sun"),
        choice("dark", "Dark", "moon"),
        choice("system", "Auto", "sun-moon"),
        class_name="segmented wide menu-part",
        role="group",
        aria_label="Light or dark",
    )


def skeleton() -> rx.Component:
    """Hold the place of what is still on its way."""
    return rx.el.div(
        rx.el.span("Loading …", class_name="visually-hidden", role="status"),
        rx.el.div(class_name="skeleton tall"),
        rx.el.div(class_name="skeleton"),
        rx.el.div(class_name="skeleton"),
        class_name="stack skeletons",
    )
