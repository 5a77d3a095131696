"""What the domain says when it will not do a thing.

    Refusal            the person can put it right; carries the field and the remedy
    ├── NotFound       it is not there, or not for this person: they read the same words
    ├── StepRefused    the session's life does not allow the step now
    ├── Clash          somebody's time is taken
    └── Stale          somebody else changed it since the page was read

Every text is written for the person who reads it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the draft's field ("" = the whole), what is wrong, what would be right."""

    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class Refusal(Exception):
    """The domain refuses. `problems` is never empty; nothing was written."""

    def __init__(self, *problems: Problem):
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems

    @classmethod
    def of(cls, field: str, message: str, remedy: str = "") -> "Refusal":
        """Make a refusal that names one field."""
        return cls(Problem(field, message, remedy))

    def by_field(self, general: str = "", name_of: Callable[[str], str] = str) -> dict[str, str]:
        """Give the text to show under each field, several on one joined; what belongs to none is under `general`.

        `name_of` gives a form's own name of a field, "" for none.
        """
        texts: dict[str, str] = {}
        for problem in self.problems:
            name = name_of(problem.field) or general
            texts[name] = f"{texts.get(name, '')} {problem}".strip()
        return texts

    def renamed(self, name_of: Callable[[str], str]) -> "Refusal":
        """Make the same refusal of a form's own fields."""
        return Refusal(*(replace(problem, field=name_of(problem.field)) for problem in self.problems))


class NotFound(Refusal):
    """It does not exist, or this person may not see it; the words do not tell which."""

    def __init__(self, what: str = "page"):
        super().__init__(
            Problem("", f"This {what} was not found.", "It may have been removed, or it is not yours to see.")
        )


class StepRefused(Refusal):
    """The session's status, its start, or the person's part does not allow the step."""


class Clash(Refusal):
    """A person's time is taken; the message names the session in the way."""


class Stale(Refusal):
    """What is to be changed was changed by somebody else after the page was read."""

    def __init__(self, what: str = "session") -> None:
        super().__init__(
            Problem("", f"Somebody changed this {what} meanwhile.", "Look at it again, then repeat your change.")
        )
