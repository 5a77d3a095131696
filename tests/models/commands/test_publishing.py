"""Publishing a group session: by whom, where, when, and who is told."""

import re
from datetime import time

import pytest

from app.models.commands.publishing import publish
from app.models.commands.run import perform
from app.models.database import transaction
from app.models.drafts.groups import GroupDraft
from app.models.drafts.seats import InviteDraft
from app.models.errors import Clash, NotFound, Refusal
from app.models.permissions import Viewer
from app.models.tables import Picture, Program
from app.models.words import Audience, Kind, NoticeKind, Rank, Role, SeatStatus, Status
from tests.models.commands.publications import group
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    changes,
    do,
    make_group,
    make_house,
    make_member,
    make_person,
    make_session,
    make_strangers,
    seats,
    session,
    sessions,
    told,
    viewer,
    wall_date,
)


def problem(house: House, who: Viewer, draft: GroupDraft) -> tuple[str, str]:
    """What a refused publication says, and at which field; nothing is written."""
    before = len(sessions())
    with pytest.raises(Refusal) as refusal:
        do(publish, who, draft)
    assert (len(sessions()), told()) == (before, [])
    [first, *_] = refusal.value.problems
    return first.field, first.message


def test_publish_writes_a_session_with_its_hosts_seat(house: House) -> None:
    made = do(publish, house.manager, group(house, host_id=house.mentor.person_id, categories="chess, games"))
    row = session(made["session_id"])
    assert (row.kind, row.status, row.audience, row.host_id) == (
        Kind.GROUP,
        Status.SCHEDULED,
        Audience.PUBLIC,
        house.mentor.person_id,
    )
    assert (row.title, row.details, row.minimum, row.maximum, row.categories) == (
        "Chess",
        "For beginners.",
        2,
        10,
        ["chess", "games"],
    )
    assert (row.period.start, row.period.minutes, row.zone, row.created_by_id) == (
        at(),
        60,
        BERLIN,
        house.manager.person_id,
    )
    [seat] = seats(row.id).values()
    assert (seat.person_id, seat.is_host, seat.status) == (house.mentor.person_id, True, SeatStatus.ENROLLED)
    assert [change.step for change in changes(row.id)] == ["publish"]


def test_slug_cannot_be_guessed(house: House) -> None:
    slugs = {do(publish, house.manager, group(house, at(day)))["slug"] for day in range(1, 6)}
    assert len(slugs) == 5
    assert all(re.fullmatch(r"[\w-]{16}", slug) for slug in slugs)


def test_host_is_the_creator_unless_another_is_named(house: House) -> None:
    ids = [do(publish, who, group(house))["session_id"] for who in (house.manager, house.mentor)]
    assert [session(one).host_id for one in ids] == [house.manager.person_id, house.mentor.person_id]


def test_host_alone_is_told_and_once(house: House) -> None:
    do(publish, house.manager, group(house, host_id=house.mentor.person_id))
    assert told() == [(house.mentor.person_id, NoticeKind.BOOKED)]


def test_same_request_twice_makes_one_session(house: House) -> None:
    draft = group(house)
    assert perform(publish, house.mentor, "k" * 32, draft) == perform(publish, house.mentor, "k" * 32, draft)
    assert len(sessions()) == 1


@pytest.mark.parametrize("who", ["nobody", "foreign mentor", "foreign manager", "mentee"])
def test_who_neither_manages_nor_mentors_there_finds_nothing(house: House, who: str) -> None:
    people = make_strangers(house) | {"mentee": house.mentee.person_id}
    with pytest.raises(NotFound):
        do(publish, viewer(people[who]), group(house))
    assert sessions() == []


def test_owner_may_publish_anywhere_for_its_mentors(house: House) -> None:
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    made = do(publish, owner, group(house, host_id=house.mentor.person_id))
    assert session(made["session_id"]).host_id == house.mentor.person_id


def test_mentor_publishes_as_themselves_only(house: House) -> None:
    other = make_person("Nora Mentor")
    make_member(house.program_id, other, Role.MENTOR)
    with pytest.raises(NotFound):
        do(publish, house.mentor, group(house, host_id=other))


@pytest.mark.parametrize("part", ["manager", "mentor", "owner"])
def test_programme_without_group_sessions_has_none_for_anybody(part: str) -> None:
    house = make_house(allows_group_sessions=False)
    who = viewer(make_person(rank=Rank.OWNER)) if part == "owner" else house.part(part)
    draft = group(house, host_id=None if part == "mentor" else house.mentor.person_id)
    assert problem(house, who, draft) == ("program_id", "Reading has no group sessions.")


def test_switching_off_leaves_what_there_is(house: House) -> None:
    made = do(publish, house.mentor, group(house))["session_id"]
    with transaction() as db:
        db.get_one(Program, house.program_id).allows_group_sessions = False
    assert session(made).status == Status.SCHEDULED


def test_closed_programme_has_no_new_sessions() -> None:
    house = make_house(archived_at=NOW)
    assert problem(house, house.manager, group(house)) == ("program_id", "This programme is closed.")


@pytest.mark.parametrize("who", ["mentee", "stranger", "gone"])
def test_host_is_a_mentor_or_manager_who_is_there(house: House, who: str) -> None:
    gone = make_person("Gone Mentor", deactivated_at=NOW)
    make_member(house.program_id, gone, Role.MENTOR)
    people = {"mentee": house.mentee.person_id, "stranger": make_person(), "gone": gone}
    draft = group(house, host_id=people[who])
    assert problem(house, house.manager, draft) == ("host_id", "This person cannot host here.")


@pytest.mark.parametrize(
    ("minutes_apart", "refused"),
    [(-60, True), (-61, False), (-30, True), (0, True), (59, True), (60, True), (61, False)],
)
def test_host_is_free_and_sessions_do_not_touch(house: House, minutes_apart: int, refused: bool) -> None:
    make_session(house, at(1, 12))
    start = at(1, 12) + minutes_apart * (at(1, 12, 1) - at(1, 12))
    if not refused:
        do(publish, house.mentor, group(house, start))
        return
    with pytest.raises(Clash) as clash:
        do(publish, house.mentor, group(house, start))
    assert clash.value.problems[0].field == "at"
    assert "Algebra" in clash.value.problems[0].message


def test_touching_is_fine_where_the_programme_allows_it() -> None:
    house = make_house(allows_back_to_back=True)
    make_session(house, at(1, 12))
    do(publish, house.mentor, group(house, at(1, 13)))
    assert len(sessions()) == 2


def test_place_in_another_group_session_only_warns(house: House) -> None:
    other = make_person("Nora Mentor")
    make_member(house.program_id, other, Role.MENTOR)
    make_group(house, at(), [other])
    do(publish, viewer(other), group(house))
    assert len(sessions()) == 2


def test_time_lies_ahead(house: House) -> None:
    assert problem(house, house.mentor, group(house, at(0, 9))) == ("day", "This time has passed.")


def test_hour_that_the_clocks_skip_is_refused(house: House) -> None:
    draft = group(house).model_copy(update={"day": wall_date(27), "at": time(2, 30)})
    assert problem(house, house.mentor, draft)[0] == "at"


def test_link_is_needed_where_no_room_is_made(house: House) -> None:
    draft = group(house, meeting={"platform": "zoom"})
    assert problem(house, house.mentor, draft) == ("meeting.link", "The meeting link is missing.")


def test_picture_must_be_one_that_was_brought(house: House) -> None:
    draft = group(house, image="a" * 64)
    assert problem(house, house.mentor, draft) == ("image", "This picture is no longer there.")
    with transaction() as db:
        db.add(Picture(key="a" * 64, media_type="image/webp", content=b"x", created_at=NOW))
    assert session(do(publish, house.mentor, draft)["session_id"]).image == "a" * 64


def test_invited_people_have_a_seat_and_one_mail(house: House) -> None:
    invites = InviteDraft(person_ids=(house.mentee.person_id,), program=True)
    made = do(publish, house.manager, group(house, host_id=house.mentor.person_id, invites=invites))
    found = {seat.person_id: seat.status for seat in seats(made["session_id"]).values()}
    assert found[house.mentee.person_id] == SeatStatus.INVITED
    people = [person for person, _ in told()]
    assert len(people) == len(set(people))
    assert (house.mentor.person_id, NoticeKind.BOOKED) in told()


def test_more_invited_than_places_warns_in_public_and_is_refused_in_private(house: House) -> None:
    people = [make_person() for _ in range(4)]
    for one in people:
        make_member(house.program_id, one, Role.MENTEE)
    few = {"maximum": 3, "invites": InviteDraft(person_ids=tuple(people))}
    private = group(house, audience=Audience.PRIVATE, **few)
    with pytest.raises(Refusal):
        do(publish, house.mentor, private)
    assert sessions() == []
    assert do(publish, house.mentor, group(house, **few))["warning"] != ""
