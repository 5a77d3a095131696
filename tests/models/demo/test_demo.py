"""The invented organisation keeps the rules of a real one."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from argon2 import PasswordHasher
from sqlmodel import select

from app.models.clock import wall
from app.models.database import reading
from app.models.demo import SignIns, __main__, fill
from app.models.demo.diary import Diary, draw_period
from app.models.demo.span import Span
from app.models.errors import Refusal
from app.models.lifecycle import shown_as
from app.models.permissions import facts_of, load_viewer
from app.models.queries.messages import count_unread, list_threads
from app.models.tables import Message, Move, Notice, Organisation, Person, Program, Relationship, Seat, Series, Session
from app.models.words import Audience, Kind, MailStatus, Rank, SeatStatus, Shown, Status

NOW = datetime(2026, 10, 21, 9, 40, tzinfo=UTC)


@pytest.fixture
def signs(empty_database: str) -> SignIns:
    return fill(now=NOW, password="a-password")


def sessions_with_a_time() -> list[Session]:
    with reading() as db:
        return [session for session in db.exec(select(Session)) if session.start_at]


def test_demo_shows_every_status_and_move(signs: SignIns) -> None:
    shown = {shown_as(facts_of(session), NOW) for session in sessions_with_a_time()}
    with reading() as db:
        assert db.exec(select(Move)).first() is not None
    assert shown == set(Shown) - {Shown.RESCHEDULED}


def test_demo_has_the_promised_size(signs: SignIns) -> None:
    with reading() as db:
        roles = {role: len(ids) for role, ids in people_of_pairs(list(db.exec(select(Relationship)))).items()}
        words = {(program.mentor_word, program.mentee_word) for program in db.exec(select(Program))}
        zones = {session.zone for session in sessions_with_a_time()}
        organisation = db.get_one(Organisation, 1)
    assert roles == {"mentors": 12, "mentees": 61}  # one of the mentors is coached as well
    assert words == {("mentor", "mentee"), ("instructor", "student"), ("coach", "coachee")}
    assert len(zones) >= 4
    assert len(sessions_with_a_time()) == 400
    assert organisation.is_demo


def people_of_pairs(pairs: list[Relationship]) -> dict[str, set[int]]:
    return {"mentors": {pair.mentor_id for pair in pairs}, "mentees": {pair.mentee_id for pair in pairs}}


@pytest.mark.parametrize("count", [400, 3000])
def test_demo_has_no_clash(empty_database: str, count: int) -> None:
    fill(now=NOW, sessions=count, password="a-password")
    held, attended = defaultdict(list), defaultdict(list)
    for session in sessions_with_a_time():
        held[session.host_id].append((session.start_at, session.end_at))
        if session.mentee_id:
            attended[session.mentee_id].append((session.start_at, session.end_at))
    assert not any(one[1] >= other[0] for times in held.values() for one, other in pairwise(sorted(times)))
    assert not any(one[1] > other[0] for times in attended.values() for one, other in pairwise(sorted(times)))


def test_demo_numbers_each_pairs_sessions_without_gaps(signs: SignIns) -> None:
    numbers = defaultdict(list)
    with reading() as db:
        for session in db.exec(select(Session).where(Session.kind == Kind.ONE_TO_ONE)):
            numbers[session.relationship_id].append(session.number)
        counted = {pair.id: pair.next_number for pair in db.exec(select(Relationship)) if pair.next_number > 1}
    assert {pair: sorted(own) for pair, own in numbers.items()} == {
        pair: list(range(1, following)) for pair, following in counted.items()
    }


def test_demo_gives_every_participant_a_seat(signs: SignIns) -> None:
    with reading() as db:
        seats = list(db.exec(select(Seat)))
        sessions = {session.id: session for session in db.exec(select(Session))}
    hosts = {seat.session_id: seat.person_id for seat in seats if seat.is_host}
    assert hosts == {session_id: session.host_id for session_id, session in sessions.items()}
    enrolled = defaultdict(int)
    for seat in seats:
        enrolled[seat.session_id] += seat.status == SeatStatus.ENROLLED
    groups = {key: session.maximum for key, session in sessions.items() if session.kind == Kind.GROUP}
    assert all(enrolled[session_id] <= maximum for session_id, maximum in groups.items())


def test_demo_series_keep_their_wall_time_across_the_clock_change(signs: SignIns) -> None:
    hours = defaultdict(set)
    for session in sessions_with_a_time():
        if session.series_id and session.start_at:
            hours[session.series_id].add(wall(session.start_at, session.zone).time())
    with reading() as db:
        firsts = {one.id: {datetime.fromisoformat(one.first_wall).time()} for one in db.exec(select(Series))}
    assert hours == firsts


def test_demo_leaves_no_online_session_that_the_clock_should_have_closed(signs: SignIns) -> None:
    open_past = [
        session
        for session in sessions_with_a_time()
        if session.status in (Status.SCHEDULED, Status.PENDING) and session.end_at and session.end_at <= NOW
    ]
    assert open_past
    assert {session.place for session in open_past} <= {"in_person", "call"}


def test_demo_mails_nobody(signs: SignIns) -> None:
    with reading() as db:
        assert {notice.mail_status for notice in db.exec(select(Notice))} == {MailStatus.NONE}


def test_demo_sign_ins_and_link_are_real(signs: SignIns) -> None:
    with reading() as db:
        people = {person.email: person for person in db.exec(select(Person))}
        group = db.exec(select(Session).where(Session.slug == signs.group_slug)).one()
    for email in (signs.manager, signs.mentor, signs.mentee):
        PasswordHasher().verify(people[email].password_hash or "", signs.password)
    assert people[signs.manager].rank == Rank.OWNER
    assert (group.audience, group.status) == (Audience.PUBLIC, Status.SCHEDULED)


def test_demo_refuses_a_database_that_is_in_use(signs: SignIns) -> None:
    with pytest.raises(Refusal, match="not empty"):
        fill(now=NOW)


def test_demo_command_prints_who_can_sign_in(signs: SignIns, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERIDIAN_PUBLIC_URL", "https://meet.example.org/")
    printed = __main__.described(signs)
    for expected in (signs.manager, signs.mentor, signs.mentee, "a-password"):
        assert expected in printed
    assert f"https://meet.example.org/g/{signs.group_slug}\n" in printed


def test_diary_takes_no_period_that_touches_another() -> None:
    diary, rng = Diary(), random.Random(1)
    period = draw_period(rng, NOW.date(), "Europe/Berlin", 60)
    assert diary.take(period, 1, 2)
    after = type(period)(period.end, period.end + timedelta(minutes=30))
    assert not diary.take(after, 2, 3)
    assert diary.take(after, 3)


def test_span_of_many_sessions_has_more_people() -> None:
    assert (Span.around(NOW, 400).mentors, Span.around(NOW, 400).mentees) == (12, 60)
    assert Span.around(NOW, 100_000).mentors == 400


def test_demo_has_conversations_of_the_pair_that_signs_in(signs: SignIns) -> None:
    with reading() as db:
        people = {
            email: db.exec(select(Person).where(Person.email == email)).one() for email in (signs.mentor, signs.mentee)
        }
        mentor, mentee = (load_viewer(db, person.id or 0) for person in people.values())
        assert mentor is not None
        assert mentee is not None
        assert [bool(line.excerpt) for line in list_threads(db, mentor)][:2] == [True, True]
        assert (count_unread(db, mentor), list_threads(db, mentee)[0].excerpt) == (2, "Shall I bring my calculator?")
        assert all(message.sent_at <= NOW for message in db.exec(select(Message)))
