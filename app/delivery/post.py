"""One conversation with the mail server, for many mails. Knows no notice.

It tells three failures apart: the server cannot be used at all (NoServer), this mail did
not go now (Refused, may_pass), this mail will never go (Refused).
"""

import ipaddress
import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from app.delivery.settings import MailServer, public_url

TIMEOUT_SECONDS = 30
LONGEST_ERROR = 500


class NoServer(Exception):
    """The mail server cannot be reached, or does not let us in; no mail would go now."""


class Refused(Exception):
    """The server did not take this mail. `may_pass`: the same mail may go later."""

    def __init__(self, text: str, *, may_pass: bool):
        super().__init__(text)
        self.may_pass = may_pass


class Post:
    """A connection that is opened with the first mail and opened anew where it broke."""

    def __init__(self, server: MailServer):
        self.server = server
        self.smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, mail: EmailMessage, sender: str, reader: str) -> None:
        """Hand one mail over; when it returns, the server has answered for it. Raises NoServer or Refused."""
        smtp = self.smtp = self.smtp or _connect(self.server)
        try:
            smtp.send_message(mail, sender, [reader])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = error.recipients[reader]
            raise _refused(code, answer) from error
        except smtplib.SMTPSenderRefused as error:
            # Who may send is a setting of the server: once it is mended, the mail can go.
            raise Refused(_words(error.smtp_code, error.smtp_error), may_pass=True) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(str(error), may_pass=False) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Refused(f"The connection to the mail server broke: {error}", may_pass=True) from error

    def close(self) -> None:
        """Take leave; a server that has already gone is no matter."""
        smtp, self.smtp = self.smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    try:
        return _greet(server)
    except smtplib.SMTPResponseException as error:
        raise NoServer(_words(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:  # smtplib sends a password as ASCII only
        raise NoServer(f"The mail server {server.host}:{server.port} cannot be used: {error}") from error


def _greet(server: MailServer) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    name = _own_name()
    if server.wraps_tls:
        smtp = smtplib.SMTP_SSL(server.host, server.port, name, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=TIMEOUT_SECONDS)
    try:
        if server.starts_tls:
            smtp.starttls(context=secure)
        if server.user:
            smtp.login(server.user, server.password)
    except (smtplib.SMTPException, OSError, UnicodeError):
        smtp.close()
        raise
    return smtp


def _own_name() -> str:
    """Give the name to greet with; asking the network for one may take many seconds."""
    host = urlsplit(public_url()).hostname or "localhost"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


def _refused(code: int, answer: bytes | str) -> Refused:
    return Refused(_words(code, answer), may_pass=not 500 <= code < 600)


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"The mail server answered {code}: {text}"[:LONGEST_ERROR]
