"""Giving the focus to what a handler lets appear: it is not drawn yet when the state arrives."""

import json
from typing import Any

import reflex as rx


def focus_soon(name: str) -> Any:
    """Give the focus to the element of this id once it is drawn (meridian.js), unless somebody went elsewhere."""
    return rx.call_script(f"window.focusSoon?.({json.dumps(name)})")
