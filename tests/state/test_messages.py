"""A thread is heard by its two people and by nobody else, managers and owners included."""

import pytest

from tests.state import callers
from tests.state.callers import HOST, MANAGER, SECRET
from tests.state.rows.messages import ROWS

HANDLERS = callers.handlers()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_an_owner_hears_nothing_of_a_thread(name: str) -> None:
    row, cookies = ROWS[name], callers.world()
    heard = callers.call(HANDLERS[name], cookies[MANAGER], row.args, row.values, row.path)
    assert not heard.says(SECRET)


def test_what_the_owner_does_not_hear_is_there_to_be_heard() -> None:
    row, cookies = ROWS["MessagesState.open_messages"], callers.world()
    heard = callers.call(HANDLERS["MessagesState.open_messages"], cookies[HOST], row.args, row.values, row.path)
    assert heard.says(SECRET)


def test_what_was_found_is_heard_by_its_reader() -> None:
    row, cookies = ROWS["MessagesState.search"], callers.world()
    heard = callers.call(HANDLERS["MessagesState.search"], cookies[HOST], row.args, row.values, row.path)
    assert heard.says("text='confidential', is_hit=True")
