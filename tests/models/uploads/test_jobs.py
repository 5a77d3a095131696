"""Carrying uploads out: through the forms' commands, once, whoever dies; stopped between rows."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlmodel import select

from app.models import clock
from app.models.commands.assigning import assign_pair
from app.models.commands.people import add_person
from app.models.commands.uploads import KEPT, cancel, choose_options, confirm, correct_cell, swap_columns, sweep
from app.models.database import engine, reading, transaction
from app.models.drafts.people import NewPersonDraft, RoleDraft
from app.models.drafts.relationships import PairDraft
from app.models.errors import NotFound, Refusal
from app.models.queries.upload_results import result_of, sample_of
from app.models.queries.uploads import list_uploads, read_upload
from app.models.tables import Person, UploadRow
from app.models.uploads import jobs
from app.models.uploads.exports import as_csv
from app.models.words import NoticeKind, Rank, Role, RowStatus, UploadKind, UploadStatus
from tests.models.factories import House, do, make_house, make_person, notices, viewer
from tests.models.organised import house
from tests.models.uploads.sheets import (
    WORKER,
    carry_out,
    everything,
    pairs,
    rows_of,
    sheet,
    statuses,
    the_upload,
    upload,
)
from tests.support.roster import as_csv as written
from tests.support.roster import roster

__all__ = ["house"]

NEW = ["Add", "Anna", "Alt", "anna@example.org", "mentee", "ben@example.org"]
MENTOR = ["Add", "Ben", "Bass", "ben@example.org", "mentor"]
INVALID = ["Add", "", "", "carl@example.org", "mentee"]


def test_good_rows_are_carried_out_and_the_bad_ones_are_told(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR, INVALID))
    done = carry_out(house.manager, upload_id)
    said = [row.result.get("said", "") for row in rows_of(upload_id)]
    assert (done.status, statuses(upload_id)) == ("done", ["done", "done", "invalid"])
    assert said == ["Added. Assigned.", "Added.", ""]
    assert ("ben@example.org", "anna@example.org") in pairs()


def test_same_file_again_changes_nothing(house: House) -> None:
    content = written(roster(people=40, pairs=60, mentors=5), encoding="utf-16")
    carry_out(house.manager, upload(house.manager, content))
    before = everything()
    again = upload(house.manager, content)
    assert statuses(again) == ["unchanged"] * 40
    with pytest.raises(Refusal):
        do(confirm, house.manager, again)
    assert everything() == before


def test_upload_leaves_what_the_forms_leave(house: House) -> None:
    ids, before = {}, everything()
    for name, role in (("Form Mentor", Role.MENTOR), ("Form Mentee", Role.MENTEE)):
        first, last = name.split()
        roles = (RoleDraft(program_id=house.program_id, role=role),)
        draft = NewPersonDraft(email=f"{last}@example.org", first_name=first, last_name=last, roles=roles, tags=("a",))
        ids[role] = do(add_person, house.manager, draft)["person_id"]
    pair = PairDraft(program_id=house.program_id, mentor_id=ids[Role.MENTOR], mentee_id=ids[Role.MENTEE])
    do(assign_pair, house.manager, pair)
    by_form, before = new_since(before), everything()
    headings = ("First name", "Last name", "Email", "Role", "Tags", "Mentors")
    rows = [
        ["Form", "Mentor", "m2@example.org", "mentor", "a"],
        ["Form", "Mentee", "e2@example.org", "mentee", "a", "m2@example.org"],
    ]
    carry_out(house.manager, upload(house.manager, sheet(*rows, headings=headings)))
    assert new_since(before) == by_form


def new_since(before: list[object]) -> list[str]:
    """What is stored now and was not, without what must differ."""
    differs = {"id", "email", "slug", "search_text", "person_id", "mentor_id", "mentee_id"}
    rows = [row for row in everything() if row not in before and isinstance(row, dict)]
    return sorted(str({name: value for name, value in row.items() if name not in differs}) for row in rows)


def test_update_keeps_what_a_row_leaves_empty(house: House) -> None:
    headings = ("Action", "First name", "Last name", "Email", "Role", "Tags", "Time zone", "Cohort")
    first = ["Add", "Anna", "Alt", "anna@example.org", "mentee", "red, blue", "Europe/Berlin", "Autumn"]
    carry_out(house.manager, upload(house.manager, sheet(first, headings=headings)))
    then = ["Update", "Hanna", "", "anna@example.org", "mentor", "green"]
    carry_out(house.manager, upload(house.manager, sheet(then, headings=headings)))
    with reading() as db:
        found = [row.name for row in db.exec(select(Person).where(Person.email == "anna@example.org"))]
    rows = [row for row in everything() if isinstance(row, dict)]
    tags = sorted(row["name"] for row in rows if set(row) == {"id", "person_id", "name"})
    roles = sorted((row["role"], row["cohort"]) for row in rows if "cohort" in row)
    assert (found, tags) == (["Hanna Alt"], ["blue", "green", "red"])
    assert [one for one in roles if one[1]] == [("mentee", "Autumn")]


def test_unassign_ends_the_assignment(house: House) -> None:
    carry_out(house.manager, upload(house.manager, sheet(NEW, MENTOR)))
    before = pairs()
    ended = carry_out(house.manager, upload(house.manager, sheet(["Unassign", "", "", NEW[3], "", MENTOR[3]])))
    assert [one for one in before if one not in pairs()] == [("ben@example.org", "anna@example.org")]
    assert ended.status == "done"


def test_person_of_many_rows_is_told_once(house: House) -> None:
    carry_out(house.manager, upload(house.manager, written(roster(people=31, pairs=30, mentors=1))))
    told = [notice.person_id for notice in notices(kind=NoticeKind.ASSIGNED)]
    assert len(told) == len(set(told)) == 31


def test_person_whose_assignments_end_in_many_rows_is_told_once(house: House) -> None:
    rows = roster(people=11, pairs=10, mentors=1)
    carry_out(house.manager, upload(house.manager, written(rows)))
    ending = [["Unassign", "", "", row[3], "", row[-1]] for row in rows[2:]]
    carry_out(house.manager, upload(house.manager, sheet(*ending)))
    told = {notice.person_id: len(notice.facts["pairs"]) for notice in notices(kind=NoticeKind.ENDED)}
    assert len(notices(kind=NoticeKind.ENDED)) == len(told) == 11
    assert sorted(told.values()) == [*[1] * 10, 10]


@pytest.mark.parametrize(("sends", "count"), [(False, 0), (True, 2)])
def test_first_access_is_sent_only_when_it_was_asked_for(house: House, sends: bool, count: int) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR))
    do(choose_options, house.manager, upload_id, house.program_id, sends)
    carry_out(house.manager, upload_id)
    assert len(notices(kind=NoticeKind.FIRST_ACCESS)) == count


def test_job_of_a_dead_worker_is_taken_over_and_does_nothing_twice(
    house: House, clock_at: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 7)
    upload_id = upload(house.manager, written(roster(people=30, pairs=40, mentors=4)))
    do(confirm, house.manager, upload_id)
    assert jobs.claim("the one that dies", clock.now()) == upload_id
    assert jobs.step(upload_id, "the one that dies")
    assert jobs.step(upload_id, "the one that dies")
    assert jobs.claim("too early", clock.now()) is None
    clock_at.shift(jobs.CLAIM_LASTS[UploadStatus.APPLYING] + timedelta(seconds=1))
    assert jobs.work_once("the next")
    assert not jobs.step(upload_id, "the one that dies")
    done = the_upload(upload_id)
    steps = (done.rows_done, done.options["steps"])
    assert (done.status, set(statuses(upload_id)), steps) == ("done", {"done"}, (56, 56))
    assert len(pairs()) == 41


def test_stopped_job_leaves_the_rest_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 2)
    upload_id = upload(house.manager, sheet(MENTOR, NEW, ["Add", "Dora", "", "dora@example.org", "mentor"]))
    do(confirm, house.manager, upload_id)
    jobs.claim("a worker", clock.now())
    jobs.step(upload_id, "a worker")
    do(cancel, house.manager, upload_id)
    assert not jobs.step(upload_id, "a worker")
    with reading() as db:
        _, rows = result_of(db, house.manager, upload_id)
    assert statuses(upload_id) == ["done", "skipped", "skipped"]
    assert [row[-1] for row in rows][1:] == [
        "Added. The rest was left out: the upload was stopped.",
        "The upload was stopped before it.",
    ]


def test_row_that_the_world_overtook_fails_and_the_others_go_on(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR))
    roles = (RoleDraft(program_id=house.program_id, role=Role.MENTEE),)
    do(add_person, house.manager, NewPersonDraft(email=NEW[3], first_name="Other", roles=roles))
    carry_out(house.manager, upload_id)
    said = rows_of(upload_id)[0].result["said"]
    assert (statuses(upload_id), "already has this address" in said) == (["failed", "done"], True)


def test_job_of_somebody_who_may_no_longer_fails(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR))
    do(confirm, house.manager, upload_id)
    with transaction() as db:
        db.get_one(Person, house.manager.person_id).deactivated_at = clock.now()
    before = pairs()
    jobs.work_once("a worker")
    assert (the_upload(upload_id).status, pairs()) == ("failed", before)


def test_job_that_the_database_refuses_fails_and_says_so(house: House) -> None:
    upload_id = upload(house.manager, sheet(MENTOR, NEW))
    do(confirm, house.manager, upload_id)
    with transaction() as db:
        db.get_one(UploadRow, rows_of(upload_id)[1].id).plan = {"says": "", "stages": [0], "pairs": []}
    assert jobs.work_once(WORKER)
    failed = the_upload(upload_id)
    assert (failed.status, failed.problem, failed.claimed_by) == ("failed", jobs.BROKEN, "")
    assert statuses(upload_id) == ["skipped", "skipped"]
    assert not jobs.work_once(WORKER)


def test_busy_database_is_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0)
    upload_id = upload(house.manager, sheet(MENTOR))
    do(confirm, house.manager, upload_id)
    refused: list[int] = []

    def busy(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE uploadrow") and len(refused) < jobs.TRIES - 1:
            refused.append(1)
            raise OperationalError(statement, {}, RuntimeError("busy"))

    event.listen(engine(), "before_cursor_execute", busy)
    jobs.work_once(WORKER)
    event.remove(engine(), "before_cursor_execute", busy)
    assert (the_upload(upload_id).status, len(refused)) == ("done", jobs.TRIES - 1)


def test_confirming_twice_is_confirming_once(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR))
    do(confirm, house.manager, upload_id)
    carry_out(house.manager, upload_id)
    do(confirm, house.manager, upload_id)
    assert statuses(upload_id) == ["done", "done"]


def test_upload_is_for_its_maker_and_the_organisations_managers(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR))
    row_id = rows_of(upload_id)[0].id
    foreign = make_house(name="Elsewhere").manager
    for who in (foreign, house.mentor, house.mentee):
        with reading() as db:
            for query in (read_upload, result_of):
                with pytest.raises(NotFound):
                    query(db, who, upload_id)
            assert list_uploads(db, who, UploadKind.PEOPLE) == []
        for command, *args in (
            (confirm,), (cancel,), (correct_cell, row_id, "Email", "x@example.org"),
            (choose_options, None, True), (swap_columns, "Email", "Role"),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                do(command, who, upload_id, *args)
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    with reading() as db:
        assert read_upload(db, owner, upload_id).row_count == 2


def test_result_can_be_corrected_and_uploaded_again(house: House) -> None:
    upload_id = upload(house.manager, sheet(NEW, MENTOR, INVALID))
    carry_out(house.manager, upload_id)
    with reading() as db:
        headings, rows = result_of(db, house.manager, upload_id)
    assert rows[2][-2:] == ["Invalid", "First name: The first name is missing. Fill it in."]
    rows[2][1] = "Carl"
    again = upload(house.manager, as_csv(headings, rows))
    assert statuses(again) == [RowStatus.UNCHANGED, RowStatus.UNCHANGED, RowStatus.VALID]


def test_sample_is_right_as_it_stands(house: House) -> None:
    with reading() as db:
        content = as_csv(*sample_of(db, UploadKind.PEOPLE))
    upload_id = upload(house.manager, content)
    assert statuses(upload_id) == ["valid"] * 4
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["done"] * 4


def test_upload_is_deleted_with_its_rows_when_its_days_are_over(house: House, clock_at: time_machine.Traveller) -> None:
    old = upload(house.manager, sheet(MENTOR))
    clock_at.shift(timedelta(days=1))
    newer = upload(house.manager, sheet(NEW))
    clock_at.shift(KEPT - timedelta(days=1))
    assert [sweep(clock.now()), sweep(clock.now())] == [1, 0]
    assert (rows_of(old), len(rows_of(newer))) == ([], 1)
    with pytest.raises(NoResultFound):
        the_upload(old)
