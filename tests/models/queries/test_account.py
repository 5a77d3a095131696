"""What the frame of every page needs of one's own account."""

from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.account import profile_address
from app.models.tables import Person
from app.models.words import Rank
from tests.models.factories import make_house, make_person, viewer


def address(who: Viewer) -> str:
    with reading() as db:
        return profile_address(db, who)


def slug(who: Viewer) -> str:
    with reading() as db:
        return db.get_one(Person, who.person_id).slug


def test_profile_is_for_who_can_host_a_group_session() -> None:
    house = make_house()
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    for who in (house.mentor, house.manager, owner):
        assert address(who) == f"/m/{slug(who)}"
    assert [address(who) for who in (house.mentee, viewer(make_person("Nobody")))] == ["", ""]
