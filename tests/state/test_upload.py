"""The page of one upload: a filter whose rows a command has taken away gives way to all rows."""

from tests.state import callers
from tests.state.callers import MANAGER
from tests.state.rows.uploads import PATH, SHOWN

HANDLERS = callers.handlers()


def test_all_rows_are_shown_once_a_command_has_left_none_of_the_filter() -> None:
    cookie = callers.world()[MANAGER]
    values = SHOWN | {"shows": "later"}
    heard = callers.call(HANDLERS["UploadState.choose_access"], cookie, (True,), values, PATH)
    assert heard.says('"shows_rx_state_": ""')
