"""What may come in an event: the arguments its handler names, each of the kind it says. Pure.

A browser's page always sends these; whoever opens a socket may send anything. What cannot be
read as asked for is not handed on, so that no handler has to doubt the kind of what it gets.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from inspect import Parameter, signature
from math import isfinite
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

DEEPEST = 8
GREATEST_NUMBER = 2**53
"""Beyond it a browser cannot tell one number from the next."""


def arguments_for(handler: Callable[..., Any], sent: Any) -> dict[str, Any] | None:
    """Give the arguments as the handler asks for them; None if the sender is none of our pages."""
    asked, needed = _asked_by(handler)
    if not isinstance(sent, Mapping) or not needed <= sent.keys() <= asked.keys():
        return None
    try:
        return {name: _as(kind, _whole(sent[name])) for name, kind in asked.items() if name in sent}
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _asked_by(handler: Callable[..., Any]) -> tuple[dict[str, Any], frozenset[str]]:
    kinds = get_type_hints(handler)
    asked = list(signature(handler).parameters.values())[1:]
    needed = frozenset(one.name for one in asked if one.default is Parameter.empty)
    return {one.name: kinds.get(one.name, Any) for one in asked}, needed


def _as(kind: Any, value: Any) -> Any:
    """Read a value as a kind. Raises ValueError where that cannot be."""
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else _as(get_args(kind)[0], value)
    if kind is str:
        return _as_text(value)
    if kind is int:
        return _as_number(value)
    plain = get_origin(kind) or kind
    if plain in (dict, list, bool) and not isinstance(value, plain):
        raise ValueError(f"{type(value)} is no {plain}")
    return value


def _as_text(value: Any) -> str:
    """Take what a field may send; a number field sends a number, or nothing while it is empty."""
    if isinstance(value, float):
        return f"{value:g}"
    if value is None or isinstance(value, (str, int)):
        return "" if value is None else str(value)
    raise ValueError("this is no text")


def _as_number(value: Any) -> int:
    if isinstance(value, str) and not (value.isascii() and value.removeprefix("-").isdigit() and len(value) < 17):
        raise ValueError("this is no number")
    if not isinstance(value, (str, int, float)) or abs(int(value)) > GREATEST_NUMBER:
        raise ValueError("this is no number of a browser's")
    return int(value)


def _whole(value: Any, depth: int = 0) -> Any:
    """Take out what no database can keep and no answer can carry: NUL, half characters, numbers without a value."""
    if depth > DEEPEST:
        raise ValueError("this lies too deep")
    if isinstance(value, str):
        return value.replace("\x00", "").encode(errors="replace").decode()
    if isinstance(value, Mapping):
        return {_whole(str(name)): _whole(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one, depth + 1) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value
