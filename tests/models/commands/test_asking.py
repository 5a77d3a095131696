"""Asking how a group session was: whom, when, once, and who is left out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from app.models import outbox
from app.models.commands.asking import AFTER, LATEST, ask_how_it_was
from app.models.commands.clockwork import tick
from app.models.commands.rating import rate
from app.models.database import transaction
from app.models.drafts.ratings import RatingDraft
from app.models.tables import Session
from app.models.words import MailStatus, NoticeKind, SeatStatus, Status
from tests.models import factories as make
from tests.models.factories import NOW, House, at, do, make_group, make_person, make_seat, make_session, told, viewer

SECOND = timedelta(seconds=1)


@pytest.fixture
def came() -> list[int]:
    return [make_person(name) for name in ("Gina Guest", "Vera Visitor")]


def over(house: House, came: list[int], **values: object) -> int:
    return make_group(house, at(0, 8), came, **{"status": Status.COMPLETED, "finished_at": NOW} | values)


def asked() -> list[int]:
    return [person_id for person_id, _ in told(kind=NoticeKind.RATE)]


def test_those_who_came_are_asked_once_an_hour_after_the_end(house: House, came: list[int]):
    over(house, came)

    assert [ask_how_it_was(NOW + AFTER - SECOND), ask_how_it_was(NOW + AFTER)] == [0, 1]
    assert ask_how_it_was(NOW + AFTER + SECOND) == 0
    assert asked() == came


def test_clock_asks(house: House, came: list[int]):
    over(house, came)

    assert [tick(NOW + AFTER), tick(NOW + AFTER)] == [1, 0]


def test_nobody_is_asked_late(house: House, came: list[int]):
    over(house, came)

    assert ask_how_it_was(NOW + LATEST) == 0


@pytest.mark.parametrize("values", [{"status": Status.MISSED}, {"deleted_at": NOW}])
def test_only_a_session_that_took_place_is_asked_about(house: House, came: list[int], values: dict[str, object]):
    over(house, came, **values)

    assert ask_how_it_was(NOW + AFTER) == 0


def test_pairs_are_not_asked(house: House):
    make_session(house, at(0, 8), status=Status.COMPLETED, finished_at=NOW)

    assert ask_how_it_was(NOW + AFTER) == 0


def test_who_was_absent_left_waits_or_has_rated_is_not_asked(house: House, came: list[int]):
    session_id = over(house, came)
    for status in (SeatStatus.WAITING, SeatStatus.WITHDRAWN, SeatStatus.INVITED):
        make_seat(session_id, make_person(f"Olaf {status}"), status)
    make_seat(session_id, make_person("Abby Absent"), SeatStatus.ENROLLED, attended=False)
    do(rate, viewer(came[0]), session_id, RatingDraft(rating=4))

    assert ask_how_it_was(NOW + AFTER) == 1
    assert asked() == came[1:]


@pytest.mark.parametrize("values", [{"status": Status.MISSED}, {"deleted_at": NOW}])
def test_waiting_mail_is_dropped_once_its_session_did_not_take_place(
    house: House, came: list[int], values: dict[str, object]
):
    session_id = over(house, came)
    ask_how_it_was(NOW + AFTER)
    with transaction() as db:
        db.execute(sa.update(Session).where(col(Session.id) == session_id).values(values))

    assert outbox.claim("here", NOW + AFTER, domain="example.org") == []
    dropped = make.notices(kind=NoticeKind.RATE, mail_status=MailStatus.DROPPED)
    assert [(row.person_id, row.last_error) for row in dropped] == [(one, outbox.ASKS_OF_NOTHING) for one in came]
