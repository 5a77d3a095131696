"""What is told to whom: one notice a person and command."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.models.database import transaction
from app.models.notices import hasten, tell
from app.models.tables import Change, Notice, Session
from app.models.words import MailStatus, NoticeKind, SeatStatus
from tests.models.factories import NOW, at, make_group, make_house, make_person, make_seat, make_session, notices


def tell_of(kind: NoticeKind, ids: list[int], **values: object) -> None:
    with transaction() as db:
        rows = [db.get_one(Session, one) for one in ids]
        tell(db, kind, rows, **{"actor": None, "now": NOW} | values)  # pyright: ignore


@pytest.mark.parametrize("status", SeatStatus)
def test_everybody_with_a_place_is_told(status: SeatStatus):
    house, guest = make_house(), make_person()
    session_id = make_group(house, at(1))
    make_seat(session_id, guest, status)

    tell_of(NoticeKind.CHANGED, [session_id])

    has_place = status not in (SeatStatus.DECLINED, SeatStatus.WITHDRAWN)
    assert [notice.person_id for notice in notices()] == [house.mentor.person_id] + [guest] * has_place


def test_many_sessions_are_one_notice_a_person_in_their_order():
    house = make_house()
    ids = [make_session(house, at(day)) for day in (1, 2, 3)]

    tell_of(NoticeKind.CANCELLED, ids, reason="Holidays")

    assert [notice.person_id for notice in notices()] == [house.mentor.person_id, house.mentee.person_id]
    assert [one["id"] for one in notices()[0].facts["sessions"]] == ids
    assert (notices()[0].facts["reason"], notices()[0].useful_until) == ("Holidays", at(3, 18))


def test_actor_has_seen_what_they_did_and_is_mailed_all_the_same():
    house = make_house()

    tell_of(NoticeKind.BOOKED, [make_session(house, at(1))], actor=house.mentee)

    mentor, mentee = notices()
    assert (mentor.seen_at, mentee.seen_at) == (None, NOW)
    assert mentee.mail_status == MailStatus.WAITING
    assert mentor.facts["actor"] == "Mia Mentee"


def test_same_thing_is_not_told_twice():
    house = make_house()
    session_id = make_session(house, at(1))
    tell_of(NoticeKind.BOOKED, [session_id])

    with pytest.raises(IntegrityError):
        tell_of(NoticeKind.BOOKED, [session_id])


def test_hasten_lets_only_waiting_drags_of_these_sessions_go():
    house = make_house()
    dragged, other = make_session(house, at(1)), make_session(house, at(3))
    later = NOW + timedelta(seconds=10)
    for session_id, batch_id in ((dragged, "a"), (other, "b")):
        tell_of(NoticeKind.MOVED, [session_id], due_at=later, batch_id=batch_id)
        with transaction() as db:
            db.add(Change(batch_id=batch_id, at=NOW, session_id=session_id, step="move"))
    with transaction() as db:
        db.get_one(Notice, notices(batch_id="a")[0].id).mail_status = MailStatus.DROPPED
        hasten(db, [dragged], NOW)

    assert [notice.due_at for notice in notices(batch_id="a")] == [later, NOW]
    assert [notice.due_at for notice in notices(batch_id="b")] == [later, later]
