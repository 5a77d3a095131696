"""Calendar links do not stop working before it was asked whether they shall."""

from typing import Any

import pytest

from app.models.database import transaction
from app.models.tables import Person
from tests.state import callers
from tests.state.callers import GUEST, MENTEE


def left(handler: str, args: tuple[Any, ...], asked: str) -> int:
    """Call a handler in a tab that asks so; give the number behind the links, 7 before, 0 for none."""
    cookies = callers.world()
    with transaction() as db:
        db.get_one(Person, MENTEE).feed_number = 7
    callers.call(callers.handlers()[handler], cookies[GUEST], args, {"asked": asked})
    with transaction() as db:
        return db.get_one(Person, MENTEE).feed_number


@pytest.mark.parametrize("asked", ["", "replace"])
def test_links_are_not_given_up_before_that_was_asked(asked: str) -> None:
    assert left("FeedState.revoke", (), asked) == 7


@pytest.mark.parametrize("asked", ["", "revoke"])
def test_links_are_not_replaced_before_that_was_asked(asked: str) -> None:
    assert left("FeedState.make", (True,), asked) == 7


def test_links_end_once_it_was_asked() -> None:
    assert left("FeedState.revoke", (), "revoke") == 0


def test_links_are_replaced_once_it_was_asked() -> None:
    assert left("FeedState.make", (True,), "replace") not in (0, 7)


@pytest.mark.parametrize(("handler", "args"), [("FeedState.ask", ("revoke",)), ("FeedState.close", ())])
def test_asking_and_closing_leave_the_links(handler: str, args: tuple[str, ...]) -> None:
    assert left(handler, args, "revoke") == 7
