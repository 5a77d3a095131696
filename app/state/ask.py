"""How a state reads: one query, in a connection and a thread of its own, so that nobody else waits for it."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import reflex as rx

from app.models.database import reading

P = ParamSpec("P")
Answer = TypeVar("Answer")


async def ask(query: Callable[Concatenate[Any, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """Give what the query, whose first argument is the connection, answers. Raises what it raises."""

    def answer() -> Answer:
        with reading() as db:
            return query(db, *args, **kwargs)

    return await rx.run_in_thread(answer)
