"""What delivery reads from the environment, and what it makes of a server that will not do."""

import pytest
import time_machine

from app import prepare
from app.delivery import courier, settings
from app.delivery.settings import BadMailServer, MailServer
from app.models.words import MailStatus, NoticeKind
from tests.delivery.world import NOW, World
from tests.support.mail import MailServer as RealServer

READ = {
    "smtp://mail.example.org": MailServer("mail.example.org", 25),
    "smtp://mail.example.org?starttls=1": MailServer("mail.example.org", 587, starts_tls=True),
    "smtp://me:p%40ss%3A@mail.example.org:2525?starttls=0": MailServer("mail.example.org", 2525, "me", "p@ss:"),
    "smtps://me%40x.org:pw@mail.example.org": MailServer("mail.example.org", 465, "me@x.org", "pw", wraps_tls=True),
    "": None,
}


@pytest.mark.parametrize(("url", "server"), READ.items())
def test_mail_server_is_read(monkeypatch: pytest.MonkeyPatch, url: str, server: MailServer | None) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", url)
    assert settings.mail_server() == server


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://x:port", "smtp://x:99999"]
)
def test_mail_server_that_cannot_be_read_says_so(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", url)
    with pytest.raises(BadMailServer):
        settings.mail_server()


@pytest.mark.parametrize(
    ("public", "domain"),
    [
        ("https://meet.example.org", "meet.example.org"),
        ("http://127.0.0.1:3000", "localhost"),
        ("http://[::1]:3000", "localhost"),
    ],
)
def test_mail_domain_is_the_hosts(monkeypatch: pytest.MonkeyPatch, public: str, domain: str) -> None:
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", public)
    assert settings.mail_domain() == domain


@pytest.mark.parametrize("ask", ["smtp://me:pw@{}:{}", "smtp://{}:{}?starttls=1", "smtps://{}:{}"])
def test_server_that_lacks_what_is_asked_gets_no_mail_and_no_password(
    world: World, smtp: RealServer, monkeypatch: pytest.MonkeyPatch, ask: str
) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", ask.format(smtp.host, smtp.port))
    world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    with time_machine.travel(NOW, tick=False):
        courier.deliver_due("here")
    (row,) = world.outbox()
    assert (row.mail_status, smtp.messages) == (MailStatus.WAITING, [])
    assert "cannot be used" in row.last_error


@pytest.mark.parametrize("hops", ["one", "-1", "1.5", "²"])
def test_start_refuses_a_number_of_proxies_that_is_none(monkeypatch: pytest.MonkeyPatch, hops: str) -> None:
    monkeypatch.setenv("MERIDIAN_PROXY_HOPS", hops)
    with pytest.raises(SystemExit, match="must be a number such as 1"):
        prepare.main()
