"""Signing in and out: who is let in, how often it may be tried, what a link is good for."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from app.models import hub, passwords
from app.models.commands import access
from app.models.commands.access import Browser, LinkUsed, send_link, sign_in, sign_in_by_link, sign_out
from app.models.commands.account import change_password, sign_out_browser, sign_out_everywhere
from app.models.commands.guessing import FREE_FOR_ADDRESS, FREE_FOR_EMAIL, Guess, TooManyTries, forgive, note_try
from app.models.database import reading, transaction
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.account import browser_name, read_account
from app.models.queries.logins import has_proved, token_hash, viewer_of_token
from app.models.tables import Login, MailedLink, Person
from app.models.words import NoticeKind, Rank, Role
from tests.models.factories import NOW, do, make_member, make_person, make_program, notices, viewer

PASSWORD = "three rivers meet here"
HERE = Browser("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Asia/Kolkata")
BASE = "https://meridian.example.org"


@pytest.fixture(scope="module")
def hashed() -> str:
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def person(hashed: str) -> Viewer:
    return viewer(make_person("Ada Okafor", rank=Rank.MANAGER, zone="", password_hash=hashed))


def who(cookie: str) -> Viewer | None:
    with reading() as db:
        return viewer_of_token(db, token_hash(cookie))


def link_for(person: Viewer) -> str:
    send_link(person.email, NOW, BASE)
    return notices(kind=NoticeKind.SIGN_IN)[-1].facts["link"].removeprefix(f"{BASE}/enter/")


def test_link_leads_on_to_where_its_reader_wanted_to_go(person: Viewer) -> None:
    wanted = {"/s/12?next=1": "?next=/s/12%3Fnext%3D1", "/": "", "/s/" + "1" * 600: ""}
    for path, onward in wanted.items():
        send_link(person.email, NOW, BASE, path)
        link = notices(kind=NoticeKind.SIGN_IN)[-1].facts["link"].removeprefix(f"{BASE}/enter/")
        assert link.partition("?")[1] + link.partition("?")[2] == onward


def test_sign_in_knows_the_address_however_it_is_typed(person: Viewer) -> None:
    found = who(sign_in(f"  {person.email.upper()} ", PASSWORD, HERE, NOW))
    assert found is not None
    assert (found.person_id, found.zone) == (person.person_id, "Asia/Kolkata")


def test_sign_in_stores_no_cookie_only_its_hash(person: Viewer) -> None:
    cookie = sign_in(person.email, PASSWORD, HERE, NOW)
    with reading() as db:
        assert db.exec(select(Login.token_hash)).all() == [token_hash(cookie)]


def test_sign_in_refuses_in_the_same_words_whoever_it_is(person: Viewer) -> None:
    visitor = viewer(make_person("Vera Visitor"))
    gone = viewer(make_person("Gone", password_hash="x", rank=Rank.MANAGER))
    with transaction() as db:
        db.get_one(Person, gone.person_id).deactivated_at = NOW
    said = set()
    for email in (person.email, visitor.email, gone.email, "nobody@example.org", "", "\x00" * 400):
        with pytest.raises(Refusal) as refused:
            sign_in(email, "wrong", HERE, NOW)
        said.add(str(refused.value))
    assert len(said) == 1


def test_sign_in_compares_a_password_even_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str | None] = []
    real = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda typed, stored: compared.append(stored) or real(typed, stored))
    with pytest.raises(Refusal):
        sign_in("nobody@example.org", "wrong", HERE, NOW)
    assert compared == [None]
    assert not passwords.is_right("the password of nobody", None)


def test_guessing_waits_longer_each_time_and_success_forgives(person: Viewer, clock_at: time_machine.Traveller) -> None:
    now = NOW
    waits = []
    for _ in range(FREE_FOR_EMAIL):
        note_try(Guess(person.email, "one"), now)
    for _ in range(4):
        with pytest.raises(TooManyTries) as refused:
            note_try(Guess(person.email, "another"), now)
        waits.append(refused.value.wait)
        now += refused.value.wait
        note_try(Guess(person.email, "another"), now)
    assert waits == [timedelta(seconds=15 * factor) for factor in (1, 2, 4, 8)]
    clock_at.move_to(now + timedelta(hours=2))
    sign_in(person.email, PASSWORD, HERE, now + timedelta(hours=2))
    for _ in range(FREE_FOR_EMAIL):
        note_try(Guess(person.email, "one"), now + timedelta(hours=2))


def test_guessing_many_addresses_from_one_place_is_slowed_too() -> None:
    for number in range(FREE_FOR_ADDRESS):
        note_try(Guess(f"p{number}@example.org", "203.0.113.7"), NOW)
    with pytest.raises(TooManyTries, match="Wait 15 seconds"):
        note_try(Guess("another@example.org", "203.0.113.7"), NOW)
    note_try(Guess("another@example.org", "203.0.113.8"), NOW)


def test_signing_in_rightly_does_not_slow_a_whole_school_down(person: Viewer) -> None:
    guess = Guess(person.email, HERE.address)
    for _ in range(FREE_FOR_ADDRESS + 5):
        note_try(guess, NOW)
        with transaction() as db:
            forgive(db, guess)


def lock_out(email: str) -> None:
    """Fail as often as it takes, from several places."""
    for number in range(FREE_FOR_EMAIL):
        note_try(Guess(email, f"198.51.100.{number}"), NOW)


def test_failing_elsewhere_locks_nobody_out_of_the_browser_they_know(person: Viewer) -> None:
    sign_in(person.email, PASSWORD, HERE, NOW)
    known = replace(HERE, mark=access.mark_for(person.email))
    lock_out(person.email)
    with pytest.raises(TooManyTries):
        sign_in(person.email, PASSWORD, HERE, NOW)
    assert who(sign_in(person.email, PASSWORD, known, NOW))


def test_known_browser_is_slowed_down_by_its_own_failures(person: Viewer) -> None:
    known = replace(HERE, mark=access.mark_for(person.email))
    for _ in range(FREE_FOR_EMAIL):
        with pytest.raises(Refusal, match="do not belong together"):
            sign_in(person.email, "wrong", known, NOW)
    with pytest.raises(TooManyTries):
        sign_in(person.email, PASSWORD, known, NOW)


def test_mark_of_another_or_of_an_earlier_password_counts_for_nothing(person: Viewer) -> None:
    other = make_person("Other", password_hash=passwords.hash_password(PASSWORD), rank=Rank.MANAGER)
    mark = access.mark_for(person.email)
    with transaction() as db:
        db.get_one(Person, person.person_id).password_hash = passwords.hash_password(PASSWORD)
    lock_out(person.email)
    for wrong in (mark, access.mark_for(viewer(other).email), "", "ü\ud800"):
        with pytest.raises(TooManyTries):
            sign_in(person.email, PASSWORD, replace(HERE, mark=wrong), NOW)
    assert access.mark_for("nobody@example.org") == ""


def test_login_runs_out(person: Viewer, clock_at: time_machine.Traveller) -> None:
    cookie = sign_in(person.email, PASSWORD, HERE, NOW)
    clock_at.move_to(NOW + access.LOGIN_LASTS - timedelta(seconds=1))
    assert who(cookie)
    clock_at.move_to(NOW + access.LOGIN_LASTS)
    assert who(cookie) is None


def test_sign_out_forgets_this_browser_only(person: Viewer) -> None:
    here, there = (sign_in(person.email, PASSWORD, HERE, NOW) for _ in range(2))
    sign_out(here, NOW)
    assert (who(here), who(there) is not None) == (None, True)


def test_sign_out_is_written_down_so_that_other_workers_hear_of_it(person: Viewer) -> None:
    before = hub.recent_changes()
    sign_out(sign_in(person.email, PASSWORD, HERE, NOW), NOW)
    assert len(hub.recent_changes()) == len(before) + 1
    sign_out("made up", NOW)
    assert len(hub.recent_changes()) == len(before) + 1


def test_links_that_ran_out_long_ago_are_swept(person: Viewer) -> None:
    link_for(person)
    send_link(person.email, NOW + timedelta(hours=2), BASE)
    with reading() as db:
        assert len(db.exec(select(MailedLink)).all()) == 1


def test_sign_out_everywhere_takes_unused_links_too(person: Viewer) -> None:
    cookie, link = sign_in(person.email, PASSWORD, HERE, NOW), link_for(person)
    do(sign_out_everywhere, person)
    assert who(cookie) is None
    with pytest.raises(LinkUsed):
        sign_in_by_link(link, HERE, NOW)


def test_link_works_once_and_looking_does_not_use_it(person: Viewer) -> None:
    link = link_for(person)
    assert access.works(link, access.SIGN_IN, NOW)
    found = who(sign_in_by_link(link, HERE, NOW))
    assert found is not None
    assert found.person_id == person.person_id
    for again in (link, "made up", ""):
        with pytest.raises(LinkUsed):
            sign_in_by_link(again, HERE, NOW)


def test_link_lasts_half_an_hour(person: Viewer) -> None:
    link = link_for(person)
    with pytest.raises(LinkUsed):
        sign_in_by_link(link, HERE, NOW + timedelta(minutes=30))
    assert sign_in_by_link(link, HERE, NOW + timedelta(minutes=29))


def test_link_goes_to_members_only_and_not_without_end(person: Viewer) -> None:
    member = viewer(make_person("Mia"))
    make_member(make_program(), member.person_id, Role.MENTEE)
    make_person("Vera Visitor")
    for email in ("p@nowhere", "nobody@example.org", "vera@example.org"):
        send_link(email, NOW, BASE)
    assert notices() == []
    for _ in range(5):
        send_link(member.email, NOW, BASE)
    assert len(notices(person_id=member.person_id)) == access.LINKS_AT_ONCE
    assert all(notice.private for notice in notices())


def test_password_changes_with_the_old_one_and_signs_other_browsers_out(person: Viewer) -> None:
    here, there = (sign_in(person.email, PASSWORD, HERE, NOW) for _ in range(2))
    new = passwords.hash_password("another river entirely")
    with pytest.raises(Refusal, match="not your password"):
        do(change_password, person, "wrong", new, token_hash(here))
    do(change_password, person, PASSWORD, new, token_hash(here))
    assert (who(here) is not None, who(there)) == (True, None)
    assert sign_in(person.email, "another river entirely", HERE, NOW)


def test_password_needs_no_old_one_after_a_mailed_link(person: Viewer) -> None:
    cookie = sign_in_by_link(link_for(person), HERE, NOW)
    do(change_password, person, "", passwords.hash_password("another river entirely"), token_hash(cookie))
    with reading() as db:
        assert not has_proved(db, person, NOW + timedelta(minutes=31))


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "x" * 501])
def test_password_nobody_should_choose_is_refused(password: str) -> None:
    with pytest.raises(Refusal):
        passwords.check_new(password)


def test_password_is_typed_twice_alike() -> None:
    passwords.check_new(PASSWORD, PASSWORD)
    with pytest.raises(Refusal, match="differ"):
        passwords.check_new(PASSWORD, PASSWORD + "!")


def test_browser_is_signed_out_by_its_own_person_only(person: Viewer, hashed: str) -> None:
    other = viewer(make_person("Other", password_hash=hashed))
    cookie = sign_in(person.email, PASSWORD, HERE, NOW)
    with reading() as db:
        (line,) = read_account(db, person, NOW, token_hash(cookie)).browsers
    assert (line.name, line.is_this) == ("Firefox on Linux", True)
    with pytest.raises(NotFound):
        do(sign_out_browser, other, line.id)
    do(sign_out_browser, person, line.id)
    assert who(cookie) is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_has_a_name(agent: str, name: str) -> None:
    assert browser_name(agent) == name
