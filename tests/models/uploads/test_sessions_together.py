"""Rows of a sheet are carried out together, and each by itself where one of them is refused."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from app.models.commands.booking import book, book_all
from app.models.commands.cancelling import cancel, delete_all
from app.models.commands.changing import edit_all
from app.models.commands.publishing import publish_all
from app.models.commands.uploads import confirm
from app.models.drafts import CancelDraft
from app.models.drafts.groups import GroupDraft
from app.models.errors import Clash, Refusal, StepRefused
from app.models.tables import Notice, Seat, Session
from app.models.uploads import jobs
from app.models.words import Status
from tests.models.factories import House, at, booking, do, editing, rows_of, session, sessions
from tests.models.uploads.session_sheets import Row, create, delete, edit, public, sheet, upload
from tests.models.uploads.sheets import WORKER, carry_out, statuses
from tests.models.uploads.sheets import rows_of as rows_of_upload

Count = Callable[[], AbstractContextManager[list[str]]]
APRIL = range(1, 29)


def april(day: int, **cells: str) -> Row:
    return create(day=f"{day:02d}-04-2026", **cells)


def reads_of(house: House, rows: Sequence[Row], count_reads: Count) -> int:
    """Carry rows out, and count the reads of the one step that does."""
    upload_id = upload(house.manager, sheet(*rows))
    do(confirm, house.manager, upload_id)
    jobs.claim(WORKER, datetime.now(UTC))
    with count_reads() as reads:
        jobs.step(upload_id, WORKER)
    assert statuses(upload_id) == ["done"] * len(rows)
    jobs.release(upload_id, WORKER)
    jobs.work_once(WORKER)
    return len(reads)


@pytest.fixture
def at_ease(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, one step takes all rows."""
    monkeypatch.setattr(jobs, "CHUNK_SECONDS", 60.0)


@pytest.mark.usefixtures("at_ease")
def test_thirty_rows_read_the_database_as_often_as_three(house: House, count_reads: Count) -> None:
    few, many = APRIL[:3], APRIL[3:]
    made = [reads_of(house, [april(day) for day in days], count_reads) for days in (few, many)]
    assert made[0] == made[1]
    ids = [one.id or 0 for one in sessions(title="Algebra", status=Status.SCHEDULED) if (one.id or 0) != 1]
    assert len(ids) == len(APRIL)
    parts = ids[:3], ids[3:]
    edited = [reads_of(house, [edit(one, title="Go", at="15:00") for one in part], count_reads) for part in parts]
    assert edited[0] == edited[1]
    deleted = [reads_of(house, [delete(one) for one in part], count_reads) for part in parts]
    assert deleted[0] == deleted[1]


@pytest.mark.usefixtures("at_ease")
def test_group_sessions_read_the_database_as_often_for_many(house: House, count_reads: Count) -> None:
    few, many = APRIL[:3], APRIL[3:]
    made = [reads_of(house, [public(day=f"{day:02d}-04-2026") for day in days], count_reads) for days in (few, many)]
    assert made[0] == made[1]


@pytest.mark.parametrize("taken", [1, 14, 28])
def test_row_whose_time_was_taken_since_fails_alone(house: House, taken: int) -> None:
    upload_id = upload(house.manager, sheet(*[april(day) for day in APRIL]))
    do(book, house.manager, booking(house, datetime(2026, 4, taken, 7, 30, tzinfo=UTC), title="First come"))
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["failed" if day == taken else "done" for day in APRIL]
    assert "First come" in rows_of_upload(upload_id)[taken - 1].result["said"]
    made = [one for one in sessions(title="Algebra", status=Status.SCHEDULED) if one.id != 1]
    assert sorted(one.start_at.day for one in made if one.start_at) == [day for day in APRIL if day != taken]


def test_edits_that_give_way_to_each_other_hold_where_one_is_refused(house: House) -> None:
    first, second = (
        do(book, house.manager, booking(house, at(20, hour), title=f"At {hour}"))["session_ids"][0] for hour in (9, 12)
    )
    moves = sheet(edit(first, at="16:00", zone="Europe/Berlin"), edit(second, at="09:00", zone="Europe/Berlin"))
    upload_id = upload(house.manager, moves)
    do(cancel, house.manager, first, CancelDraft(reason="Ill"))
    do(book, house.manager, booking(house, at(20, 9), title="In between"))
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["failed", "failed"]
    assert (session(second).start_at, session(second).version) == (at(20, 12), 2)


def test_book_all_books_none_where_two_clash(house: House) -> None:
    before = len(rows_of(Session)), len(rows_of(Seat)), len(rows_of(Notice))
    with pytest.raises(Clash):
        do(book_all, house.manager, [booking(house, at(20)), booking(house, at(21)), booking(house, at(20, 17, 30))])
    assert (len(rows_of(Session)), len(rows_of(Seat)), len(rows_of(Notice))) == before


def test_edit_all_and_delete_all_do_nothing_where_one_is_live(house: House) -> None:
    with pytest.raises(StepRefused):
        do(edit_all, house.manager, {1: editing(at(8), title="Go"), 3: editing(at(9), title="Go")})
    with pytest.raises(StepRefused):
        do(delete_all, house.manager, [1, 3])
    assert (session(1).title, session(1).deleted_at) == ("Algebra", None)


def test_publish_all_publishes_none_where_one_may_not_host(house: House) -> None:
    def draft(day: int, host_id: int) -> GroupDraft:
        wanted = booking(house, at(day))
        shared = wanted.model_dump(include={"program_id", "day", "at", "zone", "minutes", "meeting"})
        texts = {"title": "Chess", "details": "Bring a board", "minimum": 1, "maximum": 5}
        return GroupDraft(**shared, **texts, host_id=host_id)

    before = len(rows_of(Session))
    with pytest.raises(Refusal):
        do(publish_all, house.manager, [draft(20, house.mentor.person_id), draft(21, house.mentee.person_id)])
    assert len(rows_of(Session)) == before
