"""Somebody takes a step at the very moment at which a manager deactivates them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from app.models import clock
from app.models.commands.booking import book
from app.models.commands.enrolling import accept_invitation, join
from app.models.database import lock_rows, transaction
from app.models.errors import Refusal
from app.models.tables import Person
from app.models.words import Audience, Kind, SeatStatus
from tests.models.factories import booking, do, make_group, make_house, make_seat, seats, sessions
from tests.models.test_races import clock_at, database, tomorrow, wait_until_it_waits

__all__ = ["clock_at", "database"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite lets one begin after the other
@pytest.mark.parametrize("act", ["book", "join", "accept"])
def test_step_of_somebody_who_is_deactivated_at_this_moment_is_refused(database: str, act: str):
    house = make_house(session_count=0)
    mentee, group_id = house.mentee, make_group(house, tomorrow(), audience=Audience.PUBLIC, slug="g" * 16)
    steps: dict[str, Callable[[], Any]] = {
        "book": lambda: do(book, mentee, booking(house, tomorrow() + timedelta(hours=3))),
        "join": lambda: do(join, mentee, group_id),
        "accept": lambda: do(accept_invitation, mentee, group_id),
    }
    if act == "accept":
        make_seat(group_id, mentee.person_id, SeatStatus.INVITED)
    with ThreadPoolExecutor(1) as other, transaction() as db:
        lock_rows(db, Person, [mentee.person_id])
        db.get_one(Person, mentee.person_id).deactivated_at = clock.now()
        db.flush()
        step = other.submit(steps[act])
        wait_until_it_waits(step)
        db.commit()
        with pytest.raises(Refusal):
            step.result()
    enrolled = [one.person_id for one in seats(group_id).values() if one.status == SeatStatus.ENROLLED]
    assert (enrolled, sessions(kind=Kind.ONE_TO_ONE)) == ([house.mentor.person_id], [])
