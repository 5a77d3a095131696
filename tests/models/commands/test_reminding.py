"""Reminders: when they are written, to whom, once, and that they are dropped when they are of no use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest

from app.models import outbox
from app.models.commands.answering import accept
from app.models.commands.booking import book, reactivate
from app.models.commands.cancelling import cancel, delete
from app.models.commands.changing import edit, move
from app.models.commands.clockwork import tick
from app.models.commands.enrolling import leave
from app.models.commands.reminding import find_due, remind
from app.models.database import reading, transaction
from app.models.drafts import CancelDraft
from app.models.tables import Program, Seat
from app.models.words import MailStatus, NoticeKind, SeatStatus, Status
from tests.models import factories as make
from tests.models.factories import NOW, House, at

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    """A programme that reminds a day and an hour before."""
    make.make_organisation()
    return make.make_house(reminder_minutes=[60, 1440])


def reminded() -> list[int]:
    """Who was reminded, in order."""
    return [person_id for person_id, _ in make.told(kind=NoticeKind.REMINDER)]


def pair(house: House) -> list[int]:
    return [house.mentor.person_id, house.mentee.person_id]


def test_pair_is_reminded_a_day_and_an_hour_before(house: House):
    make.make_session(house, at(3))

    assert [remind(at(3) - DAY - SECOND), remind(at(3) - DAY), remind(at(3) - DAY + SECOND)] == [0, 1, 0]
    assert [remind(at(3) - HOUR - SECOND), remind(at(3) - HOUR), remind(at(3))] == [0, 1, 0]
    assert reminded() == pair(house) * 2


def test_clock_reminds(house: House):
    make.make_session(house, at(3))

    assert tick(at(3) - DAY) == 1
    assert tick(at(3) - DAY) == 0


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.SCHEDULED, Status.TO_BE_ARRANGED)])
def test_only_what_stands_reminds(house: House, status: Status):
    make.make_session(house, at(3), status=status)

    assert remind(at(3) - DAY) == 0


def test_only_who_takes_part_is_reminded(house: House):
    session_id = make.make_group(house, at(3))
    people = {status: make.make_person() for status in SeatStatus}
    for status, person_id in people.items():
        make.make_seat(session_id, person_id, status)

    remind(at(3) - HOUR)

    assert reminded() == [house.mentor.person_id, people[SeatStatus.ENROLLED]]


def test_programme_without_reminders_is_silent():
    house = make.make_house(reminder_minutes=[])
    make.make_session(house, at(3))

    assert [remind(at(3) - DAY), remind(at(3) - HOUR)] == [0, 0]


def test_each_programme_reminds_as_it_says(house: House):
    other = make.make_house(reminder_minutes=[120])
    make.make_session(house, at(3))
    make.make_session(other, at(3))

    assert remind(at(3) - 2 * HOUR) == 1
    assert reminded() == pair(other)


def test_moved_session_reminds_anew_of_its_new_time(house: House, clock_at):
    session_id = make.make_session(house, at(3))
    remind(at(3) - DAY)
    clock_at.move_to(at(3) - DAY + HOUR)
    make.do(edit, house.manager, session_id, make.editing(at(5)))

    assert remind(at(3) - HOUR) == 0
    assert remind(at(5) - DAY) == 1
    starts = [notice.facts["start_at"] for notice in make.notices(kind=NoticeKind.REMINDER)]
    assert starts == [at(3).isoformat()] * 2 + [at(5).isoformat()] * 2


def test_session_moved_away_and_back_does_not_remind_twice(house: House, clock_at):
    session_id = make.make_session(house, at(3))
    remind(at(3) - DAY)
    clock_at.move_to(at(3) - DAY + SECOND)
    make.do(move, house.mentee, session_id, make.moving(at(5)))
    make.do(edit, house.manager, session_id, make.editing(at(3)))

    assert remind(at(3) - DAY + 2 * SECOND) == 0


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(hours=10)])
def test_session_booked_later_than_the_lead_time_gets_no_late_reminder(house: House, clock_at, late: timedelta):
    clock_at.move_to(at(3) - DAY + late)
    make.do(book, house.manager, make.booking(house, at(3)))

    assert remind(at(3) - DAY + late + SECOND) == 0
    assert remind(at(3) - HOUR) == 1, "the later one still comes"


@pytest.mark.parametrize("step", [cancel, delete])
def test_called_off_session_never_reminds(house: House, step: Callable[..., object]):
    session_id = make.make_session(house, at(3))
    make.do(step, house.manager, session_id, *([CancelDraft(reason="Ill")] if step is cancel else []))

    assert [remind(at(3) - DAY), remind(at(3) - HOUR)] == [0, 0]


def test_reactivated_session_reminds_of_what_is_still_to_come(house: House, clock_at):
    session_id = make.make_session(house, at(3))
    make.do(cancel, house.manager, session_id, CancelDraft(reason="Ill"))
    clock_at.move_to(at(3) - DAY + SECOND)
    make.do(reactivate, house.manager, session_id)

    assert remind(at(3) - DAY + 2 * SECOND) == 0
    assert remind(at(3) - HOUR) == 1


def test_session_that_is_confirmed_late_reminds_from_then_on(clock_at):
    house = make.make_house(reminder_minutes=[60, 1440], asks_confirmation=True)
    (session_id,) = make.do(book, house.mentor, make.booking(house, at(3)))["session_ids"]
    clock_at.move_to(at(3) - DAY + SECOND)
    make.do(accept, house.mentee, session_id)

    assert remind(at(3) - DAY + 2 * SECOND) == 0
    assert remind(at(3) - HOUR) == 1


def test_who_came_later_than_the_lead_time_is_not_reminded_late(house: House):
    session_id = make.make_group(house, at(3))
    late, early = make.make_person(), make.make_person()
    make.make_seat(session_id, early)
    with transaction() as db:
        db.add(Seat(session_id=session_id, person_id=late, since=at(3) - DAY + SECOND))

    remind(at(3) - DAY + 5 * SECOND)

    assert reminded() == [house.mentor.person_id, early]


@pytest.mark.parametrize(
    ("lead", "late", "count"),
    [(1440, HOUR, 1), (1440, 4 * HOUR, 0), (60, timedelta(minutes=20), 1), (60, timedelta(minutes=31), 0)],
)
def test_after_a_standstill_it_still_comes_while_it_is_of_use(lead: int, late: timedelta, count: int):
    house = make.make_house(reminder_minutes=[lead])
    make.make_session(house, at(3))

    assert remind(at(3) - timedelta(minutes=lead) + late) == count


def test_reminder_is_useful_until_the_next_one_falls_due(house: House):
    make.make_session(house, at(3))
    remind(at(3) - DAY)
    remind(at(3) - HOUR)

    untils = [notice.useful_until for notice in make.notices(kind=NoticeKind.REMINDER)]
    assert untils == [at(3) - HOUR] * 2 + [at(3)] * 2


def claimed(now: datetime) -> list[int]:
    """Take up what is due to be mailed, and give whom it goes to."""
    letters = outbox.claim("here", now, domain="example.org")
    return [one.reader.id for one in letters if one.kind == NoticeKind.REMINDER]


def dropped() -> list[tuple[int, str]]:
    rows = make.notices(kind=NoticeKind.REMINDER, mail_status=MailStatus.DROPPED)
    return [(row.person_id, row.last_error) for row in rows]


@pytest.mark.parametrize("what", ["cancelled", "deleted", "moved"])
def test_waiting_reminder_is_dropped_once_it_reminds_of_nothing(house: House, what: str):
    session_id = make.make_session(house, at(3))
    remind(at(3) - HOUR)
    if what == "moved":
        make.do(edit, house.manager, session_id, make.editing(at(4)))
    else:
        draft = [CancelDraft(reason="Ill")] if what == "cancelled" else []
        make.do(cancel if what == "cancelled" else delete, house.manager, session_id, *draft)

    assert claimed(at(3) - HOUR + SECOND) == []
    assert dropped() == [(one, outbox.REMINDS_OF_NOTHING) for one in pair(house)]


def test_waiting_reminder_of_one_who_left_is_dropped(house: House):
    guest = make.make_person()
    session_id = make.make_group(house, at(3), [guest])
    remind(at(3) - HOUR)
    make.do(leave, make.viewer(guest), session_id)

    assert claimed(at(3) - HOUR + SECOND) == [house.mentor.person_id]
    assert dropped() == [(guest, outbox.REMINDS_OF_NOTHING)]


def test_reminder_that_comes_too_late_is_dropped(house: House):
    make.make_session(house, at(3))
    remind(at(3) - HOUR)

    assert claimed(at(3) + SECOND) == []
    assert dropped() == [(one, outbox.TOO_LATE) for one in pair(house)]


@pytest.mark.parametrize("count", [1, 30])
def test_looking_costs_the_same_for_one_and_for_thirty(
    house: House, count: int, count_reads: Callable[[], AbstractContextManager[list[str]]]
):
    for number in range(count):
        make.make_group(house, at(3) + timedelta(minutes=number % 2), [make.make_person()], title=f"Chess {number}")

    with count_reads() as reads, reading() as db:
        assert len(find_due(db, at(3) - HOUR + timedelta(minutes=2))) == count
    assert len(reads) == 5


def test_odd_session_does_not_silence_the_others(house: House):
    odd, fine = make.make_session(house, at(3)), make.make_session(house, at(4))
    with transaction() as db:
        db.get_one(Program, house.program_id).reminder_minutes = [1440 * 2, 1440]
    for person_id in pair(house):
        notice = {"session_id": odd, "facts": {}, "created_at": NOW, "due_at": NOW}
        key = f"reminder:{odd}:{at(3):%Y%m%d%H%M%S}:1440:{person_id}"
        with transaction() as db:
            db.add(make.Notice(kind=NoticeKind.REMINDER, person_id=person_id, dedupe_key=key, **notice))

    assert find_of(at(3) - DAY) == [odd, fine]
    assert remind(at(3) - DAY) == 1


def find_of(now: datetime) -> list[int]:
    with reading() as db:
        return [one.session_id for one in find_due(db, now)]
