"""The set-up: once, by the link printed last."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from app.models.commands.access import Browser, LinkUsed
from app.models.commands.account import change_self, note_browser_zone
from app.models.commands.founding import SETUP_LASTS, explore, found, may_set_up, renew_setup_link
from app.models.commands.organisation import change_logo, change_settings, send_test_mail
from app.models.database import reading
from app.models.drafts import FounderDraft, OrganisationDraft, PersonDraft, read
from app.models.errors import NotFound, Refusal
from app.models.queries.logins import token_hash, viewer_of_token
from app.models.queries.organisation import read_house, read_settings
from app.models.tables import Organisation, Person
from app.models.words import NoticeKind, Rank
from tests.models.factories import NOW, do, make_house, make_organisation, make_person, notices, viewer

HERE = Browser("203.0.113.7")
PASSWORD = "three rivers meet here"
DRAFT = read(
    FounderDraft,
    {
        "organisation": " Süd & Nord 🌊 ",
        "zone": "Europe/Berlin",
        "first_name": "Zoë",
        "last_name": "Łukasz",
        "email": "Zoe@Example.org",
    },
)


def owner_of(cookie: str):
    with reading() as db:
        return viewer_of_token(db, token_hash(cookie))


def test_setup_makes_the_organisation_and_its_owner_and_signs_them_in() -> None:
    owner = owner_of(found(renew_setup_link(NOW), DRAFT, PASSWORD, HERE, NOW))
    assert owner is not None
    assert (owner.name, owner.email, owner.is_owner) == ("Zoë Łukasz", "zoe@example.org", True)
    with reading() as db:
        assert read_house(db).name == "Süd & Nord 🌊"
    assert renew_setup_link(NOW) == ""


def test_setup_link_works_once_however_many_press_at_the_same_moment() -> None:
    token = renew_setup_link(NOW)

    def press(_number: int) -> bool:
        try:
            found(token, DRAFT, PASSWORD, HERE, NOW)
        except LinkUsed:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(press, range(4))) == 1
    with reading() as db:
        assert len(db.exec(select(Person)).all()) == len(db.exec(select(Organisation)).all()) == 1


def test_setup_link_is_the_one_printed_last_and_runs_out() -> None:
    earlier, last = renew_setup_link(NOW), renew_setup_link(NOW)
    assert not may_set_up(earlier, NOW)
    assert may_set_up(last, NOW)
    assert not may_set_up(last, NOW + SETUP_LASTS)
    assert not may_set_up("", NOW)
    for password in (PASSWORD, "short"):  # what is wrong with a password is not even looked at
        with pytest.raises(LinkUsed):
            found(earlier, DRAFT, password, HERE, NOW)


def test_setup_refuses_a_weak_password_and_keeps_the_link() -> None:
    token = renew_setup_link(NOW)
    with pytest.raises(Refusal):
        found(token, DRAFT, "short", HERE, NOW)
    assert may_set_up(token, NOW)


def test_setup_fills_the_demo_once() -> None:
    token = renew_setup_link(NOW)
    cookie, signs = explore(token, HERE, NOW)
    owner = owner_of(cookie)
    assert owner is not None
    assert (owner.email, owner.is_org_manager) == (signs.manager, True)
    with pytest.raises(Refusal):
        explore(token, HERE, NOW + timedelta(minutes=1))


def settings(**values: str) -> OrganisationDraft:
    return read(OrganisationDraft, {"name": "Bright", "zone": "UTC"} | values)


def test_settings_are_for_owner_and_managers() -> None:
    make_organisation()
    house = make_house()
    for person in (house.manager, house.mentor, house.mentee):
        for command, args, options in (
            (change_settings, (settings(),), {"keeps_secret": True}),
            (change_logo, ("",), {}),
            (send_test_mail, (), {}),
        ):
            with pytest.raises(NotFound):
                do(command, person, *args, **options)
        with pytest.raises(NotFound), reading() as db:
            read_settings(db, person)


def test_settings_keep_the_secret_to_themselves() -> None:
    make_organisation()
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    url = {"bbb_url": "https://bbb.example.org/api"}
    with pytest.raises(Refusal, match="needs its secret"):
        do(change_settings, owner, settings(**url), keeps_secret=True)
    do(change_settings, owner, settings(**url, bbb_secret="hush"), keeps_secret=False)
    do(change_settings, owner, settings(**url), keeps_secret=True)
    with reading() as db:
        assert db.get_one(Organisation, 1).bbb_secret == "hush"
        shown = read_settings(db, owner)
    assert shown.has_bbb_secret
    assert "hush" not in repr(shown)
    do(change_settings, owner, settings(), keeps_secret=True)
    with reading() as db:
        assert db.get_one(Organisation, 1).bbb_secret == ""


def test_test_mail_goes_to_whoever_asked() -> None:
    make_organisation()
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    do(send_test_mail, owner)
    assert [(notice.kind, notice.person_id) for notice in notices()] == [(NoticeKind.TEST_MAIL, owner.person_id)]


def test_chosen_zone_goes_before_the_browsers() -> None:
    person = viewer(make_person("Mia", zone=""))
    do(note_browser_zone, person, "Asia/Calcutta")
    assert viewer(person.person_id).zone == "Asia/Calcutta"
    draft = read(PersonDraft, {"email": person.email, "first_name": "Mia", "zone": "Asia/Tokyo"})
    do(change_self, person, draft)
    do(note_browser_zone, person, "America/New_York")
    assert viewer(person.person_id).zone == "Asia/Tokyo"
    with pytest.raises(Refusal):
        do(note_browser_zone, person, "Mars/Olympus")


def test_own_name_is_found_under_its_new_letters() -> None:
    person = viewer(make_person("Mia"))
    do(change_self, person, read(PersonDraft, {"email": person.email, "first_name": "Łucja", "last_name": "\u202eΩ"}))
    with reading() as db:
        assert " lucja" in db.get_one(Person, person.person_id).search_text
    with pytest.raises(Refusal, match="name is missing"):
        do(change_self, person, read(PersonDraft, {"email": person.email, "first_name": " "}))
