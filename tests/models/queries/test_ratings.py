"""What people said of a session: for the one who said it, for its host, for managers, and for a mentor's page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from app.models import clock
from app.models.commands.rating import rate
from app.models.database import reading, transaction
from app.models.drafts.ratings import RatingDraft
from app.models.permissions import Viewer
from app.models.queries.ratings import CardRating, mentor_rating
from app.models.queries.session_card import SessionCard, load_card
from app.models.rating import Rating
from app.models.tables import Seat
from app.models.words import Rank, Role, SeatStatus, Status
from tests.models.factories import NOW, House, at, do, make_group, make_house, make_member, make_person, seats, viewer

Reads = Callable[[], AbstractContextManager[list[str]]]


def rated(house: House, given: dict[str, tuple[int, str]], **values: object) -> int:
    """A completed group session whose people, by name, gave so many stars and said this."""
    people = [make_person(name) for name in given]
    usual = {"status": Status.COMPLETED, "finished_at": NOW, "maximum": 500}
    session_id = make_group(house, at(-1), people, **usual | values)
    with transaction() as db:
        found = seats(session_id)
        for person_id, (stars, text) in zip(people, given.values(), strict=True):
            row = db.get_one(Seat, found[person_id].id)
            row.rating, row.comment, row.attended = stars, text, True
    return session_id


GIVEN = {"Zoe Zeal": (5, "Wonderful"), "Abe Amble": (2, "Too fast"), "Moe Mute": (5, "")}


def card(who: Viewer, session_id: int) -> SessionCard:
    with reading() as db:
        return load_card(db, who, clock.now(), session_id)


def comments(shown: CardRating) -> list[tuple[int, str, str]]:
    return [(one.stars, one.text, one.who) for one in shown.comments]


def test_manager_reads_the_comments_with_names(house: House):
    shown = card(house.manager, rated(house, GIVEN)).rating
    assert (shown.words, shown.average) == ("4.0 of 5 stars from 3 ratings", "4.0")
    assert [(bar.stars, bar.count, bar.share) for bar in shown.bars] == [
        (5, 2, 67), (4, 0, 0), (3, 0, 0), (2, 1, 33), (1, 0, 0),
    ]  # fmt: skip
    assert comments(shown) == [(5, "Wonderful", "Zoe Zeal"), (2, "Too fast", "Abe Amble")]


def test_host_reads_them_without_names_even_one_who_manages(house: House):
    session_id = rated(house, GIVEN)
    expected = [(5, "Wonderful", ""), (2, "Too fast", "")]
    assert comments(card(house.mentor, session_id).rating) == expected
    make_member(house.program_id, house.mentor.person_id, Role.MANAGER)
    assert comments(card(viewer(house.mentor.person_id), session_id).rating) == expected


def test_participant_sees_their_own_and_nothing_of_the_others(house: House):
    session_id = rated(house, GIVEN)
    zoe = next(seat.person_id for seat in seats(session_id).values() if seat.comment == "Wonderful")
    shown = card(viewer(zoe), session_id).rating
    assert (shown.may_rate, shown.mine, shown.my_comment, shown.until) == (True, 5, "Wonderful", "Mon 16 Mar 2026")
    assert (shown.shows_all, shown.words, shown.bars, shown.comments) == (False, "", [], [])


def test_session_that_is_not_completed_shows_no_rating(house: House):
    session_id = rated(house, GIVEN, status=Status.MISSED)
    assert card(house.manager, session_id).rating == CardRating()


def test_mentor_rating_counts_completed_sessions_and_those_who_came(house: House):
    rated(house, GIVEN)
    rated(house, {"Ned New": (4, "")})
    rated(house, {"Ida Idle": (1, "")}, status=Status.CANCELLED)
    rated(house, {"Del Deleted": (1, "")}, deleted_at=NOW)
    absent = rated(house, {"Abs Ent": (1, ""), "With Drawn": (1, "")})
    with transaction() as db:
        first, second = (db.get_one(Seat, seat.id) for seat in seats(absent).values() if not seat.is_host)
        first.attended, second.status = False, SeatStatus.WITHDRAWN
    rated(make_house(name="Elsewhere"), {"Odd One": (1, "")})
    with reading() as db:
        assert mentor_rating(db, house.mentor.person_id) == Rating(4, 4.0, [0, 1, 0, 1, 2])
        assert mentor_rating(db, make_person("Unrated")) == Rating()


def test_mentor_rating_is_one_read_however_many_rated(house: House, count_reads: Reads):
    rated(house, {f"Person {number}": (1 + number % 5, "x") for number in range(200)})
    with reading() as db, count_reads() as seen:
        found = mentor_rating(db, house.mentor.person_id)
    assert (len(seen), found.count, found.distribution) == (1, 200, [40, 40, 40, 40, 40])


def test_history_hides_from_the_host_who_rated(house: House):
    session_id = rated(house, GIVEN)
    zoe = next(seat.person_id for seat in seats(session_id).values() if seat.comment == "Wonderful")
    do(rate, viewer(zoe), session_id, RatingDraft(rating=1))
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    told = {
        who.name: [(entry.who, entry.what) for entry in card(who, session_id).history]
        for who in (owner, house.mentor, viewer(zoe))
    }
    assert told == {
        "Olga Owner": [("Zoe Zeal", "rated this session")],
        "Max Mentor": [],
        "Zoe Zeal": [("You", "rated this session")],
    }
