"""The signed addresses of a BigBlueButton server. Pure: builds them, calls nobody.

A call is `<server>/api/<name>?<query>&checksum=<hex>`, where the checksum is the SHA-256
of name + query + secret (docs.bigbluebutton.org/development/api, "Usage").
"""

import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

MINUTES_OVER = 60
"""A room closes by itself so long after the planned end."""


@dataclass(frozen=True)
class Room:
    """One session's room. `key` names it to the server; the passwords come from it and the secret."""

    server: str
    secret: str
    key: str
    title: str
    minutes: int

    def create_url(self) -> str:
        """Give the address that makes the room. To call it again while the room is open does no harm."""
        return self._signed(
            "create",
            {
                "meetingID": self.key,
                "name": self.title[:256].ljust(2, "."),
                "attendeePW": self._password("attendee"),
                "moderatorPW": self._password("moderator"),
                "duration": str(self.minutes + MINUTES_OVER),
            },
        )

    def join_url(self, person_id: int, name: str, *, moderates: bool) -> str:
        """Give the address by which a person goes in. Which person cannot be read from it, but by the server's owner.

        A number would tell who types an address how long it has been known here; 0 stands for nobody we know.
        """
        return self._signed(
            "join",
            {
                "meetingID": self.key,
                "fullName": name,
                "password": self._password("moderator" if moderates else "attendee"),
                "role": "MODERATOR" if moderates else "VIEWER",
                "userID": self._password(f"person:{person_id}") if person_id else secrets.token_hex(12),
                "redirect": "true",
            },
        )

    def _password(self, part: str) -> str:
        return hashlib.sha256(f"{part}:{self.key}:{self.secret}".encode()).hexdigest()[:24]

    def _signed(self, call: str, parameters: dict[str, str]) -> str:
        query = urlencode(parameters)
        checksum = hashlib.sha256(f"{call}{query}{self.secret}".encode()).hexdigest()
        return f"{_api(self.server)}/{call}?{query}&checksum={checksum}"


def _api(server: str) -> str:
    """Complete the server's address, which people paste with and without its last parts."""
    base = server.rstrip("/")
    if base.endswith("/api"):
        return base
    return f"{base}/api" if base.endswith("/bigbluebutton") else f"{base}/bigbluebutton/api"
