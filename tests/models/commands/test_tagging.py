"""Tags on several people at once."""

import pytest

from app.models.commands.tagging import tag_people
from app.models.drafts.people import TagDraft
from app.models.errors import NotFound
from tests.models.commands.people_rows import tags
from tests.models.factories import (
    House,
    do,
    make_strangers,
    viewer,
)


def test_tag_adds_and_takes_without_minding_capitals(house: House) -> None:
    both = (house.mentor.person_id, house.mentee.person_id)
    assert do(tag_people, house.manager, TagDraft(person_ids=both, name="Chess")) == {"changed": 2}
    assert do(tag_people, house.manager, TagDraft(person_ids=both, name="chess")) == {"changed": 0}
    assert do(tag_people, house.manager, TagDraft(person_ids=both[:1], name="CHESS", adds=False)) == {"changed": 1}
    assert (tags(both[0]), tags(both[1])) == ([], ["Chess"])


@pytest.mark.parametrize("who", ["mentor", "foreign manager"])
def test_tag_is_for_managers_of_all_of_them(house: House, who: str) -> None:
    strangers = make_strangers(house)
    actor = viewer(strangers[who]) if who in strangers else house.part(who)
    with pytest.raises(NotFound):
        do(tag_people, actor, TagDraft(person_ids=(house.mentee.person_id,), name="Mine"))
    assert tags(house.mentee.person_id) == []
