"""The cookies that several doors know, and reading what a browser sends. Pure."""

from urllib.parse import unquote

ZONE_COOKIE = "meridian_zone"
"""The browser's own time zone; set by theme.js before the socket opens, so that the first times shown are right."""
MODE_COOKIE = "meridian_mode"
"""Whether a manager works in their own pages (`personal`)."""
SAID_COOKIE = "meridian_said"
"""What the last try at a door came to, for the page that it leads back to."""


def read_cookies(header: str) -> dict[str, str]:
    """Give the cookies of a Cookie header by name.

    Other programs at the same host set cookies too, and in any form (`{"a": 1}`); what a
    strict reader would stumble over must not sign anybody out. Each value is unquoted.
    """
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): unquote(value.strip()) for name, is_pair, value in pairs if is_pair}
