"""What every type-ahead for people shows, the same on every page; who may be found is the page's matter."""

import json
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from app.models.queries.people import PersonFound

NOBODY = PersonFound(0, "", "", "")
"""Who is chosen where nobody is."""


@dataclass(frozen=True)
class Finder:
    """Which type-ahead of the page is open ("" = none), and who was found for exactly `typed`.

    The browser takes nobody by Enter before `typed` is what stands in the field.
    """

    where: str = ""
    typed: str = ""
    found: list[PersonFound] = field(default_factory=list[PersonFound])


def clear_typed(name: str, typed: str) -> Any:
    """Empty the field of this id, where it still holds `typed`: somebody quick has typed the next name already."""
    field, typed = json.dumps(name), json.dumps(typed)
    return rx.call_script(
        f"(field => {{ if (field?.value === {typed}) field.value = ''; }})(document.getElementById({field}))"
    )
