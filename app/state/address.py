"""Putting what a list shows into the browser's address, without asking for the page again."""

import json
from typing import Any

import reflex as rx


def write_address(address: str, *, replaces: bool = False) -> Any:
    """Show another address of this page; one that `replaces` the last leaves no entry in the browser's history.

    Who has gone on to another page before the answer came, on a slow network, keeps that page's address.
    """
    way = "replaceState" if replaces else "pushState"
    return rx.call_script(
        "((to) => location.pathname.replace(/(.)\\/$/, '$1') === to.split('?')[0]"
        " && location.pathname + location.search !== to"
        f" && history.{way}(history.state, '', to))({json.dumps(address)})"
    )
