"""Taking a carried-out sheet of sessions back."""

import pytest

from app.models.commands.uploads import undo
from app.models.database import transaction
from app.models.errors import Refusal
from app.models.tables import Session
from app.models.uploads import jobs
from app.models.words import SeatStatus, Status
from tests.models.factories import (
    House,
    at,
    do,
    seats,
    session,
)
from tests.models.uploads.session_sheets import (
    LINK,
    OTHERS,
    create,
    delete,
    edit,
    sheet,
    upload,
)
from tests.models.uploads.sheets import WORKER, carry_out, rows_of, statuses


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
    assert (first.title, first.start_at, second.maximum) == ("Algebra", at(3), 3)
    invited = {one for one, seat in seats(2).items() if seat.status == SeatStatus.INVITED}
    assert invited == {house.mentee.person_id}
    with pytest.raises(Refusal):
        do(undo, house.manager, undo_empty(house))


def test_undo_empties_again_what_was_empty(house: House) -> None:
    words = {"recommended": "Parents", "categories": "Chess", "medium": "English"}
    rows = [edit(1, details="Bring a board", passcode="s3cret"), edit(4, mentees=OTHERS[1], **words)]
    before = standing()
    upload_id = upload(house.manager, sheet(*rows))
    carry_out(house.manager, upload_id)
    assert (statuses(upload_id), standing() == before) == (["done"] * 2, False)
    undone = do(undo, house.manager, upload_id)["upload_id"]
    jobs.work_once(WORKER)
    carry_out(house.manager, undone)
    assert (statuses(undone), standing()) == (["done"] * 2, before)


def standing() -> list[object]:
    """What the two sessions are, and who is invited."""
    names = {"details", "passcode", "platform", "link", "recommended_for", "categories", "medium", "start_at"}
    invited = {one for one, seat in seats(4).items() if seat.status == SeatStatus.INVITED}
    return [session(1).model_dump(include=names), session(4).model_dump(include=names), invited]


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
