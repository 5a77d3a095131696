"""What a person tells the world of themself: kept, in the history, and not endless."""

import pytest

from app.models.commands.account import change_bio
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.people import BioDraft
from app.models.errors import Refusal
from app.models.queries.public_mentor import read_own_profile
from app.models.tables import Change
from tests.models.factories import do, make_house, rows_of


def test_bio_is_kept_and_in_the_history() -> None:
    house = make_house()
    for _ in range(2):
        do(change_bio, house.mentor, BioDraft(bio="Likes chess."))
    with reading() as db:
        bio, profile = read_own_profile(db, house.mentor)
    assert (bio, profile[:3]) == ("Likes chess.", "/m/")
    assert [(row.step, row.after) for row in rows_of(Change)] == [("account", {"bio": "Likes chess."})]


def test_bio_of_a_mentee_is_on_no_public_page() -> None:
    house = make_house()
    with reading() as db:
        assert read_own_profile(db, house.mentee) == ("", "")


def test_bio_has_a_length() -> None:
    with pytest.raises(Refusal, match="too long"):
        read(BioDraft, {"bio": "x" * 2_001})
