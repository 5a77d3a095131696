"""Filling in a field that somebody may be typing into: what they typed stays."""

import json
from collections.abc import Mapping

import reflex as rx


def fill_untouched(changes: Mapping[str, tuple[str, str]]) -> rx.event.EventSpec:
    """Let the field of each of these ids say the second text, where it still says the first."""
    fields = [(name, *texts) for name, texts in changes.items()]
    return rx.call_script(
        f"for (const [id, before, after] of {json.dumps(fields)}) {{"
        " const box = document.getElementById(id);"
        " if (box?.value === before) box.value = after; }"
    )
