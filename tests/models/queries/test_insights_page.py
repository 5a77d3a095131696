"""The insights' lists and the page as a whole, against small worlds that were counted by hand; and who may see them."""

from collections.abc import Generator
from datetime import datetime

import pytest
from sqlalchemy import event

from app.models.database import engine, reading, transaction
from app.models.errors import NotFound
from app.models.insights import Asked, Part
from app.models.permissions import Viewer
from app.models.queries.insights import total
from app.models.queries.insights_sheets import file_of
from app.models.tables import Program, Seat
from app.models.words import ProgramKind, Shown, Status
from tests.models.factories import (
    NOW,
    House,
    at,
    make_group,
    make_house,
    make_organisation,
    make_person,
    make_relationship,
    make_session,
    make_strangers,
    seats,
    viewer,
)
from tests.models.queries.insights_rows import MARCH, attend, counted, house, opened, page

__all__ = ["house"]

C, M = Status.COMPLETED, Status.MISSED


def test_relationships_without_a_next_session_wait_since_the_last_one_or_since_they_began(house: House) -> None:
    def pair(**values: datetime | None) -> tuple[int, House]:
        mentee = make_person()
        made = make_relationship(house.program_id, house.mentor.person_id, mentee, **values)
        return made, House(house.program_id, house.manager, house.mentor, viewer(mentee), made)

    make_session(house, at(3))
    held, its = pair()
    make_session(its, at(-30), status=C)
    make_session(its)
    fresh, _ = pair()
    lapsed, its = pair()
    make_session(its, at(-2))
    make_session(its, at(-60), status=C, deleted_at=NOW)
    done, its = pair()
    make_session(its, at(-5), status=C)
    pair(ended_at=NOW)
    with reading() as db:
        found = [(one.id, one.done, one.in_all) for one in opened(db, house.manager).waiting()]
    assert found == [(held, 1, 2), (fresh, 0, 0), (lapsed, 0, 1)]
    assert done not in [one[0] for one in found]
    first = page(house.manager).waiting[0]
    assert (first.href, first.progress, first.since) == (f"/relationships/{held}", "1 of 2", "30 days")


def test_programmes_at_a_glance(house: House) -> None:
    for status in (C, C, C, M, Status.CANCELLED, Status.SCHEDULED):
        session_id = make_session(house, at(1), status=status)
        with transaction() as db:
            db.get_one(Seat, seats(session_id)[house.mentee.person_id].id).rating = 4 if status == C else 1
    people = [make_person() for _ in range(2)]
    group = make_group(house, at(2), people, status=C)
    attend(group, **{f"p{people[0]}": True, f"p{people[1]}": False})
    with transaction() as db:
        for person_id in people:
            db.get_one(Seat, seats(group)[person_id].id).rating = 1
    [row] = page(house.manager).programs
    assert (row.people, row.pairs, row.held, row.completion, row.rating) == (
        "1 mentor, 1 mentee",
        "1",
        "4",
        "67%",
        "3.2 of 5 (4)",
    )


def test_programme_in_the_words_it_chose(house: House) -> None:
    with transaction() as db:
        db.get_one(Program, house.program_id).take_words_of(ProgramKind.COACHING)
    shown = page(house.manager)
    assert (shown.hours_title, shown.programs[0].people) == ("Hours by coach", "1 coach, 1 coachee")


def test_archived_programmes_are_shown_where_something_of_them_counts(house: House, owner: Viewer) -> None:
    other = make_house(name="Singing", archived_at=NOW)
    assert [one.name for one in page(owner).programs] == ["Reading"]
    make_session(other, at(1), status=C)
    assert [one.name for one in page(owner).programs] == ["Reading", "Singing (archived)"]


def test_managers_of_a_programme_count_theirs_and_nothing_else(house: House, owner: Viewer) -> None:
    other = make_house(name="Singing")
    make_session(house, at(1), status=C)
    make_session(house)
    make_session(other, at(1), status=M)
    # Its manager is a mentee elsewhere: what one merely takes part in is no insight.
    make_session(other, at(2), status=C, mentee_id=house.manager.person_id)
    both = {Shown.COMPLETED: 2, Shown.MISSED: 1}
    assert total(counted(house.manager)) == {Shown.COMPLETED: 1}
    assert total(counted(owner)) == both
    only = Asked(first=MARCH.first, last=MARCH.last, program_id=other.program_id)
    assert total(counted(owner, only)) == {Shown.COMPLETED: 1, Shown.MISSED: 1}
    assert [one.name for one in page(house.manager).choices] == ["Reading"]
    assert [one.href for one in page(house.manager).hours] == [f"/people/{house.mentor.person_id}"]
    assert [one.href for one in page(house.manager).waiting] == [f"/relationships/{house.relationship_id}"]
    with pytest.raises(NotFound):
        page(house.manager, only)


def test_others_are_told_that_there_is_nothing(house: House) -> None:
    outsiders = [house.mentor, house.mentee, *(viewer(one) for one in list(make_strangers(house).values())[:2])]
    for who in outsiders:
        with pytest.raises(NotFound):
            page(who)
        for part in Part:
            with pytest.raises(NotFound), reading() as db:
                file_of(db, who, NOW, MARCH, part)


def test_tables_hold_the_numbers_of_their_plots(house: House) -> None:
    make_session(house, at(1), status=C)
    make_session(house, at(8), status=M)
    shown = page(house.manager)
    assert shown.weeks_sheet.headings == ["Week of", "Completed", "Missed", "All"]
    assert shown.weeks_sheet.rows[:2] == [["2 Mar 2026", "1", "0", "1"], ["9 Mar 2026", "0", "1", "1"]]
    assert shown.weeks_sheet.rows[-1] == ["All weeks", "1", "1", "2"]
    assert [box.words for box in shown.weeks.boxes] == [
        "Week of 2 Mar 2026: 1 Completed",
        "Week of 9 Mar 2026: 1 Missed",
    ]
    assert shown.attendance_sheet.rows[-1] == ["All weeks", "2", "2", "50%"]
    assert shown.weeks.words.startswith("2 sessions in 4 weeks: 1 completed and 1 missed.")


def test_empty_organisation_has_a_page(owner: Viewer) -> None:
    make_organisation()
    shown = page(owner)
    assert (shown.weeks.boxes, shown.hours, shown.waiting, shown.programs, shown.is_ready) == ([], [], [], [], True)


@pytest.fixture
def read() -> Generator[list[str]]:
    """What is read, also by statements that begin with a table of weeks."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    yield seen
    event.remove(engine(), "before_cursor_execute", note)


def test_page_needs_as_many_queries_for_thirty_as_for_one(house: House, owner: Viewer, read: list[str]) -> None:
    def reads() -> int:
        read.clear()
        page(owner)
        return len(read)

    make_session(house, at(1), status=C)
    few = reads()
    for number in range(30):
        other = make_house(name=f"Programme {number}")
        make_session(other, at(number % 20), status=C)
        make_group(other, at(number % 20), [make_person()], status=C)
    assert (few, reads()) == (8, 8)
