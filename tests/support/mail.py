"""A real SMTP server that keeps what it is sent."""

import email
import email.policy
import threading
from collections.abc import Callable
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.servers import free_port

PATIENCE = 30.0
"""How long a mail is waited for, in seconds: a machine that does much beside takes its time."""


class MailServer:
    """Collects messages; with `refusal` set it answers every message with that line instead."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusal: str | None = None
        self.arrived = threading.Condition()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE)

    @property
    def host(self) -> str:
        return self.controller.hostname

    @property
    def port(self) -> int:
        return self.controller.port

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message, or refuse it."""
        if self.refusal:
            return self.refusal
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        message = email.message_from_bytes(content, policy=email.policy.default)
        with self.arrived:
            self.messages.append(message)  # pyright: ignore[reportArgumentType]
            self.recipients.append(list(envelope.rcpt_tos))
            self.arrived.notify_all()
        return "250 OK"

    def wait_for(self, count: int, timeout: float = PATIENCE) -> list[EmailMessage]:
        """Wait until this many messages have arrived, and give all."""
        self.wait_until(lambda messages: len(messages) >= count, timeout)
        return list(self.messages)

    def wait_until(self, holds: Callable[[list[EmailMessage]], bool], timeout: float = PATIENCE) -> None:
        """Wait until something holds for the messages."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: holds(self.messages), timeout):
                subjects = [message["Subject"] for message in self.messages]
                raise AssertionError(f"the expected mail did not arrive; there is {subjects}")

    def to(self, address: str) -> list[EmailMessage]:
        """Give the messages that went to one address."""
        with self.arrived:  # between a message and its recipients nobody looks
            pairs = zip(self.messages, self.recipients, strict=True)
            return [message for message, recipients in pairs if address in recipients]
