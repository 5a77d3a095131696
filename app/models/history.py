"""Writing down what happened. Rows are only added; the page's texts are made in `queries`.

What a job does through the commands, which know nothing of it, is marked by the batch in its transaction's
`info[BATCH]`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models.permissions import Viewer
from app.models.tables import Change, Session
from app.models.words import Step

BATCH = "batch_id"


def record(
    db: Db,
    actor: Viewer | None,
    step: Step | str,
    *,
    now: datetime,
    session: Session | None = None,
    relationship_id: int | None = None,
    program_id: int | None = None,
    person_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    batch_id: str = "",
) -> None:
    """Append one step to the history. `actor` None is the clock; before and after hold what changed."""
    db.add(
        Change(
            batch_id=batch_id or db.info.get(BATCH, ""),
            at=now,
            actor_id=actor.person_id if actor else None,
            session_id=session.id if session else None,
            relationship_id=session.relationship_id if session else relationship_id,
            program_id=session.program_id if session else program_id,
            person_id=person_id,
            step=str(step),
            before=_plain(before),
            after=_plain(after),
            reason=reason,
        )
    )


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: v.isoformat() if isinstance(v, datetime) else v for key, v in (values or {}).items()}
