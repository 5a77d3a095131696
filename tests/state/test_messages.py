"""A thread is heard by its two people and by nobody else, managers and owners included."""

import pytest

from app.state.messages_screen import Conversation
from tests.state import callers
from tests.state.callers import GUEST, HOST, MANAGER, MESSAGE, RELATIONSHIP, SECRET
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


def test_what_came_while_a_tab_was_left_is_marked_as_new() -> None:
    row, cookies = ROWS["MessagesState.leave"], callers.world()
    came = row.values | {"shown": Conversation(id=RELATIONSHIP, unread_to=MESSAGE)}
    heard = callers.call(HANDLERS["MessagesState.leave"], cookies[GUEST], row.args, came, row.path)
    assert heard.says("is_first_unread=True")
