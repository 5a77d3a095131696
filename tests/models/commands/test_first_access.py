"""First-access links: sent, sent again, copied, used (P9)."""

from datetime import timedelta
from typing import Any

import pytest

from app.models import passwords
from app.models.commands.access import Browser, LinkUsed, mark_for, sign_in
from app.models.commands.first_access import LASTS, access_link, choose_password, newcomer_of, send_access
from app.models.database import reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Change, MailedLink, Person
from app.models.words import Audience, MailStatus, NoticeKind, Rank, Role
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_program,
    make_strangers,
    notices,
    rows_of,
    viewer,
)

PASSWORD = "a few words are good"
BROWSER = Browser("203.0.113.7", "Firefox", "Europe/Berlin")


@pytest.fixture
def new(house: House) -> int:
    """Somebody who was added and has never been here."""
    person = make_person("Nora New")
    make_member(house.program_id, person, Role.MENTEE)
    return person


def mailed() -> str:
    """The token in the latest mail."""
    return notices(kind=NoticeKind.FIRST_ACCESS)[-1].facts["path"].removeprefix("/welcome/")


def person(person_id: int) -> Person:
    with reading() as db:
        return db.get_one(Person, person_id)


def set_up(person_id: int, **values: Any) -> None:
    with transaction() as db:
        row = db.get_one(Person, person_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_send_access_mails_a_private_link_for_two_weeks(house: House, new: int):
    assert do(send_access, house.manager, [new]) == {"sent": [new], "skipped": []}

    [notice] = notices()
    assert (notice.person_id, notice.kind, notice.private) == (new, NoticeKind.FIRST_ACCESS, True)
    assert notice.useful_until == NOW + timedelta(days=14) == NOW + LASTS
    assert notice.facts["until"] == (NOW + LASTS).isoformat()
    assert newcomer_of(mailed(), NOW) is not None


def test_link_lets_its_person_choose_a_password_once(house: House, new: int):
    do(send_access, house.manager, [new])
    token = mailed()

    assert choose_password(token, PASSWORD, BROWSER, NOW)

    assert passwords.is_right(PASSWORD, person(new).password_hash)
    assert person(new).browser_zone == "Europe/Berlin"
    assert sign_in(person(new).email, PASSWORD, BROWSER, NOW)
    assert mark_for(person(new).email)
    with pytest.raises(LinkUsed):
        choose_password(token, "another password 77", BROWSER, NOW)
    assert newcomer_of(token, NOW) is None


def test_link_survives_a_password_that_is_refused(house: House, new: int):
    do(send_access, house.manager, [new])
    with pytest.raises(Refusal, match="too short"):
        choose_password(mailed(), "short", BROWSER, NOW)

    assert choose_password(mailed(), PASSWORD, BROWSER, NOW)


def test_link_ends_after_two_weeks(house: House, new: int):
    do(send_access, house.manager, [new])
    token = mailed()

    assert newcomer_of(token, NOW + LASTS - timedelta(seconds=1)) is not None
    assert newcomer_of(token, NOW + LASTS) is None
    with pytest.raises(LinkUsed):
        choose_password(token, PASSWORD, BROWSER, NOW + LASTS)


def test_sending_again_voids_the_earlier_link_and_its_mail(house: House, new: int):
    do(send_access, house.manager, [new])
    earlier = mailed()
    do(send_access, house.manager, [new])

    assert newcomer_of(earlier, NOW) is None
    assert newcomer_of(mailed(), NOW) is not None
    assert [notice.mail_status for notice in notices()] == [MailStatus.DROPPED, MailStatus.WAITING]


@pytest.mark.parametrize("values", [{"deactivated_at": NOW}, {"password_hash": "set"}])
def test_link_ends_where_its_person_is_gone_or_has_a_password(house: House, new: int, values: dict[str, Any]):
    do(send_access, house.manager, [new])
    set_up(new, **values)

    assert newcomer_of(mailed(), NOW) is None
    with pytest.raises(LinkUsed):
        choose_password(mailed(), PASSWORD, BROWSER, NOW)


def test_send_access_skips_and_names_who_needs_none(house: House, new: int):
    has, gone = make_person("Hal Has", password_hash="set"), make_person("Gil Gone", deactivated_at=NOW)
    for one in (has, gone):
        make_member(house.program_id, one, Role.MENTEE)

    done = do(send_access, house.manager, [has, new, gone, new])

    assert done["sent"] == [new]
    assert [(one["person_id"], one["name"]) for one in done["skipped"]] == [(has, "Hal Has"), (gone, "Gil Gone")]
    assert done["skipped"][0]["why"].startswith("Hal Has has a password already.")
    assert len(notices()) == 1


def test_send_access_is_not_found_for_who_does_not_manage_them(house: House, new: int):
    others = [house.mentor, house.mentee, *map(viewer, make_strangers(house).values()), make_house().manager]
    for other in others:
        with pytest.raises(NotFound):
            do(send_access, other, [new])
        with pytest.raises(NotFound):
            do(access_link, other, new)
    assert rows_of(MailedLink) == []


def test_access_link_gives_a_path_and_is_written_down(house: House, new: int):
    path = do(access_link, house.manager, new)["path"]

    assert newcomer_of(path.removeprefix("/welcome/"), NOW) is not None
    assert [(one.step, one.person_id, one.actor_id) for one in rows_of(Change)] == [
        ("access_link", new, house.manager.person_id)
    ]
    assert path not in str([one.model_dump() for one in rows_of(Change)])
    assert notices() == []


def test_access_link_to_who_manages_is_for_owners_alone(house: House, owner: Viewer):
    chief = viewer(make_person(rank=Rank.MANAGER))
    ranked = make_person("Rita Rank", rank=Rank.MANAGER)
    make_member(house.program_id, ranked, Role.MENTEE)
    for other in (house.manager, chief):
        with pytest.raises(Refusal, match="Rita Rank manages the organisation"):
            do(access_link, other, ranked)

    assert do(access_link, owner, ranked)


def test_access_link_is_refused_to_who_does_not_manage_all_of_the_person(house: House, new: int):
    """Else a programme's manager could become somebody who manages, or writes to people, elsewhere."""
    make_member(make_program(), new, Role.MANAGER)

    with pytest.raises(Refusal, match="programmes that you do not manage"):
        do(access_link, house.manager, new)
    assert do(send_access, house.manager, [new])["sent"] == [new]


def test_access_link_is_refused_to_a_visitor_of_others_who_was_made_a_member(house: House, new: int):
    """Else whoever adds a visitor's address to their programme could go where the visitor is invited."""
    make_group(make_house(), at(1), [new], audience=Audience.PRIVATE)

    with pytest.raises(Refusal, match="programmes that you do not manage"):
        do(access_link, house.manager, new)
    assert do(send_access, house.manager, [new])["sent"] == [new]


@pytest.mark.parametrize("values", [{"password_hash": "set"}, {"browser_zone": "Europe/Berlin"}])
def test_access_link_is_refused_for_who_has_been_here(house: House, owner: Viewer, new: int, values: dict[str, Any]):
    set_up(new, **values)
    for other in (house.manager, owner):
        with pytest.raises(Refusal):
            do(access_link, other, new)


def test_access_link_is_refused_for_who_once_used_a_mailed_link(house: House, new: int):
    with transaction() as db:
        db.add(
            MailedLink(
                person_id=new,
                purpose="sign_in",
                token_hash="x",
                created_at=NOW,
                expires_at=NOW,
                used_at=NOW,
            )
        )
    with pytest.raises(Refusal, match="has signed in before"):
        do(access_link, house.manager, new)


def test_only_the_hash_of_a_link_is_kept(house: House, new: int):
    token = do(access_link, house.manager, new)["path"].removeprefix("/welcome/")

    assert token not in str([row.model_dump() for row in rows_of(MailedLink)])


@pytest.mark.parametrize("token", ["", "x", "ü" * 40, "../enter"])
def test_made_up_link_belongs_to_nobody(token: str):
    assert newcomer_of(token, NOW) is None
    for password in (PASSWORD, "short"):  # what is wrong with a password is not even looked at
        with pytest.raises(LinkUsed):
            choose_password(token, password, BROWSER, NOW)
