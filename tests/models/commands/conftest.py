"""What the tests of the commands begin with."""

import pytest

from app.models.commands.booking import book
from app.models.database import transaction
from app.models.drafts import Repetition
from app.models.tables import Notice
from app.models.words import Repeat
from tests.models.factories import House, booking, do, notices


@pytest.fixture
def weekly(house: House) -> list[int]:
    """Five Tuesdays at five, nobody told; the clocks go forward before the last."""
    repetition = Repetition(repeat=Repeat.WEEKLY, times=5)
    ids = do(book, house.manager, booking(house, repetition=repetition, title="Algebra"))["session_ids"]
    with transaction() as db:
        for notice in notices():
            db.delete(db.get_one(Notice, notice.id))
    return ids
