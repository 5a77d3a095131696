"""Filling in a field that somebody may be typing into: what they typed stays."""

import json
from collections.abc import Iterable, Mapping

import reflex as rx


def fill_untouched(
    names: Iterable[str], before: Mapping[str, str], after: Mapping[str, str]
) -> rx.event.EventSpec | None:
    """Let the fields of these ids say what comes `after`, where they still say what they did `before`."""
    changes = [(name, before[name], after[name]) for name in names if before[name] != after[name]]
    if not changes:
        return None
    return rx.call_script(
        f"for (const [id, before, after] of {json.dumps(changes)}) {{"
        " const box = document.getElementById(id);"
        " if (box?.value === before) box.value = after; }"
    )
