"""Ids that come from outside: from a browser, an address, a file."""


def as_id(value: object) -> int:
    """Read an id, a version or another small number; 0, which nothing has, for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
