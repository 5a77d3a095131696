"""The hour itself: enter, start, finish, and the link meanwhile."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from app.models.commands.meeting import edit_meeting, enter, finish, start
from app.models.drafts import Meeting
from app.models.errors import NotFound, Refusal, StepRefused
from app.models.words import NoticeKind, Place, Platform, SeatStatus, Status
from tests.models.factories import (
    LINK,
    ONLINE,
    House,
    at,
    changes,
    do,
    make_group,
    make_house,
    make_organisation,
    make_person,
    make_seat,
    make_session,
    seats,
    session,
    told,
    viewer,
)

IN_ROOM = {"place": Place.IN_PERSON, "address": "Room 4", "link": "", "platform": ""}


@pytest.fixture
def house(clock_at: time_machine.Traveller) -> House:
    """It is five o'clock tomorrow."""
    clock_at.move_to(at(1))
    return make_house()


@pytest.mark.parametrize("part", ["mentor", "mentee"])
def test_enter_first_makes_the_session_live(house: House, part: str):
    session_id = make_session(house, at(1))

    assert do(enter, house.part(part), session_id) == {"link": LINK, "create": ""}

    row = session(session_id)
    assert (row.status, row.started_at) == (Status.LIVE, at(1))
    seat = seats(session_id)[house.part(part).person_id]
    assert (seat.attended, seat.entered_at) == (True, at(1))
    assert told() == []


def test_enter_by_a_second_person_keeps_the_start(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1))
    do(enter, house.mentee, session_id)
    clock_at.shift(300)

    do(enter, house.mentor, session_id)

    assert session(session_id).started_at == at(1)
    assert seats(session_id)[house.mentor.person_id].entered_at == at(1, 17, 5)
    assert [change.actor_id for change in changes(session_id)] == [house.mentee.person_id, house.mentor.person_id]


def test_enter_again_gives_the_link_and_writes_nothing(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(1))
    do(enter, house.mentee, session_id)
    clock_at.shift(300)

    assert do(enter, house.mentee, session_id)["link"] == LINK

    assert seats(session_id)[house.mentee.person_id].entered_at == at(1)
    assert len(changes(session_id)) == 1


def test_enter_opens_a_quarter_of_an_hour_before(house: House, clock_at: time_machine.Traveller):
    session_id = make_session(house, at(2))
    clock_at.move_to(at(2) - timedelta(minutes=15, seconds=1))

    with pytest.raises(StepRefused, match="opens 15 minutes before"):
        do(enter, house.mentee, session_id)
    clock_at.shift(1)
    do(enter, house.mentee, session_id)


def test_enter_closes_at_the_end_unless_it_is_live(house: House, clock_at: time_machine.Traveller):
    missed, live = make_session(house, at(1)), make_session(house, at(1), status=Status.LIVE)
    clock_at.move_to(at(1, 18))

    with pytest.raises(StepRefused):
        do(enter, house.mentee, missed)
    assert do(enter, house.mentee, live)["link"] == LINK


def test_enter_a_session_in_person_is_refused(house: House):
    with pytest.raises(StepRefused):
        do(enter, house.mentee, make_session(house, at(1), **IN_ROOM))


def test_enter_is_not_for_a_manager_without_a_seat(house: House):
    with pytest.raises(StepRefused, match="not for you"):
        do(enter, house.manager, make_session(house, at(1)))


def test_enter_is_not_found_for_a_stranger(house: House):
    with pytest.raises(NotFound):
        do(enter, viewer(make_person()), make_session(house, at(1)))


@pytest.mark.parametrize("status", [SeatStatus.INVITED, SeatStatus.WAITING, SeatStatus.UNCONFIRMED])
def test_enter_a_group_session_wants_an_enrolled_seat(house: House, status: SeatStatus):
    guest = make_person()
    session_id = make_group(house, at(1))
    make_seat(session_id, guest, status)

    with pytest.raises(StepRefused):
        do(enter, viewer(guest), session_id)


def test_enter_without_a_link_says_whom_to_ask(house: House):
    session_id = make_session(house, at(1), link="")

    with pytest.raises(Refusal, match="no meeting link yet"):
        do(enter, house.mentee, session_id)
    assert session(session_id).status == Status.SCHEDULED


def test_enter_a_room_of_the_organisations_own_server(house: House):
    make_organisation(bbb_url="https://bbb.example.org/bigbluebutton/", bbb_secret="s3cret")
    session_id = make_session(house, at(1), link="", platform=Platform.BIG_BLUE_BUTTON)

    host, guest = do(enter, house.mentor, session_id), do(enter, house.mentee, session_id)

    assert host["create"] == guest["create"]
    assert host["create"].startswith("https://bbb.example.org/bigbluebutton/api/create?")
    assert [parse_qs(urlsplit(way["link"]).query)["role"] for way in (host, guest)] == [["MODERATOR"], ["VIEWER"]]


def test_start_is_the_hosts_and_counts_as_coming(house: House):
    session_id = make_session(house, at(1), **IN_ROOM)

    with pytest.raises(StepRefused):
        do(start, house.mentee, session_id)
    assert do(start, house.mentor, session_id) == {"link": "", "create": ""}

    assert session(session_id).status == Status.LIVE
    assert seats(session_id)[house.mentor.person_id].attended is True
    assert seats(session_id)[house.mentee.person_id].attended is None


def test_start_online_gives_the_way_in(house: House):
    assert do(start, house.mentor, make_session(house, at(1)))["link"] == LINK


@pytest.mark.parametrize(
    ("came", "status"),
    [
        (["mentor", "mentee"], Status.COMPLETED),
        (["mentor"], Status.MISSED),
        (["mentee"], Status.MISSED),
    ],
)
def test_finish_judges_a_one_to_one_by_who_came(house: House, came: list[str], status: Status):
    session_id = make_session(house, at(1))
    for part in came:
        do(enter, house.part(part), session_id)

    assert do(finish, house.mentor, session_id) == {"status": status}

    row = session(session_id)
    assert (row.status, row.finished_at) == (status, at(1))
    assert {p: seats(session_id)[house.part(p).person_id].attended for p in ("mentor", "mentee")} == {
        p: p in came for p in ("mentor", "mentee")
    }


def test_finish_a_group_where_only_the_host_came_as_missed(house: House):
    guest, late = make_person(), make_person()
    empty, full = make_group(house, at(1), [guest]), make_group(house, at(1), [guest, late])
    do(enter, house.mentor, empty)
    do(enter, viewer(guest), full)

    do(finish, house.mentor, empty)
    do(finish, house.manager, full)

    assert (session(empty).status, session(full).status) == (Status.MISSED, Status.COMPLETED)
    assert seats(full)[late].attended is False


def test_finish_in_person_believes_that_they_came_unless_told(house: House):
    trusted, told_so = (make_session(house, at(1), **IN_ROOM) for _ in range(2))
    for one in (trusted, told_so):
        do(start, house.mentor, one)

    do(finish, house.mentor, trusted)
    do(finish, house.mentor, told_so, {house.mentee.person_id: False})

    assert (session(trusted).status, session(told_so).status) == (Status.COMPLETED, Status.MISSED)
    assert seats(trusted)[house.mentee.person_id].attended is None


def test_finish_is_not_for_the_mentee(house: House):
    session_id = make_session(house, at(1), status=Status.LIVE)

    with pytest.raises(StepRefused):
        do(finish, house.mentee, session_id)


def test_edit_meeting_changes_the_link_of_a_live_session(house: House):
    session_id = make_session(house, at(1), status=Status.LIVE)
    other = Meeting(platform=Platform.TEAMS, link="https://teams.example.org/x", passcode="42")

    do(edit_meeting, house.mentor, session_id, other)

    row = session(session_id)
    assert (row.platform, row.link, row.passcode) == (Platform.TEAMS, "https://teams.example.org/x", "42")
    assert {kind for _, kind in told()} == {NoticeKind.CHANGED}


def test_edit_meeting_without_a_change_tells_nobody(house: House):
    session_id = make_session(house, at(1), status=Status.LIVE)

    do(edit_meeting, house.manager, session_id, ONLINE)

    assert (told(), changes(session_id)) == ([], [])


def test_edit_meeting_changes_nothing_else(house: House):
    session_id = make_session(house, at(1), status=Status.LIVE)

    with pytest.raises(Refusal, match="has started"):
        do(edit_meeting, house.mentor, session_id, Meeting(place=Place.CALL))
    with pytest.raises(Refusal, match="link is missing"):
        do(edit_meeting, house.mentor, session_id, Meeting())
    with pytest.raises(StepRefused):
        do(edit_meeting, house.mentee, session_id, ONLINE)
