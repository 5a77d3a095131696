"""The first access of a person: sending its link again, and the window that shows a link to hand on (P9)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field

COPY = """
(() => {
  const field = document.getElementById("access-address");
  field.select();
  if (navigator.clipboard) navigator.clipboard.writeText(field.value); else document.execCommand("copy");
})()
"""
"""The old way serves where the page came over plain HTTP, which has no clipboard."""


@dataclass(frozen=True)
class AccessVars:
    """The link that is shown ("" for none), and what can be done."""

    link: Any
    send_again: Any
    show_link: Any
    close: Any


def access_ways(person: Any, access: AccessVars) -> rx.Component:
    """Offer to send the link again, or to hand it on oneself."""
    send = button("Send again", icon_name="send", on_click=access.send_again(person.id))
    link = button("Copy link", icon_name="link", on_click=access.show_link(person.id), id="access-link")
    return rx.cond(person.access.is_open, rx.el.div(send, link, class_name="row"), rx.fragment())


def link_window(person: Any, access: AccessVars) -> rx.Component:
    """Show a link that lets this person in; it is shown once."""
    address = rx.el.input(
        id="access-address", read_only=True, class_name="input", value=access.link, custom_attrs={"data-autofocus": ""}
    )
    copy = button("Copy", icon_name="copy", look="primary", on_click=rx.call_script(COPY))
    return dialog(
        "First-access link",
        rx.el.p("Whoever opens this link comes in as ", person.name, ". Hand it to nobody else."),
        field("Link", address, name="access-address"),
        is_open=access.link != "",
        on_close=access.close,
        foot=[button("Close", on_click=access.close), copy],
    )
