"""Passwords."""

from app.models.passwords import hash_password, is_right


def test_password_of_any_text_is_kept_and_compared() -> None:
    for password in ("drei Flüsse 🙂 begegnen sich", "half a character: \ud83d"):
        stored = hash_password(password)
        assert is_right(password, stored)
        assert not is_right(password + "!", stored)
        assert not is_right(password, None)
