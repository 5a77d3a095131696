"""Whose doing a place in a group session is: its person's, or that of a browser where somebody typed their address.

Whoever types an address need not be its owner. What a browser took so it may give back, and
nothing else: as soon as the person themselves joined, confirmed, left or came back, the place is theirs.
"""

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.tables import Change

TAKEN = "register"
"""The step by which a browser takes a place in the name of an address."""
REMINDED = "register_again"
TAKEN_BACK = "remove"
"""The step by which a place is taken back; only a new invitation opens a private session to its person again."""
LAPSED = "expire_hold"
"""The step by which a place is taken back that nobody confirmed in time."""
_OF_OTHERS = ("promote", "put_back", REMINDED)
"""Steps that befall a place without its person's doing."""


def last_step(db: Db, session_id: int, person_id: int) -> str | None:
    """Name what was last done about somebody's place."""
    steps = select(Change.step).where(Change.session_id == session_id, Change.person_id == person_id)
    return db.exec(steps.order_by(col(Change.id).desc()).limit(1)).first()


def stands_taken(db: Db, session_id: int, person_id: int, taking: str | None = None) -> bool:
    """Whether the last that was done about somebody's place is its taking by a browser; by which, if `taking` says."""
    done = select(Change.step, Change.after).where(Change.session_id == session_id, Change.person_id == person_id)
    last = db.exec(done.where(col(Change.step).not_in(_OF_OTHERS)).order_by(col(Change.id).desc()).limit(1)).first()
    return last is not None and last[0] == TAKEN and taking in (None, last[1].get("taking"))
