"""Sending first-access links, again or to several: it promises a mail only where mails leave."""

import pytest

from tests.state import callers
from tests.state.callers import MANAGER, NEWCOMER

HANDLERS = callers.handlers()


@pytest.mark.parametrize(
    ("server", "one", "several"),
    [
        ("smtp://127.0.0.1", "A first-access link is on its way.", "1 link is on the way."),
        (
            "",
            "No mail server is set, so the mail waits. Copy the link, and hand it on yourself.",
            "1 link is made, but no mail server is set: the mails wait.",
        ),
    ],
)
def test_link_is_promised_only_where_mails_leave(
    monkeypatch: pytest.MonkeyPatch, server: str, one: str, several: str
) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", server)
    cookie = callers.world()[MANAGER]
    assert callers.call(HANDLERS["PersonAccessState.send_again"], cookie, (NEWCOMER,), {}).says(one)
    assert callers.call(HANDLERS["PeopleState.send_access"], cookie, (), {"picked": [NEWCOMER]}).says(several)
