"""Doing something to each of many things by itself, so that an odd one does not stop all the others.

For the clock, which comes back to the oldest first. A database that does not answer raises through.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

ODD = (IntegrityError, LookupError, TypeError, ValueError)
"""What a session may raise that is not as it should be."""

Thing = TypeVar("Thing")
log = logging.getLogger(__name__)


def each_apart(what: str, take: Callable[[Thing, datetime], bool], things: Iterable[Thing], now: datetime) -> int:
    """Take a step, `what` in the log, on each, a transaction of its own; give on how many it was taken."""
    return sum(_try(what, take, thing, now) for thing in things)


def _try(what: str, take: Callable[[Thing, datetime], bool], thing: Thing, now: datetime) -> bool:
    try:
        return take(thing, now)
    except ODD:
        log.exception("The clock could not %s %s", what, thing)
        return False
