"""The list of who is in a session as a browser's socket reaches it, which may answer late."""

from app.models.queries.session_mentees import MenteeList
from tests.state import callers
from tests.state.callers import GROUP, MANAGER


def test_search_says_nothing_once_its_window_was_closed() -> None:
    cookies, search = callers.world(), callers.handlers()["SessionMenteesState.search_mentees"]
    heard = [
        callers.call(search, cookies[MANAGER], ("mia",), {"mentees": MenteeList(session_id=shown)}).says("mentees")
        for shown in (GROUP, 0)
    ]
    assert heard == [True, False]


def test_search_in_a_session_that_is_gone_says_so() -> None:
    cookies, search = callers.world(), callers.handlers()["SessionMenteesState.search_mentees"]
    heard = callers.call(search, cookies[MANAGER], ("mia",), {"mentees": MenteeList(session_id=999)})
    assert heard.says("was not found")
