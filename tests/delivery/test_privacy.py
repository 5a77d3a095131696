"""A person's data are given to them and to managers of the organisation, to nobody else."""

import pytest

from app.delivery import privacy
from app.models.queries.logins import LOGIN_COOKIE
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import House, make_house, make_organisation, make_person
from tests.state.callers import signed_in
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house()


def ask(person_id: int, of: int | str) -> tuple[int, str]:
    browser = Asking(privacy.ROUTES, cookie=f"{LOGIN_COOKIE}={signed_in(person_id)}")
    answer = browser.get(f"/people/{of}/data.json")
    return answer.status_code, answer.headers.get("content-disposition", "")


def test_people_get_their_own_data_as_a_file(house: House) -> None:
    person_id = house.mentee.person_id
    assert ask(person_id, person_id) == (200, 'attachment; filename="personal-data.json"')


def test_managers_of_the_organisation_get_anybodys(house: House) -> None:
    assert ask(make_person(rank="owner"), house.mentee.person_id)[0] == 200  # pyright: ignore[reportArgumentType]


def test_others_get_nobodys(house: House) -> None:
    for other in (house.manager, house.mentor):
        assert ask(other.person_id, house.mentee.person_id) == (404, "")
    assert Asking(privacy.ROUTES).get(f"/people/{house.mentee.person_id}/data.json").status_code == 404
    for nobody in (2**40, "9" * 5000):
        assert ask(make_person(rank="owner"), nobody) == (404, "")  # pyright: ignore[reportArgumentType]
