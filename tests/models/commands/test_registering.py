"""Registering without an account: who gets in, what they are told, and what their answer does not tell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlmodel import select

from app.models import clock
from app.models.commands import enrolling
from app.models.commands.registering import REPEAT, Registered, register, submit
from app.models.database import lock_rows, reading, transaction
from app.models.drafts.base import read
from app.models.drafts.seats import RegisterDraft
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.tables import Change, Organisation, Person, Seat, Session
from app.models.words import Audience, NoticeKind, Rank, Role, SeatStatus, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_seat,
    notices,
    rows_of,
    viewer,
)

ANN = RegisterDraft(name="Ann Lee", email="ann@example.org")


@pytest.fixture(autouse=True)
def organisation() -> None:
    make_organisation()


def public(house: House, maximum: int = 3, **values: Any) -> int:
    return make_group(house, at(), **{"audience": Audience.PUBLIC, "maximum": maximum, "slug": "chess"} | values)


def enter(name: str, email: str = "", now: datetime | None = None, **values: Any) -> Registered:
    draft = RegisterDraft(name=name, email=email or f"{name.lower()}@example.org", **values)
    return register("chess", draft, now or clock.now())


def person(email: str) -> Person:
    with reading() as db:
        return db.exec(select(Person).where(Person.email == email)).one()


def standing(session_id: int) -> dict[str, str]:
    emails = {row.id: row.email for row in rows_of(Person)}
    rows = [row for row in rows_of(Seat) if row.session_id == session_id and not row.is_host]
    return {emails[row.person_id]: row.status for row in rows}


def test_a_visitor_becomes_a_person_with_a_place_and_a_mail(house: House):
    session_id = public(house)
    answer = register("chess", ANN, NOW)
    ann = person("ann@example.org")
    assert (answer.status, answer.position) == (SeatStatus.ENROLLED, 0)
    assert (answer.session_id, answer.person_id, answer.until) == (session_id, ann.id, at() + timedelta(hours=1))
    assert (ann.first_name, ann.last_name, ann.rank, ann.password_hash) == ("Ann", "Lee", Rank.NONE, None)
    assert [(row.kind, row.person_id) for row in notices()] == [(NoticeKind.ENROLLED, ann.id)]


def test_the_full_session_gives_numbers_in_the_order_of_coming(house: House):
    public(house, 2)
    assert [(one.status, one.position) for one in map(enter, ("Ann", "Ben", "Cem"))] == [
        (SeatStatus.ENROLLED, 0),
        (SeatStatus.WAITING, 1),
        (SeatStatus.WAITING, 2),
    ]


def test_a_known_person_keeps_their_name_and_is_answered_alike(house: House):
    public(house)
    make_person("Anneliese Leander", email="ann@example.org")
    answer = register("chess", ANN, NOW)
    assert person("ann@example.org").name == "Anneliese Leander"
    assert (answer.status, answer.position) == (SeatStatus.ENROLLED, 0)
    assert answer.person_id == person("ann@example.org").id


def test_a_double_click_is_one_registration_with_one_answer(house: House):
    session_id = public(house, 2)
    form = ANN.model_copy(update={"key": uuid4().hex})
    answers = [register("chess", form, NOW), register("chess", form, NOW + timedelta(seconds=1))]
    assert answers[0] == answers[1]
    assert standing(session_id) == {"ann@example.org": "enrolled"}
    assert len(notices()) == 1


def test_who_gives_up_waiting_takes_no_answer_from_those_who_came_at_the_same_moment(house: House):
    session_id = public(house)
    with transaction() as db:
        lock_rows(db, Session, [session_id])
        asked = [submit("chess", RegisterDraft(name=name, email=f"{name}@example.org"), NOW) for name in ("ann", "ben")]
        assert not asked[0].cancel()
    assert [one.result().status for one in asked] == [SeatStatus.ENROLLED] * 2


def test_the_same_name_in_another_form_is_not_taken_for_the_same_person(house: House):
    public(house)
    enter("Ann", now=NOW)
    assert [enter("Ann", now=NOW, key=key).person_id for key in (uuid4().hex, "")] == [0, 0]


def test_who_is_in_already_is_answered_as_a_newcomer_and_reads_the_truth_in_the_mail(house: House):
    public(house, 2)
    register("chess", ANN, NOW)
    curious = enter("Curious", "ann@example.org")
    newcomer = enter("Ben")
    assert (curious.status, curious.position) == (newcomer.status, newcomer.position) == (SeatStatus.WAITING, 1)
    assert curious.person_id == 0
    ann = person("ann@example.org").id
    assert [row.kind for row in notices() if row.person_id == ann] == [NoticeKind.ENROLLED, NoticeKind.ENROLLED]


def test_the_same_person_later_is_answered_as_a_newcomer_too(house: House):
    public(house)
    form = ANN.model_copy(update={"key": uuid4().hex})
    register("chess", form, NOW)
    answer = register("chess", form, NOW + REPEAT)
    assert answer.status == SeatStatus.ENROLLED
    assert answer.person_id == 0


def test_a_deactivated_person_is_answered_alike_and_nothing_happens(house: House):
    session_id = public(house)
    make_person(email="ann@example.org", deactivated_at=NOW)
    assert register("chess", ANN, NOW).status == SeatStatus.ENROLLED
    assert standing(session_id) == {}
    assert notices() == []


def test_registering_again_after_leaving_goes_to_the_end(house: House):
    session_id = public(house, 2)
    for name in ("Ann", "Ben", "Cem"):
        enter(name)
    do(enrolling.leave, viewer(person("ann@example.org").id or 0), session_id)
    assert enter("Ann").position == 2
    assert standing(session_id) == {
        "ann@example.org": "waiting",
        "ben@example.org": "enrolled",
        "cem@example.org": "waiting",
    }


def test_consent_is_asked_for_and_kept_where_there_is_a_text(house: House):
    with transaction() as db:
        db.get_one(Organisation, 1).consent_text = "We keep your name."
    public(house)
    with pytest.raises(Refusal) as refused:
        enter("Ann")
    assert list(refused.value.by_field()) == ["consents"]
    assert rows_of(Person)[-1].email != "ann@example.org"
    enter("Ann", consents=True)
    assert rows_of(Change)[-1].after["consent"] == "We keep your name."


def test_a_place_is_held_until_it_is_confirmed_where_the_programme_wants_that():
    house = make_house(confirms_visitors=True)
    session_id = public(house, 2)
    assert enter("Ann").status == SeatStatus.UNCONFIRMED
    assert enter("Ben").status == SeatStatus.WAITING
    assert notices()[0].kind == NoticeKind.CONFIRM
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        assert enter("Cem").status == SeatStatus.WAITING
    assert standing(session_id) == {
        "ann@example.org": "withdrawn",
        "ben@example.org": "enrolled",
        "cem@example.org": "waiting",
    }


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"slug": "other"}, NotFound),
        ({"audience": Audience.PRIVATE}, NotFound),
        ({"deleted_at": NOW}, NotFound),
        ({"status": Status.CANCELLED}, StepRefused),
        ({"status": Status.COMPLETED}, StepRefused),
    ],
)
def test_where_nobody_can_register_they_are_told_so(house: House, values: dict[str, Any], refusal: type[Refusal]):
    public(house, **values)
    with pytest.raises(refusal):
        enter("Ann")


def test_where_visitors_are_not_let_in_members_are_asked_to_sign_in():
    house = make_house(allows_visitors=False)
    public(house)
    make_member(house.program_id, make_person(email="ann@example.org"), Role.MENTEE)
    for name in ("Ann", "Ben"):
        with pytest.raises(Refusal, match="Sign in to join it"):
            enter(name)


def test_an_invited_person_takes_their_place_by_registering(house: House):
    session_id = public(house)
    make_seat(session_id, make_person(email="ann@example.org"), SeatStatus.INVITED)
    assert register("chess", ANN, NOW).status == SeatStatus.ENROLLED
    assert standing(session_id) == {"ann@example.org": "enrolled"}


def test_many_threads_at_once_take_each_place_once(house: House):
    session_id = public(house, 10)
    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(lambda number: enter(f"Guest{number}"), range(60)))
    assert sum(one.status == SeatStatus.ENROLLED for one in answers) == 9
    assert sorted(one.position for one in answers if one.position) == list(range(1, 52))
    assert sorted(standing(session_id).values()) == ["enrolled"] * 9 + ["waiting"] * 51


@pytest.mark.parametrize("raw", [{"name": "", "email": "a@b.de"}, {"name": "Ann", "email": "ann"}, {"name": "Ann"}])
def test_a_draft_without_name_or_address_is_refused(raw: dict[str, str]):
    with pytest.raises(Refusal):
        read(RegisterDraft, raw)


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_name_of_nothing_is_said_to_be_missing(name: str):
    with pytest.raises(Refusal) as refused:
        read(RegisterDraft, {"name": name, "email": "a@b.de"})
    assert refused.value.by_field() == {"name": "The name is missing. Fill in the name."}


@pytest.mark.parametrize(("said", "kept"), [("Asia/Kolkata", "Asia/Kolkata"), ("Mars/Base", ""), ("", "")])
def test_visitors_read_times_in_the_zone_of_their_browser(said: str, kept: str) -> None:
    public(make_house())
    enter("Ann", zone=said)
    enter("Ann", zone="Europe/Paris")
    assert person("ann@example.org").browser_zone == kept
