"""Putting what a list shows into the browser's address, without asking for the page again."""

import json
from typing import Any

import reflex as rx


def write_address(address: str, *, replaces: bool = False) -> Any:
    """Show another address of this page; one that `replaces` the last leaves no entry in the browser's history."""
    way, wanted = "replaceState" if replaces else "pushState", json.dumps(address)
    return rx.call_script(
        f"location.pathname + location.search !== {wanted} && history.{way}(history.state, '', {wanted})"
    )
