"""Which session of a series is meant by the next one."""

import pytest

from app.models.commands import booking, cancelling
from app.models.database import reading
from app.models.drafts import CancelDraft, Repetition
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.session_card import next_of_series
from app.models.words import Repeat
from tests.models import factories as make
from tests.models.factories import at, do


def test_next_of_series_is_the_session_that_is_on_or_comes_next() -> None:
    house = make.make_house()
    draft = make.booking(house, repetition=Repetition(repeat=Repeat.WEEKLY, times=3))
    first, second, third = do(booking.book, house.manager, draft)["session_ids"]
    do(cancelling.cancel, house.mentor, second, CancelDraft(reason="ill"))

    def following(day: int, who: Viewer = house.mentor) -> int:
        with reading() as db:
            return next_of_series(db, who, at(day), first)

    assert [following(day) for day in (0, 1, 2, 15, 30)] == [first, first, third, third, first]
    with pytest.raises(NotFound):
        following(0, make.viewer(make.make_person("Nobody")))


def test_next_of_series_of_a_single_session_is_itself() -> None:
    house = make.make_house()
    single = make.make_session(house, at())
    make.make_session(house, at(2))
    with reading() as db:
        assert next_of_series(db, house.mentor, at(1, 20), single) == single
