"""What every type-ahead for people shows, the same on every page; who may be found is the page's matter."""

from dataclasses import dataclass, field

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
