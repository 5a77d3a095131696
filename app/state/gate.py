"""The gate in front of every event. Deny by default: a handler without a mark never runs.

It knows who may call a kind of handler; which rows a person may touch is checked behind it,
by the commands and queries. It must not know any page.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.state.arguments import arguments_for
from app.state.login import MANAGER, PUBLIC, SIGNED_IN, find_viewer
from app.state.logs import keep_logs_short
from app.state.shell import hand_over, sign_in_address

log = logging.getLogger("meridian.gate")

FRAMEWORK = frozenset({"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal", "update_vars_internal"})
"""What Reflex itself needs to open a page. Everything else of it is closed."""

EVENTS_A_SECOND = 30.0
EVENTS_AT_ONCE = 150.0
TABS_REMEMBERED = 20_000
WATCHERS_AT_ONCE = 30
"""So many handlers may run in the background for one tab; a page has two or three, and Reflex ends them with it."""

DROP = StateUpdate()


class Gate(Middleware):
    """Decides for each event whether its handler may run."""

    def __init__(self) -> None:
        self.meter = Meter(EVENTS_A_SECOND, EVENTS_AT_ONCE)
        self.watchers = Watchers(WATCHERS_AT_ONCE)

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event pass (None), or answer it instead of its handler."""
        token = state.router.session.client_token
        if not self.meter.allows(token, time.monotonic()):
            return DROP
        viewer = find_viewer(state)
        await hand_over(state, viewer)
        handler = RegistrationContext.get().event_handlers[event.name].handler
        if handler.is_background and not self.watchers.let_in(token, asyncio.current_task()):
            return DROP
        fn = handler.fn
        if fn.__module__ == "reflex.state":
            answer = None if fn.__name__ in FRAMEWORK else DROP
        else:
            answer = judge(state, viewer, getattr(fn, "__requires__", ""))
        return answer if answer is not None else take_arguments(fn, event)


def judge(state: BaseState, viewer: Viewer | None, required: str) -> StateUpdate | None:
    """Compare what a handler requires with who sits at the browser now."""
    if required == PUBLIC:
        return None
    if required not in (SIGNED_IN, MANAGER):
        return DROP
    if viewer is None:
        return StateUpdate(events=Event.from_event_type([rx.redirect(sign_in_address(state))]))
    if required == MANAGER and not viewer.is_manager:
        return StateUpdate(events=Event.from_event_type([rx.toast.error("This is for managers only.")]))
    return None


def take_arguments(fn: Callable[..., Any], event: Event) -> StateUpdate | None:
    """Leave in the event what its handler asks for; drop an event that no page of ours would send."""
    taken = arguments_for(fn, event.payload)
    if taken is None:
        return DROP
    if "vars" in taken and fn.__module__ == "reflex.state":
        sent = taken["vars"] or {}
        taken["vars"] = {name: value for name, value in sent.items() if is_kept_by_browser(name, value)}
    event.payload.clear()
    event.payload.update(taken)
    return None


def is_kept_by_browser(name: str, value: Any) -> bool:
    """Whether this is a var that lives in the browser's storage, where only texts are kept."""
    owner, _, var = name.rpartition(".")
    cls = RegistrationContext.get().base_states.get(owner)
    kept = cls is not None and cls._is_client_storage(var.removesuffix(FIELD_MARKER))  # pyright: ignore[reportPrivateUsage]
    return kept and isinstance(value, str)


class Meter:
    """Counts the events of each browser tab: so many at once, so many a second after that."""

    def __init__(self, a_second: float, at_once: float) -> None:
        self.a_second = a_second
        self.at_once = at_once
        self.levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, token: str, moment: float) -> bool:
        """Take one event from what the tab has left; `moment` is in seconds."""
        left, since = self.levels.pop(token, (self.at_once, moment))
        left = min(self.at_once, left + (moment - since) * self.a_second)
        allowed = left >= 1
        self.levels[token] = (left - 1 if allowed else left, moment)
        if len(self.levels) > TABS_REMEMBERED:
            self.levels.popitem(last=False)
        return allowed


class Watchers:
    """Counts the handlers that run in the background for each tab: they stay, so that a few a second become many."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.running: dict[str, set[asyncio.Task[Any]]] = {}

    def let_in(self, token: str, task: asyncio.Task[Any] | None) -> bool:
        """Count the task in which a handler of this tab is about to run, until it ends; false where it must not."""
        mine = self.running.setdefault(token, set())
        if task is None or len(mine) >= self.most:
            return False
        mine.add(task)
        task.add_done_callback(partial(self._forget, token))
        return True

    def _forget(self, token: str, task: asyncio.Task[Any]) -> None:
        self.running[token].discard(task)
        if not self.running[token]:
            del self.running[token]


def tell_exception(exception: Exception):  # no annotation: Reflex would evaluate it
    """Say what a handler refused; anything else is logged, and the person can go on."""
    if isinstance(exception, Refusal):
        return rx.toast.error(str(exception), duration=8000)
    log.error("A handler failed", exc_info=exception)
    return rx.toast.error(
        "Something went wrong on our side. Nothing was changed; what you typed is still here. Please try again.",
        duration=10_000,
    )


def close_gate(app: Any) -> None:
    """Put the gate before everything else that sees an event."""
    keep_logs_short()
    app.add_middleware(Gate(), index=0)
