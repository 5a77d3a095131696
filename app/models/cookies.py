"""Reading the cookies a browser sends. Pure."""

from urllib.parse import unquote


def read_cookies(header: str) -> dict[str, str]:
    """Give the cookies of a Cookie header by name.

    Other programs at the same host set cookies too, and in any form (`{"a": 1}`); what a
    strict reader would stumble over must not sign anybody out. Each value is unquoted.
    """
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): unquote(value.strip()) for name, is_pair, value in pairs if is_pair}
