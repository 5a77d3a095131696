"""Booking, arranging, reactivating: who may, what is refused, what is written and told."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from sqlmodel import select

from app.models import clock
from app.models.commands.booking import Verdict, arrange, arrange_again, book, check, reactivate
from app.models.database import reading, transaction
from app.models.drafts import BookingDraft, Meeting, Repetition
from app.models.errors import Clash, NotFound, Refusal, Stale, StepRefused
from app.models.tables import Membership, Person, Program, Relationship, Series
from app.models.words import MailStatus, NoticeKind, Place, Platform, Rank, Repeat, Role, Scope, Status
from tests.models.factories import (
    BERLIN,
    IN_PERSON,
    LINK,
    NOW,
    ONLINE,
    House,
    at,
    booking,
    changes,
    do,
    editing,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_program,
    make_relationship,
    make_session,
    notices,
    seats,
    session,
    sessions,
    told,
    viewer,
    wall,
)

WEEKLY = Repetition(repeat=Repeat.WEEKLY, times=3)


@pytest.fixture
def house() -> House:
    return make_house()


def test_book_writes_a_scheduled_session_with_both_seats(house: House):
    result = do(book, house.manager, booking(house, title="Fractions", details="Page 12"))

    [session_id] = result["session_ids"]
    row = session(session_id)
    assert (row.status, row.start_at, row.end_at) == (Status.SCHEDULED, at(), at(1, 18))
    assert (row.title, row.details, row.zone, row.link) == ("Fractions", "Page 12", BERLIN, LINK)
    assert (row.number, row.sequence, row.recurrence_at) == (1, 0, None)
    assert row.uid.endswith("@meridian")
    assert {person: seat.is_host for person, seat in seats(session_id).items()} == {
        house.mentor.person_id: True,
        house.mentee.person_id: False,
    }


def test_book_tells_both_once_and_the_booker_by_mail_only(house: House):
    do(book, house.mentor, booking(house))

    assert told() == [
        (house.mentor.person_id, NoticeKind.BOOKED),
        (house.mentee.person_id, NoticeKind.BOOKED),
    ]
    assert [notice.seen_at for notice in notices()] == [NOW, None]
    assert {notice.mail_status for notice in notices()} == {MailStatus.WAITING}


def test_book_without_mail_still_rings_the_bell(house: House):
    do(book, house.manager, booking(house, notifies=False))

    assert {notice.mail_status for notice in notices()} == {MailStatus.NONE}


def test_book_appends_to_the_history_what_changed(house: House):
    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    [change] = changes(session_id)
    assert (change.step, change.actor_id, change.at) == ("book", house.manager.person_id, NOW)
    assert (change.before["status"], change.after["status"]) == ("to_be_arranged", "scheduled")
    assert (change.before["start_at"], change.after["start_at"]) == (None, at().isoformat())


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_book_is_open_to_the_pair_and_their_manager(house: House, part: str):
    assert len(do(book, house.part(part), booking(house))["session_ids"]) == 1


def strangers(house: House) -> dict[str, int]:
    """People who have no say in the house's pair, though some manage or teach elsewhere."""
    elsewhere = make_program(name="Elsewhere")
    people = {name: make_person(name) for name in ("nobody", "foreign mentor", "foreign manager", "fellow mentor")}
    make_member(elsewhere, people["foreign mentor"], Role.MENTOR)
    make_member(elsewhere, people["foreign manager"], Role.MANAGER)
    make_member(house.program_id, people["fellow mentor"], Role.MENTOR)
    return people


@pytest.mark.parametrize("name", ["nobody", "foreign mentor", "foreign manager", "fellow mentor"])
def test_book_is_not_found_for_strangers(house: House, name: str):
    stranger = viewer(strangers(house)[name])

    with pytest.raises(NotFound):
        do(book, stranger, booking(house))

    assert sessions() == []


def test_book_is_not_found_for_a_mentor_after_the_relationship_ended():
    program_id = make_program()
    mentor, mentee = make_person(), make_person()
    make_member(program_id, mentor, Role.MENTOR)
    pair = make_relationship(program_id, mentor, mentee, ended_at=NOW)
    house = House(program_id, viewer(mentor), viewer(mentor), viewer(mentee), pair)

    with pytest.raises(NotFound):
        do(book, house.mentor, booking(house))


def test_book_is_not_found_in_a_programme_that_does_not_exist(house: House):
    with pytest.raises(NotFound):
        do(book, house.manager, booking(house, program_id=999))


def test_book_by_a_programme_manager_is_not_found_for_somebody_they_cannot_see(house: House):
    outsider = make_person("Olga Outsider")

    with pytest.raises(NotFound):
        do(book, house.manager, booking(house, mentee_id=outsider))


def test_book_assigns_a_pair_that_is_not_with_numbered_sessions(house: House):
    newcomer = make_person("Nia New")
    make_member(house.program_id, newcomer, Role.MENTEE)

    do(book, house.manager, booking(house, mentee_id=newcomer))

    rows = sessions(mentee_id=newcomer)
    assert sorted((row.number, row.status) for row in rows) == [
        (1, Status.SCHEDULED),
        (2, Status.TO_BE_ARRANGED),
        (3, Status.TO_BE_ARRANGED),
    ]
    assert len({row.uid for row in rows}) == 3
    with reading() as db:
        assert db.get_one(Relationship, rows[0].relationship_id).next_number == 4


def test_book_by_the_organisations_manager_makes_missing_memberships(house: House):
    chief = make_person("Cleo Chief", rank=Rank.MANAGER)
    mentor, mentee = make_person(), make_person()

    do(book, viewer(chief), booking(house, mentor_id=mentor, mentee_id=mentee))

    assert viewer(mentor).mentored == {house.program_id}
    assert viewer(mentee).attended == {house.program_id}


def test_book_makes_a_new_relationship_after_one_that_ended():
    house = make_house()
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW

    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    assert session(session_id).relationship_id != house.relationship_id


def test_book_fills_the_lowest_number_to_be_arranged_then_adds(house: House):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 6
    make_session(house, number=4)
    make_session(house, number=2)
    make_session(house, at(9), number=5, status=Status.CANCELLED)

    result = do(book, house.manager, booking(house, repetition=WEEKLY))

    rows = [session(one) for one in result["session_ids"]]
    assert [(row.number, row.start_at) for row in rows] == [(2, at(1)), (4, at(8)), (6, at(15))]


def test_book_refuses_somebody_with_themselves(house: House):
    with pytest.raises(Refusal, match="Nobody meets themselves"):
        do(book, house.manager, booking(house, mentee_id=house.mentor.person_id))


def test_book_refuses_a_person_who_is_no_longer_active(house: House):
    with transaction() as db:
        db.get_one(Person, house.mentee.person_id).deactivated_at = NOW

    with pytest.raises(Refusal, match="no longer active"):
        do(book, house.mentor, booking(house))


def test_book_refuses_a_closed_programme(house: House):
    with transaction() as db:
        db.get_one(Program, house.program_id).archived_at = NOW

    with pytest.raises(Refusal, match="closed"):
        do(book, house.manager, booking(house))


@pytest.mark.parametrize("start", [NOW, NOW - timedelta(hours=1)])
def test_book_refuses_a_start_that_is_not_ahead(house: House, start: datetime):
    with pytest.raises(Refusal, match="has passed") as refused:
        do(book, house.manager, booking(house, start))

    assert [problem.field for problem in refused.value.problems] == ["day"]


@pytest.mark.zones
def test_book_refuses_a_wall_time_that_does_not_occur(house: House):
    draft = booking(house).model_copy(update={"day": date(2026, 3, 29), "at": time(2, 30)})

    with pytest.raises(Refusal, match="does not exist in Europe/Berlin"):
        do(book, house.manager, draft)


@pytest.mark.zones
def test_book_takes_the_first_of_a_wall_time_that_occurs_twice(house: House):
    draft = booking(house).model_copy(update={"day": date(2026, 10, 25), "at": time(2, 30)})

    [session_id] = do(book, house.manager, draft)["session_ids"]

    assert session(session_id).start_at == datetime(2026, 10, 25, 0, 30, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("meeting", "field"),
    [
        (Meeting(platform=Platform.ZOOM), "meeting.link"),
        (Meeting(platform=Platform.BIG_BLUE_BUTTON), "meeting.link"),
        (Meeting(place=Place.IN_PERSON), "meeting.address"),
    ],
)
def test_book_refuses_a_place_nobody_could_find(house: House, meeting: Meeting, field: str):
    with pytest.raises(Refusal) as refused:
        do(book, house.manager, booking(house, meeting=meeting))

    assert list(refused.value.by_field()) == [field]


@pytest.mark.parametrize(
    ("values", "is_enough"),
    [({}, False), ({"bbb_url": "https://b.org"}, False), ({"bbb_url": "https://b.org", "bbb_secret": "s"}, True)],
)
def test_book_asks_for_no_link_where_the_organisation_has_a_server(
    house: House, values: dict[str, str], is_enough: bool
):
    make_organisation(**values)
    draft = booking(house, meeting=Meeting())

    if is_enough:
        do(book, house.manager, draft)
    else:
        with pytest.raises(Refusal):
            do(book, house.manager, draft)


def test_book_a_call_needs_nothing_more(house: House):
    [session_id] = do(book, house.manager, booking(house, meeting=Meeting(place=Place.CALL)))["session_ids"]

    assert session(session_id).platform == ""


def test_book_keeps_only_what_belongs_to_the_place(house: House):
    both = Meeting(place=Place.IN_PERSON, address="Room 4", link=LINK, passcode="123")

    [session_id] = do(book, house.manager, booking(house, meeting=both))["session_ids"]

    row = session(session_id)
    assert (row.address, row.link, row.passcode, row.platform) == ("Room 4", "", "", "")


def test_book_asks_the_other_party_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)

    for part, other in (("mentor", house.mentee), ("mentee", house.mentor)):
        day = 1 if part == "mentor" else 2
        [session_id] = do(book, house.part(part), booking(house, at(day), notifies=False))["session_ids"]
        row = session(session_id)
        assert (row.status, row.asked_id) == (Status.PENDING, other.person_id)
        assert row.asked_by_id == house.part(part).person_id
    assert {notice.kind for notice in notices()} == {NoticeKind.ASKED}
    assert {notice.mail_status for notice in notices()} == {MailStatus.WAITING}, "a question is always mailed"


def test_book_by_a_manager_asks_nobody():
    house = make_house(asks_confirmation=True)

    [session_id] = do(book, house.manager, booking(house))["session_ids"]

    assert (session(session_id).status, session(session_id).asked_id) == (Status.SCHEDULED, None)


# Clashes


CLASHING = [
    pytest.param(at(1, 17), 60, id="equal"),
    pytest.param(at(1, 16, 30), 120, id="contains"),
    pytest.param(at(1, 17, 15), 30, id="within"),
    pytest.param(at(1, 17, 45), 60, id="end"),
    pytest.param(at(1, 16, 15), 60, id="start"),
]


@pytest.mark.parametrize(("start", "minutes"), CLASHING)
def test_book_refuses_an_hour_that_is_taken(house: House, start: datetime, minutes: int):
    make_session(house, at())

    with pytest.raises(Clash, match="Max Mentor has “Algebra” on Tue 3 Mar 2026, 17:00–18:00"):
        do(book, house.manager, booking(house, start, minutes))


@pytest.mark.parametrize("start", [at(1, 16), at(1, 18)])
def test_book_refuses_to_touch_a_mentors_session_unless_back_to_back_is_allowed(house: House, start: datetime):
    make_session(house, at())

    with pytest.raises(Clash, match="may not touch"):
        do(book, house.manager, booking(house, start))

    with transaction() as db:
        db.get_one(Program, house.program_id).allows_back_to_back = True
    assert do(book, house.manager, booking(house, start))["session_ids"]


def test_book_refuses_to_touch_where_only_one_programme_allows_it(house: House):
    other = make_house(allows_back_to_back=True)
    make_session(house, at())
    draft = booking(other, at(1, 18), mentor_id=house.mentor.person_id)
    chief = viewer(make_person(rank=Rank.OWNER))

    with pytest.raises(Clash):
        do(book, chief, draft)


def test_book_lets_a_mentees_sessions_touch(house: House):
    make_session(house, at())
    other = make_person("Otto Other")
    make_member(house.program_id, other, Role.MENTOR)

    assert do(book, house.manager, booking(house, at(1, 18), mentor_id=other))["session_ids"]
    with pytest.raises(Clash, match="Mia Mentee"):
        do(book, house.manager, booking(house, at(1, 17, 30), mentor_id=other))


@pytest.mark.parametrize("status", Status)
def test_book_minds_only_what_occupies_time(house: House, status: Status):
    make_session(house, at(), status=status)

    if status in (Status.PENDING, Status.SCHEDULED, Status.LIVE):
        with pytest.raises(Clash):
            do(book, house.manager, booking(house))
    else:
        do(book, house.manager, booking(house))


def test_book_does_not_mind_a_deleted_session(house: House):
    make_session(house, at(), deleted_at=NOW)

    assert do(book, house.manager, booking(house))["session_ids"]


def test_book_minds_a_group_session_that_the_mentor_hosts(house: House):
    make_group(house, at())

    with pytest.raises(Clash, match="Max Mentor has “Chess”"):
        do(book, house.manager, booking(house))


def test_book_only_warns_of_a_group_seat_of_the_mentee(house: House):
    host = make_house()
    make_group(host, at(), [house.mentee.person_id])

    with reading() as db:
        [finding] = check(db, house.mentee, NOW, booking(house)).findings
    assert finding.verdict == Verdict.WARNED
    assert finding.messages[0].startswith("You have a place in “Chess”")
    assert do(book, house.mentee, booking(house))["session_ids"]


def test_book_minds_a_session_in_which_the_mentor_is_a_mentee(house: House):
    elsewhere = make_house()
    make_session(elsewhere, at(), mentee_id=house.mentor.person_id, relationship_id=None, title="How to teach")

    with pytest.raises(Clash):
        do(book, house.manager, booking(house, at(1, 17, 30)))
    assert do(book, house.manager, booking(house, at(1, 18)))["session_ids"], "it may touch"


def test_clash_does_not_tell_a_mentee_whom_else_the_mentor_meets(house: House):
    secret = make_person("Sam Secret")
    make_session(house, at(), mentee_id=secret, title="Sam’s troubles", relationship_id=None)

    with pytest.raises(Clash) as refused:
        do(book, house.mentee, booking(house, at(1, 17, 30)))

    text = str(refused.value)
    assert text == "Max Mentor is busy on Tue 3 Mar 2026, 17:30–18:30 (Berlin time, UTC+1). Choose another time."
    assert "Sam" not in text


def test_clash_is_told_in_the_viewers_zone(house: House):
    make_session(house, at())
    manager = viewer(make_person("Nina", zone="America/New_York", rank=Rank.MANAGER))

    with pytest.raises(Clash, match=r"11:00–12:00 \(New York time, UTC−5\)"):
        do(book, manager, booking(house))


def test_clash_with_ones_own_session_says_you(house: House):
    make_session(house, at())

    with pytest.raises(Clash, match="You have “Algebra”"):
        do(book, house.mentor, booking(house))


# Series


def test_book_a_series_shares_a_uid_and_keeps_each_original_start(house: House):
    ids = do(book, house.manager, booking(house, repetition=WEEKLY))["session_ids"]

    rows = [session(one) for one in ids]
    assert {row.uid for row in rows} == {rows[0].uid}
    assert [row.recurrence_at for row in rows] == [at(1), at(8), at(15)]
    with reading() as db:
        run = db.get_one(Series, rows[0].series_id)
    assert (run.uid, run.rrule, run.zone) == (rows[0].uid, "FREQ=WEEKLY;COUNT=3", BERLIN)
    assert (run.first_wall, run.minutes, run.skipped_walls) == ("2026-03-03T17:00", 60, [])


def test_book_a_series_is_one_notice_a_person(house: House):
    do(book, house.manager, booking(house, repetition=Repetition(repeat=Repeat.DAILY, times=40)))

    assert told() == [
        (house.mentor.person_id, NoticeKind.BOOKED),
        (house.mentee.person_id, NoticeKind.BOOKED),
    ]
    assert len(notices()[0].facts["sessions"]) == 40


def test_book_a_series_of_one_is_a_single_session(house: House):
    [session_id] = do(book, house.manager, booking(house, repetition=Repetition(repeat=Repeat.WEEKLY, times=1)))[
        "session_ids"
    ]

    assert (session(session_id).series_id, session(session_id).recurrence_at) == (None, None)


def test_book_a_series_lists_every_clashing_date_and_saves_nothing(house: House):
    make_session(house, at(1), title="First")
    make_session(house, at(15), title="Third")

    with pytest.raises(Clash) as refused:
        do(book, house.manager, booking(house, repetition=WEEKLY))

    assert "“First” on Tue 3 Mar" in str(refused.value)
    assert "“Third” on Tue 17 Mar" in str(refused.value)
    assert len(sessions()) == 2


def test_book_a_series_may_skip_clashing_dates(house: House):
    make_session(house, at(8))

    result = do(book, house.manager, booking(house, repetition=WEEKLY, skips_clashes=True))

    assert [session(one).start_at for one in result["session_ids"]] == [at(1), at(15)]
    assert result["skipped"] == ["2026-03-10T17:00"]
    with reading() as db:
        assert db.get_one(Series, session(result["session_ids"][0]).series_id).skipped_walls == ["2026-03-10T17:00"]


@pytest.mark.zones
def test_book_a_series_may_skip_a_date_that_does_not_occur(house: House):
    draft = booking(house, skips_clashes=True, repetition=Repetition(repeat=Repeat.DAILY, times=3)).model_copy(
        update={"day": date(2026, 3, 28), "at": time(2, 30)}
    )

    result = do(book, house.manager, draft)

    assert [clock.wall(s.start_at, BERLIN) for s in sessions(status=Status.SCHEDULED) if s.start_at] == [
        wall(2026, 3, 28, 2, 30),
        wall(2026, 3, 30, 2, 30),
    ]
    assert result["skipped"] == ["2026-03-29T02:30"]


def test_book_a_series_refuses_to_skip_them_all(house: House):
    for day in (1, 8, 15):
        make_session(house, at(day))

    with pytest.raises(Clash):
        do(book, house.manager, booking(house, repetition=WEEKLY, skips_clashes=True))


def test_book_a_series_never_skips_a_date_in_the_past(house: House):
    draft = booking(house, NOW - timedelta(hours=1), repetition=WEEKLY, skips_clashes=True)

    with pytest.raises(Refusal, match="has passed"):
        do(book, house.manager, draft)


def test_book_a_series_shortens_a_long_list_of_clashes(house: House):
    daily = Repetition(repeat=Repeat.DAILY, times=20)
    do(book, house.manager, booking(house, repetition=daily))

    with pytest.raises(Clash) as refused:
        do(book, house.manager, booking(house, repetition=daily))

    assert len(refused.value.problems) == 7
    assert str(refused.value).endswith("And 14 more dates like these. Choose another time.")


@pytest.mark.parametrize("count", [1, 30])
def test_book_asks_the_database_equally_often_for_one_date_and_for_thirty(house: House, count: int, count_reads):
    draft = booking(house, repetition=Repetition(repeat=Repeat.DAILY, times=count))
    do(book, house.manager, draft)
    with count_reads() as reads, reading() as db:
        check(db, house.manager, NOW, draft)

    assert len(reads) == 11


# Check


def test_check_judges_every_date_and_offers_the_next_free_times(house: House):
    make_session(house, at(1))

    with reading() as db:
        outlook = check(db, house.manager, NOW, booking(house, repetition=WEEKLY))

    assert [(one.wall, one.verdict) for one in outlook.findings] == [
        (wall(2026, 3, 3, 17), Verdict.CLASH),
        (wall(2026, 3, 10, 17), Verdict.FREE),
        (wall(2026, 3, 17, 17), Verdict.FREE),
    ]
    assert outlook.free_times == [at(1, 18, 30), at(1, 19), at(1, 19, 30)]
    assert [finding.can_be_booked for finding in outlook.findings] == [False, True, True]


def test_check_offers_nothing_where_the_hour_is_free(house: House):
    with reading() as db:
        assert check(db, house.manager, NOW, booking(house)).free_times == []


def test_check_offers_times_ahead_for_an_hour_that_has_passed(house: House):
    with reading() as db:
        outlook = check(db, house.manager, NOW, booking(house, NOW - timedelta(days=3)))

    assert [one.verdict for one in outlook.findings] == [Verdict.PAST]
    assert len(outlook.free_times) == 3
    assert all(free > NOW for free in outlook.free_times)


def test_check_is_not_found_for_strangers(house: House):
    for person_id in strangers(house).values():
        with reading() as db, pytest.raises(NotFound):
            check(db, viewer(person_id), NOW, booking(house))


def test_check_writes_nothing(house: House):
    newcomer = make_person()
    make_member(house.program_id, newcomer, Role.MENTEE)

    with reading() as db:
        check(db, house.manager, NOW, booking(house, mentee_id=newcomer))
        assert not db.new
        assert not db.dirty


# Arrange, arrange again, reactivate


@pytest.mark.parametrize("part", ["manager", "mentor", "mentee"])
def test_arrange_gives_a_waiting_session_its_time(house: House, part: str):
    session_id = make_session(house, number=2)

    do(arrange, house.part(part), session_id, editing(at(), meeting=IN_PERSON))

    row = session(session_id)
    assert (row.status, row.start_at, row.address, row.number) == (
        Status.SCHEDULED,
        at(),
        "Room 4, Old School",
        2,
    )
    assert told()[0][1] == NoticeKind.BOOKED


def test_arrange_brings_a_cancelled_session_back_under_its_identity(house: House):
    session_id = make_session(house, at(1), status=Status.CANCELLED, cancel_reason="Ill", sequence=3, uid="u@m")

    do(arrange, house.mentee, session_id, editing(at(2)))

    row = session(session_id)
    assert (row.status, row.start_at, row.cancel_reason) == (Status.SCHEDULED, at(2), "")
    assert (row.uid, row.sequence, row.version) == ("u@m", 4, 2)


def test_arrange_asks_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house)

    do(arrange, house.mentee, session_id, editing(at()))

    assert (session(session_id).status, session(session_id).asked_id) == (Status.PENDING, house.mentor.person_id)


def test_arrange_refuses_a_taken_hour_a_past_one_and_a_placeless_one(house: House):
    make_session(house, at(1))
    session_id = make_session(house)

    with pytest.raises(Clash):
        do(arrange, house.mentor, session_id, editing(at(1)))
    with pytest.raises(Refusal, match="has passed"):
        do(arrange, house.mentor, session_id, editing(NOW))
    with pytest.raises(Refusal, match="link is missing"):
        do(arrange, house.mentor, session_id, editing(at(2), meeting=Meeting()))
    assert session(session_id).status == Status.TO_BE_ARRANGED


def test_arrange_refuses_what_somebody_else_has_changed(house: House):
    session_id = make_session(house, version=4)

    with pytest.raises(Stale):
        do(arrange, house.mentor, session_id, editing(at(), version=3))


def test_arrange_refuses_a_pair_that_no_longer_works_together(house: House):
    session_id = make_session(house)
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).ended_at = NOW

    with pytest.raises(Refusal, match="no longer work together"):
        do(arrange, house.manager, session_id, editing(at()))


def test_arrange_again_adds_a_session_under_the_next_number(house: House, clock_at: time_machine.Traveller):
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 5
    make_session(house, number=2)
    missed = make_session(house, at(1), status=Status.MISSED, number=1)
    clock_at.move_to(at(2))

    result = do(arrange_again, house.mentee, missed, editing(at(9)))

    added = session(result["session_id"])
    assert (added.number, added.status, added.start_at) == (5, Status.SCHEDULED, at(9))
    assert session(missed).status == Status.MISSED
    assert [change.step for change in changes(missed)] == ["arrange_again"]


def test_reactivate_gives_the_old_time_back(house: House):
    session_id = make_session(house, at(1), status=Status.CANCELLED, cancel_reason="Ill")

    do(reactivate, house.mentee, session_id)

    assert (session(session_id).status, session(session_id).cancel_reason) == (Status.SCHEDULED, "")
    assert {kind for _, kind in told()} == {NoticeKind.REACTIVATED}


def test_reactivate_asks_where_the_programme_wants_it():
    house = make_house(asks_confirmation=True)
    session_id = make_session(house, at(1), status=Status.CANCELLED)

    do(reactivate, house.mentor, session_id)

    assert session(session_id).status == Status.PENDING
    assert {kind for _, kind in told()} == {NoticeKind.ASKED}


def test_reactivate_refuses_a_time_that_is_taken_or_past(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1), status=Status.CANCELLED)
    make_session(house, at(1))

    with pytest.raises(Clash):
        do(reactivate, house.mentor, session_id)
    clock_at.move_to(at(1))
    with pytest.raises(StepRefused, match="Its old time has passed"):
        do(reactivate, house.mentor, session_id)


def test_reactivate_a_series_brings_back_what_is_still_to_come(house: House, clock_at: time_machine.Traveller):
    ids = do(book, house.manager, booking(house, repetition=WEEKLY))["session_ids"]
    with transaction() as db:
        for row in sessions():
            row.status = Status.CANCELLED
            db.merge(row)
    clock_at.move_to(at(2))

    do(reactivate, house.manager, ids[1], Scope.ALL)

    assert [session(one).status for one in ids] == [Status.CANCELLED, Status.SCHEDULED, Status.SCHEDULED]


def test_memberships_are_not_made_twice(house: House):
    newcomer = make_person()
    make_member(house.program_id, newcomer, Role.MENTEE)

    do(book, house.manager, booking(house, mentee_id=newcomer))

    with reading() as db:
        assert len(db.exec(select(Membership).where(Membership.person_id == newcomer)).all()) == 1


def test_draft_refuses_less_than_half_an_hour(house: House):
    with pytest.raises(ValueError, match="30"):
        BookingDraft.model_validate(booking(house).model_dump() | {"minutes": 29})
    assert ONLINE.link == LINK
