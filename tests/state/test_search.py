"""The search as a browser's socket reaches it: what strangers must not hear is there for those it concerns."""

import pytest

from tests.state import callers
from tests.state.callers import FOREIGN_MENTEE, FOREIGN_MENTOR, HOST, MANAGER, SECRET, STRANGER
from tests.state.rows.search import SOUGHT


@pytest.mark.parametrize(
    ("who", "hears"),
    [(MANAGER, True), (HOST, True), (FOREIGN_MENTEE, False), (FOREIGN_MENTOR, False), (STRANGER, False)],
)
@pytest.mark.parametrize("typed", [SOUGHT, "Mia Mentee"])
def test_a_session_is_found_only_by_whom_it_concerns(who: str, hears: bool, typed: str) -> None:
    cookies = callers.world()
    heard = callers.call(callers.handlers()["SearchState.look"], cookies[who], (typed,), {})
    assert heard.says(SECRET) == hears
