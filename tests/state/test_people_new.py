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


@pytest.mark.parametrize(
    ("server", "words", "offers_link"),
    [
        ("smtp://127.0.0.1", "A mail with their first-access link goes to nina@example.org.", False),
        ("", "No mail was sent: no mail server is set. Copy their first-access link, and hand it on yourself.", True),
        ("no-address", "No mail was sent: no mail server is set.", True),
    ],
)
def test_newcomer_is_promised_a_mail_only_where_mails_leave(
    monkeypatch: pytest.MonkeyPatch, server: str, words: str, *, offers_link: bool
) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", server)
    cookie = callers.world()[MANAGER]
    heard = callers.call(HANDLERS["PeopleNewState.submit"], cookie, (NEW,), {"shown": NEW}, "/people/new")
    assert heard.says(words)
    assert heard.says(f"offers_link={offers_link}")
