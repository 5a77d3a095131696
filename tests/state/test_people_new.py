"""The wizard for a new person: a form that is on screen already is left to whoever types in it."""

import pytest

from tests.state import callers
from tests.state.callers import MANAGER
from tests.state.rows.people import NEW

HANDLERS = callers.handlers()
KEPT = NEW | {"first_name": "Nina", "step": "choose"}


@pytest.mark.parametrize(("is_shown", "is_drawn_anew"), [(True, False), (False, True)])
def test_form_is_drawn_anew_only_where_it_would_say_something_else(*, is_shown: bool, is_drawn_anew: bool) -> None:
    cookie = callers.world()[MANAGER]
    kept = {"fields": KEPT, "is_shown": is_shown}
    values = {"shown": NEW | {"step": "details"}, "is_ready": True, "version": 7}
    heard = callers.call(HANDLERS["PeopleNewState.fill_in"], cookie, (kept,), values, "/people/new")
    assert heard.says('"version_rx_state_": 8') == is_drawn_anew
    assert heard.says('"step": "choose"') == is_drawn_anew
    assert heard.says('"first_name": "Nina"')
