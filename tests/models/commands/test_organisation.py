"""The organisation's logo: made small and written anew, or refused."""

import base64
import io

import pytest
from PIL import Image

from app.models.commands.organisation import LOGO_SIDE, change_logo, logo_of
from app.models.database import reading
from app.models.errors import NotFound, Refusal
from app.models.queries.organisation import read_logo
from app.models.words import Rank
from tests.models.factories import House, do, make_organisation, make_person, viewer


def picture(width: int, height: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(written, "JPEG")
    return written.getvalue()


def kept() -> str:
    with reading() as db:
        return read_logo(db)


def test_logo_is_made_small_and_can_be_taken_away():
    make_organisation()
    owner = viewer(make_person(rank=Rank.OWNER))

    do(change_logo, owner, logo_of(picture(800, 400)))
    with Image.open(io.BytesIO(base64.b64decode(kept().partition(",")[2]))) as shown:
        assert (shown.format, shown.size) == ("PNG", (LOGO_SIDE, LOGO_SIDE // 2))

    do(change_logo, owner, logo_of(b""))
    assert kept() == ""


def test_logo_that_is_no_picture_is_refused():
    with pytest.raises(Refusal, match="not a picture"):
        logo_of(b"<svg onload='x'/>")


def test_logo_is_not_for_a_programmes_manager(house: House):
    make_organisation()
    with pytest.raises(NotFound):
        do(change_logo, house.manager, logo_of(picture(8, 8)))
    assert kept() == ""
