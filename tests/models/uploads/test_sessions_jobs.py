"""Carrying sheets of sessions out: as the forms do, once, whoever dies."""

import io
from collections.abc import Callable
from datetime import date, datetime, time

import openpyxl
import pytest
from sqlmodel import SQLModel, col, select

from app.models.commands import booking, cancelling, changing, inviting, meeting, publishing
from app.models.commands.uploads import cancel, confirm, undo
from app.models.database import reading, transaction
from app.models.drafts import BookingDraft, Meeting
from app.models.drafts.groups import GroupDraft
from app.models.errors import Refusal
from app.models.queries.upload_results import result_of, sample_of
from app.models.tables import Change, Move, Notice, Person, Relationship, Seat, Session
from app.models.uploads import jobs
from app.models.uploads.exports import as_csv, as_xlsx
from app.models.words import Audience, NoticeKind, Platform, SeatStatus, Status, UploadKind
from tests.models.factories import (
    NOW,
    House,
    at,
    do,
    editing,
    make_group,
    make_seat,
    make_session,
    notices,
    seats,
    session,
    sessions,
)
from tests.models.uploads.session_sheets import (
    FAY,
    HEADINGS,
    LINK,
    OTHERS,
    USUAL,
    Row,
    create,
    delete,
    edit,
    make_home,
    public,
    sheet,
    upload,
)
from tests.models.uploads.sheets import WORKER, carry_out, rows_of, statuses

IST = "Asia/Kolkata"
DAY, AT = date(2026, 3, 10), time(13)
ZOOM = Meeting(platform=Platform.ZOOM, link=LINK, passcode="s3cret")
NAUGHTY = (
    *("=cmd()|' /C calc'!A0", "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "'; DROP TABLE session;--"),
    *("<script>alert(1)</script>", "👩🏽‍🏫 {{7*7}}"),
)
NEVER_ALIKE = {"id", "uid", "slug", "batch_id"}
"""Columns that no two makings of the same thing share."""


def furnished() -> House:
    """1: one-to-one of Max and Mia. 2: private group, Mia invited. 3: live. 4: public, Anna enrolled."""
    made = make_home()
    make_session(made, at(3))
    group = make_group(made, at(4), audience=Audience.PRIVATE, maximum=6, minimum=1, details="Bring a board")
    make_seat(group, made.mentee.person_id, SeatStatus.INVITED)
    make_session(made, at(0, 10), status=Status.LIVE)
    open_to_all = make_group(made, at(5), audience=Audience.PUBLIC, minimum=1, maximum=5, details="Everybody")
    make_seat(open_to_all, person("anna@example.org"))
    return made


def person(email: str) -> int:
    with reading() as db:
        return db.exec(select(Person.id).where(Person.email == email)).one() or 0


def people(*emails: str) -> dict[str, tuple[int, ...]]:
    return {"person_ids": tuple(person(email) for email in emails)}


def book(house: House) -> None:
    pair = {"mentor_id": house.mentor.person_id, "mentee_id": house.mentee.person_id}
    texts = {"title": "Algebra", "details": "What comes after numbers"}
    times = {"day": DAY, "at": AT, "zone": IST, "minutes": 60}
    do(booking.book, house.manager, BookingDraft(program_id=house.program_id, meeting=ZOOM, **pair, **texts, **times))


def group(house: House, **values: object) -> GroupDraft:
    usual = {
        "program_id": house.program_id,
        "host_id": house.mentor.person_id,
        "title": "Algebra",
        "details": "What comes after numbers",
        "day": DAY,
        "at": AT,
        "zone": IST,
        "minutes": 60,
        "minimum": 2,
        "maximum": 10,
        "meeting": ZOOM,
        "recommended_for": "Teachers,Block education officer",
        "categories": "Communication",
        "medium": "English",
    }
    return GroupDraft(**{**usual, **values})


def chess(house: House, **values: object) -> GroupDraft:
    """The form of session 2 as it stands."""
    same = {"title": "Chess", "details": "Bring a board", "minimum": 1, "maximum": 6, "day": at(4).date()}
    bare = {"recommended_for": (), "categories": (), "medium": (), "host_id": None, "zone": "Europe/Berlin"}
    meeting = Meeting(platform=Platform.ZOOM, link="https://meet.example.org/algebra")
    return group(house, **{**same, **bare, "at": time(17), "meeting": meeting, **values})


def replace_list(house: House) -> None:
    do(inviting.remove, house.manager, 2, house.mentee.person_id)
    do(publishing.edit_group, house.manager, 2, chess(house, title="Go", invites=people(*OTHERS[:2])))


ALIKE: dict[str, tuple[Row, Callable[[House], object]]] = {
    "book": (create(), book),
    "publish": (
        public(minimum="3", maximum="12"),
        lambda house: do(
            publishing.publish, house.manager, group(house, audience=Audience.PUBLIC, minimum=3, maximum=12)
        ),
    ),
    "publish in private": (
        create(mentees=", ".join(OTHERS)),
        lambda house: do(
            publishing.publish,
            house.manager,
            group(house, audience=Audience.PRIVATE, invites=people(*OTHERS)),
        ),
    ),
    "edit": (
        edit(1, title="Geometry", at="18:00"),
        lambda house: do(changing.edit, house.manager, 1, editing(at(3, 18), title="Geometry")),
    ),
    "edit a group": (
        edit(2, details="Bring two boards", maximum="8", minutes="90"),
        lambda house: do(
            publishing.edit_group,
            house.manager,
            2,
            chess(house, details="Bring two boards", maximum=8, minutes=90),
        ),
    ),
    "replace the list": (edit(2, mentees=", ".join(OTHERS[:2]), title="Go"), replace_list),
    "meeting of a live one": (
        edit(3, platform="Google Meet", link=LINK),
        lambda house: do(meeting.edit_meeting, house.manager, 3, Meeting(platform=Platform.GOOGLE_MEET, link=LINK)),
    ),
    "delete": (delete(1), lambda house: do(cancelling.delete, house.manager, 1)),
    "delete a group": (delete(2), lambda house: do(cancelling.delete, house.manager, 2)),
}


def left() -> dict[str, list[dict[str, object]]]:
    """Every row that sessions are made of, without what is never alike; what an upload writes of itself left out."""
    tables: tuple[type[SQLModel], ...] = (Session, Seat, Relationship, Move, Notice, Change)
    found: dict[str, list[dict[str, object]]] = {}
    with reading() as db:
        for table in tables:
            rows = [row.model_dump() for row in db.exec(select(table).order_by(col(table.id)))]  # pyright: ignore
            rows = [row for row in rows if row.get("step") != "upload" and row.get("kind") != "uploaded"]
            found[table.__name__] = [_bare(row) for row in rows]
    return found


def _bare(row: dict[str, object]) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in NEVER_ALIKE}
    if "facts" in kept:
        facts = dict(row["facts"])  # pyright: ignore
        inner = [{k: v for k, v in one.items() if k not in NEVER_ALIKE} for one in facts.pop("sessions", [])]
        kept |= {"facts": facts, "sessions": inner}
        kept.pop("dedupe_key")
        kept.pop("due_at")
    return kept


@pytest.mark.parametrize("name", ALIKE)
def test_row_leaves_what_the_same_change_in_the_form_leaves(name: str) -> None:
    row, change = ALIKE[name]
    change(furnished())
    by_form = left()
    house = furnished()
    upload_id = upload(house.manager, sheet(row))
    carry_out(house.manager, upload_id)
    assert (statuses(upload_id), left()) == (["done"], by_form)


@pytest.fixture
def house() -> House:
    return furnished()


def test_same_file_again_creates_nothing(house: House) -> None:
    content = sheet(create(), public(at="16:00"), create(mentor=FAY, mentees=OTHERS[0]))
    first = upload(house.manager, content)
    carry_out(house.manager, first)
    before = left()
    again = upload(house.manager, content)
    assert (statuses(first), statuses(again), left()) == (["done"] * 3, ["invalid"] * 3, before)


def test_file_confirmed_twice_at_once_creates_nothing_twice(house: House) -> None:
    one, other = (upload(house.manager, sheet(create())) for _ in range(2))
    do(confirm, house.manager, one)
    do(confirm, house.manager, other)
    while jobs.work_once(WORKER):
        pass
    assert (statuses(one), statuses(other)) == (["done"], ["failed"])
    assert len(sessions(title="Algebra", status=Status.SCHEDULED)) == 2  # session 1 and the new one


def test_result_says_id_status_and_message_and_is_taken_again(house: House) -> None:
    upload_id = upload(house.manager, sheet(create(), create(title="", at="19:00"), delete(2)))
    carry_out(house.manager, upload_id)
    with reading() as db:
        headings, rows = result_of(db, house.manager, upload_id)
    assert headings == [*HEADINGS, "Session status", "Status message"]
    made = rows[0][1]
    assert [(row[1], row[-2], row[-1]) for row in rows] == [
        (made, "Valid", f"Created as session {made}."),
        ("", "Invalid", "title: The title is missing. Fill it in: a new session needs it."),
        ("2", "Valid", "Deleted."),
    ]
    rows[0][0], rows[0][2], rows[1][2], rows[1][9] = "Edit", "Geometry", "Fractions", "16:00"
    again = upload(house.manager, as_csv(headings, rows))
    carry_out(house.manager, again)
    assert statuses(again) == ["done", "done", "invalid"]
    assert [one.title for one in sessions(id=int(made))] == ["Geometry"]


def test_result_file_as_it_came_creates_nothing(house: House) -> None:
    upload_id = upload(house.manager, sheet(create()))
    carry_out(house.manager, upload_id)
    with reading() as db:
        content = as_xlsx(*result_of(db, house.manager, upload_id))
    again = upload(house.manager, content)
    made = rows_of(upload_id)[0].result["id"]
    assert statuses(again) == ["invalid"]
    assert rows_of(again)[0].problems[0]["message"] == f"Session {made}, “Algebra”, was created already."


def test_work_goes_on_where_a_killed_worker_left_it(house: House) -> None:
    rows = [create(day=f"{day:02d}-04-2026") for day in range(1, 29)]
    upload_id = upload(house.manager, sheet(*rows))
    do(confirm, house.manager, upload_id)
    claimed = jobs.claim("the first", jobs.clock.now())
    assert claimed == upload_id
    jobs.step(upload_id, "the first")  # and is killed
    jobs.release(upload_id, "the first")
    jobs.work_once("the second")
    assert statuses(upload_id) == ["done"] * 28
    assert len(sessions(title="Algebra", status=Status.SCHEDULED)) == 29


@pytest.mark.parametrize("day", [datetime(2026, 3, 10), "10-03-2026"])  # noqa: DTZ001  # cells know no zone
def test_workbook_with_true_dates_and_with_text_is_read_alike(house: House, day: object) -> None:
    book = openpyxl.Workbook()
    sheet_ = book.active
    assert sheet_ is not None
    sheet_.append(list(HEADINGS))
    at_ = time(13) if isinstance(day, datetime) else "13:00 Hrs"
    cells = {**USUAL, "Date(DD-MM-YYYY)": day, "Time (24 hrs)": at_, "Duration(Min)": 60.0}
    sheet_.append([cells.get(heading, "") for heading in HEADINGS])
    out = io.BytesIO()
    book.save(out)
    upload_id = upload(house.manager, out.getvalue())
    assert [row.plan["booking"]["day"] for row in rows_of(upload_id)] == ["2026-03-10"]


def test_sample_of_mentored_is_taken_unchanged(house: House) -> None:
    text = (
        "Action,id,title,description,type,Mentor(Email),Mentees(Email),Date(DD-MM-YYYY),Time Zone(IST/UTC),"
        "Time (24 hrs),Duration(Min),recommended_for,categories,medium,Meeting Platform,Meeting Link,"
        "Meeting Passcode (if needed)\r\n"
        'Create,,Session 1,"For all, with care",Private,max@example.org,"anna@example.org,ben@example.org",'
        '10-03-2026,IST,13:00 Hrs,60,"Teachers,Block education officer","Communication,Life skills",English,'
        "Zoom,https://zoom.us/j/1,pass\r\n"
        "Create,,Session 2,Second,Public,max@example.org,,11-03-2026,UTC,09:00 Hrs,30,Teachers,Communication,"
        "Hindi,Google Meet,https://meet.google.com/x,\r\n"
    )
    upload_id = upload(house.manager, text.encode())
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["done", "done"]
    [made] = sessions(title="Session 1")
    assert (made.recommended_for, made.categories, made.medium) == (
        ["Teachers", "Block education officer"],
        ["Communication", "Life skills"],
        ["English"],
    )


def test_sample_needs_nothing_but_other_people(house: House) -> None:
    with reading() as db:
        headings, rows = sample_of(db, UploadKind.SESSIONS)
    upload_id = upload(house.manager, as_csv(headings, rows))
    found = {flaw["message"].split(" has ")[-1] for row in rows_of(upload_id) for flaw in row.problems}
    assert found == {f"the address {name}@example.org." for name in ("ada", "aarav", "oezguer")}


def test_naughty_strings_come_through_unharmed(house: House) -> None:
    rows = [create(title=text, details=f"{text}\n{text}", day=f"{n:02d}-04-2026") for n, text in enumerate(NAUGHTY, 1)]
    upload_id = upload(house.manager, sheet(*rows))
    carry_out(house.manager, upload_id)
    made = [one.title for one in sessions(host_id=house.mentor.person_id) if one.start_at and one.start_at.month == 4]
    assert (statuses(upload_id), made) == (["done"] * len(NAUGHTY), list(NAUGHTY))


def test_each_person_is_told_once_of_all_their_sessions(house: House) -> None:
    rows = [create(day=f"{day:02d}-04-2026", at="10:00") for day in range(1, 29)]
    upload_id = upload(house.manager, sheet(*rows, delete(1)))
    carry_out(house.manager, upload_id)
    found = [(one.person_id, one.kind, len(one.facts["sessions"])) for one in notices() if "sessions" in one.facts]
    pair = house.mentor.person_id, house.mentee.person_id
    assert sorted(found) == [(one, kind, count) for one in pair for kind, count in (("booked", 28), ("cancelled", 1))]
    assert {one.due_at for one in notices(kind=NoticeKind.BOOKED)} == {NOW}


def test_who_is_concerned_is_told_of_what_was_done_before_a_stop(house: House) -> None:
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


def test_upload_is_undone_by_a_file_of_its_own(house: House) -> None:
    rows = [create(), edit(1, title="Geometry", at="19:00"), edit(2, mentees=", ".join(OTHERS[:2]), maximum="8")]
    upload_id = upload(house.manager, sheet(*rows, edit(3, link=LINK), delete(4)))
    carry_out(house.manager, upload_id)
    with transaction() as db:
        db.get_one(Session, 3).status = Status.SCHEDULED  # as if it had not begun
    undone = do(undo, house.manager, upload_id)["upload_id"]
    jobs.work_once(WORKER)
    says = [row.plan.get("says", "") for row in rows_of(undone)]
    assert len(says) == 4
    assert statuses(undone) == ["valid"] * 4
    carry_out(house.manager, undone)
    assert statuses(undone) == ["done"] * 4
    made = rows_of(upload_id)[0].result["id"]
    assert session(made).deleted_at is not None
    first, second = session(1), session(2)
    assert (first.title, first.start_at, second.maximum) == ("Algebra", at(3), 6)
    invited = {one for one, seat in seats(2).items() if seat.status == SeatStatus.INVITED}
    assert invited == {house.mentee.person_id}
    with pytest.raises(Refusal):
        do(undo, house.manager, undo_empty(house))


def undo_empty(house: House) -> int:
    """An upload of which nothing is left."""
    upload_id = upload(house.manager, sheet(delete(1)))
    carry_out(house.manager, upload_id)
    return upload_id


def test_upload_of_which_a_session_has_started_cannot_be_undone(house: House) -> None:
    upload_id = upload(house.manager, sheet(create(), create(at="16:00")))
    carry_out(house.manager, upload_id)
    with transaction() as db:
        db.get_one(Session, rows_of(upload_id)[1].result["id"]).status = Status.LIVE
    with pytest.raises(Refusal) as refused:
        do(undo, house.manager, upload_id)
    assert "has started, so this upload can no longer be undone." in refused.value.problems[0].message
