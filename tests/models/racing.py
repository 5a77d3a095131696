"""What the racing processes of `test_races` do; a module of its own, so that another process can import it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

from app.models import clock
from app.models.commands.assigning import assign_pair
from app.models.commands.booking import book
from app.models.commands.cancelling import cancel
from app.models.commands.changing import move
from app.models.commands.clockwork import tick
from app.models.commands.ending import end
from app.models.commands.enrolling import join, leave
from app.models.commands.guessing import Guess, note_try
from app.models.commands.handing_over import hand_over
from app.models.commands.registering import register
from app.models.commands.relationships import add_session
from app.models.commands.run import perform
from app.models.database import forget_engine, reading
from app.models.drafts import BookingDraft, CancelDraft, MoveDraft
from app.models.drafts.relationships import EndDraft, HandOverDraft, PairDraft
from app.models.drafts.seats import RegisterDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer, load_viewer
from app.models.uploads.jobs import work_once

BARRIERS: list[Barrier] = []


@dataclass
class Runner:
    """One process's part of a race: so many turns with these drafts."""

    number: int
    viewer_id: int
    turns: int
    booking: BookingDraft | None = None
    moving: MoveDraft | None = None
    pairing: PairDraft | None = None
    handing: HandOverDraft | None = None
    sessions: tuple[int, ...] = ()
    key: str = ""


def prepare(barrier: Barrier, url: str) -> None:
    """Open the race's database in this process, and keep what the start is waited for with."""
    os.environ["MERIDIAN_DATABASE_URL"] = url
    forget_engine()
    BARRIERS[:] = [barrier]


def run(take_turn: Callable[[Viewer, Runner, int], str], runner: Runner) -> list[str]:
    """Wait for the others, then take the turns; gives what became of each."""
    with reading() as db:
        viewer = load_viewer(db, runner.viewer_id)
    assert viewer is not None
    BARRIERS[0].wait(timeout=60)
    outcomes: list[str] = []
    for turn in range(runner.turns):
        try:
            outcomes.append(take_turn(viewer, runner, turn))
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
    return outcomes


def book_once(viewer: Viewer, runner: Runner, _turn: int) -> str:
    assert runner.booking is not None
    perform(book, viewer, runner.key, runner.booking)
    return "done"


def change_something(viewer: Viewer, runner: Runner, turn: int) -> str:
    """Move, cancel and book over the same series, each process in its own order."""
    assert runner.moving is not None
    turn += runner.number * 13
    session_id = runner.sessions[turn * 7 % len(runner.sessions)]
    if turn % 5 == 0:
        return book_once(viewer, runner, turn)
    if turn % 11 == 0:
        perform(cancel, viewer, "", session_id, CancelDraft(reason="Ill"))
    else:
        scope = ("this", "following", "all")[turn % 3]
        values: dict[str, Any] = {"at": f"{9 + turn % 9:02d}:00", "scope": scope}
        perform(move, viewer, "", session_id, MoveDraft.model_validate(runner.moving.model_dump() | values))
    return "done"


def assign_once(viewer: Viewer, runner: Runner, _turn: int) -> str:
    assert runner.pairing is not None
    made = perform(assign_pair, viewer, "", runner.pairing)
    return "new" if made["is_new"] else "had"


def hand_over_and_change(viewer: Viewer, runner: Runner, _turn: int) -> str:
    """Each does another thing with the same relationship: hand it over, book in it, add to it, or end it."""
    assert runner.handing is not None
    [relationship_id] = runner.handing.relationship_ids
    if runner.number % 4 == 0:
        perform(hand_over, viewer, "", runner.handing)
    elif runner.number % 4 == 1:
        return book_once(viewer, runner, 0)
    elif runner.number % 4 == 2:
        perform(add_session, viewer, "", relationship_id)
    else:
        perform(end, viewer, "", EndDraft(relationship_id=relationship_id))
    return "done"


def register_somebody(_viewer: Viewer, runner: Runner, turn: int) -> str:
    """Register a person of its own for the session at the address that the key names."""
    name = f"P{runner.number}x{turn}"
    return register(runner.key, RegisterDraft(name=name, email=f"{name}@chess.example"), clock.now()).status


def register_the_same(_viewer: Viewer, runner: Runner, turn: int) -> str:
    """All processes send the same people's forms."""
    draft = RegisterDraft(name="P", email=f"p{turn}@chess.example", key=f"the very same form {turn}")
    return register(runner.key, draft, clock.now()).status


def come_and_go(viewer: Viewer, runner: Runner, turn: int) -> str:
    """Join, leave, or let a visitor register, each process for a member of its own."""
    if turn % 3 == 2:
        return register_somebody(viewer, runner, turn)
    perform(leave if turn % 2 else join, viewer, "", runner.sessions[0])
    return "done"


def guess_once(viewer: Viewer, _runner: Runner, _turn: int) -> str:
    note_try(Guess(viewer.email, "203.0.113.7"), clock.now())
    return "done"


def tick_once(_viewer: Viewer, _runner: Runner, _turn: int) -> str:
    return str(tick(clock.now()))


def work_uploads_off(_viewer: Viewer, runner: Runner, _turn: int) -> str:
    """Carry out the uploads that wait, until there is none that another process does not have."""
    while work_once(f"worker {runner.number}"):
        pass
    return "done"
