"""Carrying sheets of sessions out: once, whoever dies; who is told of what."""

import pytest
import time_machine
from sqlalchemy import event
from sqlmodel import col, select

from app.models.commands.uploads import cancel, confirm
from app.models.database import engine, reading
from app.models.tables import Change
from app.models.uploads import jobs
from app.models.words import NoticeKind, Status, UploadStatus
from tests.models.factories import (
    NOW,
    House,
    do,
    notices,
    sessions,
)
from tests.models.uploads.session_sheets import (
    create,
    delete,
    edit,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import WORKER, carry_out, statuses


def test_work_goes_on_where_a_killed_worker_left_it(
    house: House, monkeypatch: pytest.MonkeyPatch, clock_at: time_machine.Traveller
) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 10)
    rows = [create(day=f"{day:02d}-04-2026") for day in range(1, 29)]
    upload_id = upload(house.manager, sheet(*rows))
    do(confirm, house.manager, upload_id)
    assert jobs.claim("the first", NOW) == upload_id
    jobs.step(upload_id, "the first")  # and is killed
    assert 0 < statuses(upload_id).count("done") <= 10
    clock_at.shift(jobs.CLAIM_LASTS[UploadStatus.APPLYING])
    jobs.work_once("the second")
    assert statuses(upload_id) == ["done"] * 28
    assert len(sessions(title="Algebra", status=Status.SCHEDULED)) == 29


def test_rows_that_are_all_refused_are_tried_about_once_each(house: House) -> None:
    rows = [create(day=f"{day:02d}-04-2026", at=at) for day in range(1, 29) for at in ("09:00", "12:00", "15:00")]
    first, stale = upload(house.manager, sheet(*rows)), upload(house.manager, sheet(*rows))
    carry_out(house.manager, first)
    tries: list[str] = []
    event.listen(engine(), "savepoint", note := lambda _connection, name: tries.append(name))
    carry_out(house.manager, stale)
    event.remove(engine(), "savepoint", note)
    assert statuses(stale) == ["failed"] * len(rows)
    assert len(tries) < 1.2 * len(rows)


def test_each_person_is_told_once_of_all_their_sessions(house: House) -> None:
    rows = [create(day=f"{day:02d}-04-2026", at="10:00") for day in range(1, 29)]
    upload_id = upload(house.manager, sheet(*rows, delete(1)))
    carry_out(house.manager, upload_id)
    found = [(one.person_id, one.kind, len(one.facts["sessions"])) for one in notices() if "sessions" in one.facts]
    pair = house.mentor.person_id, house.mentee.person_id
    assert sorted(found) == [(one, kind, count) for one in pair for kind, count in (("booked", 28), ("cancelled", 1))]
    assert {one.due_at for one in notices(kind=NoticeKind.BOOKED)} == {NOW}


def test_who_is_concerned_is_told_of_what_was_done_before_a_stop(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 10)
    upload_id = upload(house.manager, sheet(*[create(day=f"{day:02d}-04-2026") for day in range(1, 29)]))
    do(confirm, house.manager, upload_id)
    jobs.claim(WORKER, NOW)
    jobs.step(upload_id, WORKER)
    do(cancel, house.manager, upload_id)
    done = statuses(upload_id).count("done")
    assert [len(one.facts["sessions"]) for one in notices(kind=NoticeKind.BOOKED)] == [done, done]
    assert {one.due_at for one in notices(kind=NoticeKind.BOOKED)} == {NOW}


def test_uploader_is_told_of_the_result(house: House) -> None:
    upload_id = upload(house.manager, sheet(create(), create(title="", at="18:00")))
    carry_out(house.manager, upload_id)
    [told] = notices(kind=NoticeKind.UPLOADED)
    assert (told.person_id, told.facts) == (
        house.manager.person_id,
        {"upload_id": upload_id, "file": "sessions.csv", "valid": 1, "invalid": 1, "left": 0}
        | {"status": "done", "problem": "", "actor": "", "actor_id": None},
    )


def test_uploader_is_told_of_a_job_that_was_stopped_or_failed(house: House) -> None:
    stopped, failed = (upload(house.manager, sheet(create(), create(title="", at="18:00"))) for _ in range(2))
    for upload_id in (stopped, failed):
        do(confirm, house.manager, upload_id)
        jobs.claim(WORKER, NOW)
    do(cancel, house.manager, stopped)
    jobs.give_up(failed, WORKER)
    told = [one.facts for one in notices(kind=NoticeKind.UPLOADED)]
    said = [(one["status"], one["problem"], one["valid"], one["invalid"], one["left"]) for one in told]
    assert said == [("cancelled", "", 0, 1, 1), ("failed", jobs.BROKEN, 0, 1, 1)]


def test_history_of_what_an_upload_did_carries_its_batch(house: House) -> None:
    upload_id = upload(house.manager, sheet(create(), public(at="16:00"), edit(1, title="Go"), delete(2)))
    carry_out(house.manager, upload_id)
    with reading() as db:
        steps = list(
            db.exec(select(Change.step).where(Change.batch_id == f"upload-{upload_id}").order_by(col(Change.id)))
        )
    assert steps == ["upload", "book", "publish", "edit", "delete"]
