"""Giving the focus to what a handler shows. The only way to move it: whoever has gone on meanwhile keeps it."""

import json
from typing import Any

import reflex as rx


def focus_soon(name: str) -> Any:
    """Give the focus to the element of this id as soon as it is drawn (meridian.js).

    Who has gone on to another field since they asked, on a slow network, is left where they are.
    """
    return rx.call_script(f"window.focusSoon?.({json.dumps(name)})")
