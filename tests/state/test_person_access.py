"""Sending somebody's first-access link again: it promises a mail only where mails leave."""

import pytest

from tests.state import callers
from tests.state.callers import MANAGER, NEWCOMER

HANDLERS = callers.handlers()


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("smtp://127.0.0.1", "A first-access link is on its way."),
        ("", "No mail server is set, so the mail waits. Copy the link, and hand it on yourself."),
    ],
)
def test_link_sent_again_is_promised_only_where_mails_leave(
    monkeypatch: pytest.MonkeyPatch, server: str, words: str
) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", server)
    cookie = callers.world()[MANAGER]
    assert callers.call(HANDLERS["PersonAccessState.send_again"], cookie, (NEWCOMER,), {}).says(words)
