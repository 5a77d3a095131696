"""Where one's own public page is, as the frame of every page links to it."""

from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.public_mentor import read_own_profile
from app.models.tables import Person
from app.models.words import Audience, Rank
from tests.models.factories import at, make_group, make_house, make_person, viewer


def address(who: Viewer) -> str:
    with reading() as db:
        return read_own_profile(db, who)[1]


def slug(who: Viewer) -> str:
    with reading() as db:
        return db.get_one(Person, who.person_id).slug


def test_profile_is_for_who_mentors_or_hosts_a_public_session() -> None:
    house = make_house()
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    assert [address(who) for who in (house.mentee, house.manager, owner)] == ["", "", ""]
    make_group(house, at(), audience=Audience.PUBLIC, host_id=owner.person_id)
    for who in (house.mentor, owner):
        assert address(who) == f"/m/{slug(who)}"
