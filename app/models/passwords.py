"""Passwords: what is a good one, how it is kept, how it is compared. Knows no person and no table."""

import hmac
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.models.errors import Refusal

SHORTEST, LONGEST = 10, 500

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """Give what is stored of a password (argon2id). Takes about a twentieth of a second."""
    return _HASHER.hash(_bytes(password))


def is_right(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Where none is stored it takes just as long to say no."""
    try:
        return _HASHER.verify(stored or _nobodys(), _bytes(password[: LONGEST + 1])) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def browser_mark(stored: str | None) -> str:
    """Give what a browser keeps as proof that this password was typed there; "" for none. It ends with the password."""
    return hmac.digest(stored.encode(), b"this browser has signed in", "sha256").hex() if stored else ""


def is_mark(mark: str, stored: str | None) -> bool:
    """Whether a browser showed the mark of this password."""
    return bool(mark and stored) and hmac.compare_digest(_bytes(mark), browser_mark(stored).encode())


def check_new(password: str, again: str | None = None, *, field: str = "password") -> None:
    """Raise Refusal for a password nobody should choose, or one that was typed differently the second time."""
    if len(password) < SHORTEST:
        raise Refusal.of(field, f"This password is too short: at least {SHORTEST} characters.", "A few words are good.")
    if len(password) > LONGEST:
        raise Refusal.of(field, f"This password is too long: at most {LONGEST} characters.")
    if len(set(password)) < 4:
        raise Refusal.of(field, "This password is too easy to guess.", "Use more different characters.")
    if again is not None and again != password:
        raise Refusal.of(f"{field}_again", "The two passwords differ.", "Type the same one twice.")


def _bytes(password: str) -> bytes:
    """Give the bytes of any text; a lone half of a character, which UTF-8 has none for, counts as "?"."""
    return password.encode(errors="replace")


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash("the password of nobody")
