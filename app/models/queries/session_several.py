"""What stands behind sessions that were chosen together: how many, whom they concern, which are past changing.

They are chosen one by one, or are all that the filters of the list show.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.drafts.announcements import MOST_CHOSEN
from app.models.errors import Refusal
from app.models.lifecycle import TABLE
from app.models.permissions import HOLDING, Viewer
from app.models.queries.session_list import Condition, picked_sessions
from app.models.queries.session_list_filters import Filters
from app.models.tables import Seat, Session
from app.models.words import Kind, Step


@dataclass(frozen=True)
class Weight:
    """What calling them off would come to. `ids` are those of the `total` that can still be; `people` would be told."""

    total: int = 0
    ids: list[int] = field(default_factory=list[int])
    people: int = 0
    needs_reason: bool = False

    @property
    def closed(self) -> int:
        """How many stay as they are: they have begun or ended, or are called off already."""
        return self.total - len(self.ids)


def weigh(db: Db, viewer: Viewer, now: datetime, filters: Filters, only: Sequence[int] | None = None) -> Weight:
    """Weigh what was chosen. Three queries. Raises NotFound for who manages nothing."""
    wanted = picked_sessions(db, viewer, filters, only)
    total = db.exec(select(sa.func.count(col(Session.id))).where(*wanted).params(now=now)).one()
    still_open = [*wanted, _can_be_called_off(now)]
    query = select(Session.id, Session.kind).where(*still_open).order_by(col(Session.start_at), col(Session.id))
    found = [(number or 0, kind) for number, kind in db.exec(query.params(now=now))]
    people = _people(viewer, still_open, sa.func.count(sa.distinct(col(Seat.person_id))))
    return Weight(
        total=total,
        ids=[number for number, _ in found],
        people=db.execute(people.params(now=now)).scalar_one() if found else 0,
        needs_reason=any(kind == Kind.ONE_TO_ONE for _, kind in found),
    )


def participants_of(
    db: Db, viewer: Viewer, now: datetime, filters: Filters, only: Sequence[int] | None = None
) -> list[int]:
    """Give `find_participants`. Raises Refusal for nobody, and for more than can be written to by name."""
    people = find_participants(db, viewer, now, filters, only)
    if len(people) > MOST_CHOSEN:
        remedy = "Select fewer sessions, or announce it to a programme, a cohort or a tag."
        raise Refusal.of("", f"These are more than {MOST_CHOSEN:,} people.", remedy)
    if not people:
        raise Refusal.of("", "Nobody takes part in these sessions.", "Select others.")
    return people


def find_participants(
    db: Db, viewer: Viewer, now: datetime, filters: Filters, only: Sequence[int] | None = None
) -> list[int]:
    """List who has a place in what was chosen, the viewer left out; up to one more than can be written to by name."""
    query = (
        _people(viewer, picked_sessions(db, viewer, filters, only), col(Seat.person_id))
        .distinct()
        .order_by(col(Seat.person_id))
    )
    return list(db.execute(query.limit(MOST_CHOSEN + 1).params(now=now)).scalars())


def _can_be_called_off(now: datetime) -> Condition:
    """Give the condition for what the table of steps lets a manager cancel, and delete alike."""
    statuses = [status for status, step in TABLE if step == Step.CANCEL]
    return sa.and_(col(Session.status).in_(statuses), col(Session.end_at) > now)


def _people(viewer: Viewer, wanted: Sequence[Condition], what: Any) -> sa.Select[Any]:
    query = sa.select(what).select_from(Seat).join(Session, col(Session.id) == col(Seat.session_id))
    return query.where(*wanted, col(Seat.status).in_(HOLDING), col(Seat.person_id) != viewer.person_id)
