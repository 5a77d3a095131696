"""One conversation with a mail server: how it lets us in."""

from collections.abc import Generator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.delivery.post import NoServer, Post
from app.delivery.settings import MailServer
from tests.support.servers import free_port

RIGHT = b"right"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


def let_in(_server: object, _session: object, _envelope: object, _mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=data.password == RIGHT)


@pytest.fixture
def server() -> Generator[Controller]:
    """A mail server that asks for a password."""
    found = Controller(
        Sink(), hostname="127.0.0.1", port=free_port(), authenticator=let_in, auth_required=True, auth_require_tls=False
    )
    found.start()
    yield found
    found.stop()


def send(server: Controller, password: str) -> None:
    mail = EmailMessage()
    mail["To"] = "arjun@example.org"
    with Post(MailServer("127.0.0.1", server.port, "meridian", password)) as post:
        post.send(mail, "meridian@example.org", "arjun@example.org")


def test_send_with_the_right_password_is_taken(server: Controller) -> None:
    send(server, "right")


@pytest.mark.parametrize("password", ["schön", "密码"])
def test_send_with_a_password_that_cannot_be_said_means_no_mail_can_go(server: Controller, password: str) -> None:
    with pytest.raises(NoServer):
        send(server, password)
