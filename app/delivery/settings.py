"""What delivery takes from the environment: where Meridian is reached, and which mail server sends.

Read each time, so that nothing is fixed at import. It must not read the database.
"""

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class BadMailServer(ValueError):
    """MERIDIAN_SMTP_URL cannot be read; the text says why."""


@dataclass(frozen=True)
class MailServer:
    """An SMTP server. `wraps_tls` is TLS from the first byte, `starts_tls` an upgrade that must succeed."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    wraps_tls: bool = False
    starts_tls: bool = False


def public_url() -> str:
    """Give the address people reach Meridian at, without a slash at the end."""
    port = os.environ.get("PORT", "3000")
    return os.environ.get("MERIDIAN_PUBLIC_URL", "").rstrip("/") or f"http://127.0.0.1:{port}"


def session_url(session_id: int) -> str:
    """Give the address of a session's own page, which has the Join button."""
    return f"{public_url()}/s/{session_id}"


def mail_server() -> MailServer | None:
    """Read MERIDIAN_SMTP_URL, such as smtp://user:password@host:587?starttls=1 or smtps://host.

    None where it is not set. Raises BadMailServer where it cannot be read.
    """
    url = os.environ.get("MERIDIAN_SMTP_URL", "").strip()
    return _read(url) if url else None


def proxy_hops() -> int:
    """Read how many reverse proxies stand in front. Raises ValueError, saying what would be right."""
    hops = os.environ.get("MERIDIAN_PROXY_HOPS", "").strip() or "0"
    if not hops.isascii() or not hops.isdigit():
        raise ValueError(f"MERIDIAN_PROXY_HOPS must be a number such as 1, not {hops!r}.")
    return int(hops)


def mail_domain() -> str:
    """Give the right side of Message-IDs, and of a sender nobody chose: the public host's name."""
    host = urlsplit(public_url()).hostname or ""
    return host if host and not _is_address(host) else "localhost"


def _read(url: str) -> MailServer:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadMailServer("MERIDIAN_SMTP_URL must look like smtp://user:password@mail.example.org:587?starttls=1")
    try:
        given = parts.port
    except ValueError as error:
        raise BadMailServer("The port in MERIDIAN_SMTP_URL is not a number up to 65535.") from error
    wraps = parts.scheme == "smtps"
    starts = parse_qs(parts.query).get("starttls", ["0"])[-1] not in ("", "0", "false", "no")
    port = given or (465 if wraps else 587 if starts else 25)
    return MailServer(
        parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), wraps, starts and not wraps
    )


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
