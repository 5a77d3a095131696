"""Erasing somebody leaves no name, address or word of theirs anywhere; what others need stays."""

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.models.commands.announcing import announce
from app.models.commands.availability import set_hours
from app.models.commands.booking import book
from app.models.commands.cancelling import cancel
from app.models.commands.erasing import erase
from app.models.commands.first_access import send_access
from app.models.commands.leaving import deactivate
from app.models.commands.messages import send
from app.models.commands.run import perform
from app.models.database import engine, reading, transaction
from app.models.drafts import CancelDraft
from app.models.drafts.announcements import AnnouncementDraft, AudienceDraft
from app.models.drafts.availability import AvailabilityDraft
from app.models.drafts.messages import MessageDraft
from app.models.drafts.people import DeactivateDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.personal_data import load_personal_data
from app.models.tables import Change, Message, PersonTag, Relationship, Seat, Session, Upload, UploadRow
from app.models.words import Rank, Role, RowStatus, Status, UploadKind, UploadStatus
from app.models.words.announcements import Reach
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    booking,
    do,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_relationship,
    make_session,
    viewer,
)

EMAIL = "zebulon@quuxworthy.example"
TRACES = ("zebulon", "quuxworthy", "only he would say this")


@pytest.fixture
def owner() -> Viewer:
    make_organisation()
    return viewer(make_person("Olga Owner", rank=Rank.OWNER))


@pytest.fixture
def house(owner: Viewer) -> House:
    """A house whose mentor is Zebulon Quuxworthy, who has left traces everywhere."""
    made = make_house()
    mentor = make_person("Zebulon Quuxworthy", email=EMAIL, password_hash="set", bio="Only he would say this")
    make_member(made.program_id, mentor, Role.MENTOR)
    relationship = make_relationship(made.program_id, mentor, made.mentee.person_id)
    house = House(made.program_id, made.manager, viewer(mentor), made.mentee, relationship)
    leave_traces(house, owner)
    return house


def leave_traces(house: House, owner: Viewer) -> None:
    make_session(house, at(-7), status=Status.COMPLETED)
    perform(send_access, owner, "a form that may be sent again", [house.mentor.person_id])
    booked = do(book, house.mentor, booking(house))["session_ids"]
    do(cancel, house.mentor, booked[0], CancelDraft(reason="Only he would say this"))
    do(send, house.mentor, MessageDraft(relationship_id=house.relationship_id, text="Only he would say this"))
    do(send, house.mentee, MessageDraft(relationship_id=house.relationship_id, text="Thank you"))
    do(set_hours, house.mentor, house.mentor.person_id, AvailabilityDraft(is_limited=False, zone=BERLIN))
    to_him = AudienceDraft(reach=Reach.PEOPLE, people=(house.mentor.person_id,))
    do(announce, owner, AnnouncementDraft(subject="Hello", text="To you", audience=to_him))
    with transaction() as db:
        db.add(PersonTag(person_id=house.mentor.person_id, name="Only he would say this"))
        upload = Upload(
            kind=UploadKind.PEOPLE,
            status=UploadStatus.DONE,
            file_name="a.csv",
            person_id=owner.person_id,
            created_at=NOW,
        )
        db.add(upload)
        db.flush()
        rows = [{"Email": EMAIL, "First name": "Zebulon"}, {"Email": "m@x.example", "Mentors": f"a@x.example; {EMAIL}"}]
        for number, cells in enumerate(rows):
            db.add(UploadRow(upload_id=upload.id or 0, number=number, cells=cells, status=RowStatus.DONE))


def left() -> list[str]:
    """The tables in which a trace of him is left."""
    found: list[str] = []
    with engine().connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            text = " ".join(str(row).casefold() for row in connection.execute(sa.select(table)))
            found += [f"{table.name}: {trace}" for trace in TRACES if trace in text]
    return found


def put_away(house: House, owner: Viewer) -> None:
    do(deactivate, owner, house.mentor.person_id, DeactivateDraft())


def test_nothing_of_somebody_erased_is_left(house: House, owner: Viewer) -> None:
    assert left()
    put_away(house, owner)
    do(erase, owner, house.mentor.person_id, EMAIL.upper())
    assert left() == []


def test_what_others_need_stays(house: House, owner: Viewer) -> None:
    put_away(house, owner)
    do(erase, owner, house.mentor.person_id, EMAIL)
    with reading() as db:
        kept = db.exec(select(Session.status).where(Session.relationship_id == house.relationship_id)).all()
        assert Status.COMPLETED in kept
        assert len(db.exec(select(Seat.id).where(Seat.person_id == house.mentor.person_id)).all()) == len(kept)
        assert db.exec(select(Message.text)).all() == ["Thank you"]
        assert db.get_one(Relationship, house.relationship_id).ended_at == NOW
        assert db.exec(select(Change.step).order_by(col(Change.id).desc())).first() == "erase"


def test_the_active_are_deactivated_first(house: House, owner: Viewer) -> None:
    with pytest.raises(Refusal, match="Deactivate them first"):
        do(erase, owner, house.mentor.person_id, EMAIL)
    assert left()


@pytest.mark.parametrize("typed", ["", "zebulon", "quuxworthy.example"])
def test_the_address_must_be_typed(house: House, owner: Viewer, typed: str) -> None:
    put_away(house, owner)
    with pytest.raises(Refusal, match=r"Type zebulon@quuxworthy\.example to erase them"):
        do(erase, owner, house.mentor.person_id, typed)


def test_only_managers_of_the_organisation_erase(house: House, owner: Viewer) -> None:
    put_away(house, owner)
    for other in (house.manager, house.mentee):
        with pytest.raises(NotFound):
            do(erase, other, house.mentor.person_id, EMAIL)
    with pytest.raises(Refusal):
        do(erase, owner, owner.person_id, owner.email)


def test_personal_data_hold_what_is_kept_of_somebody(house: House, owner: Viewer) -> None:
    with reading() as db:
        data = load_personal_data(db, house.mentor, NOW, house.mentor.person_id)
        for other in (house.manager, house.mentee):
            with pytest.raises(NotFound):
                load_personal_data(db, other, NOW, house.mentor.person_id)
    assert (data["person"]["email"], data["tags"]) == (EMAIL, ["Only he would say this"])
    assert [message["text"] for message in data["messages"]] == ["Only he would say this", "Thank you"]
    assert {session["status"] for session in data["sessions"]} == {Status.COMPLETED, Status.CANCELLED}
    assert "password" not in str(data)


def test_personal_data_tell_a_manager_all_but_what_messages_say(house: House, owner: Viewer) -> None:
    with reading() as db:
        own = load_personal_data(db, house.mentor, NOW, house.mentor.person_id)
        managers = load_personal_data(db, owner, NOW, house.mentor.person_id)
    silent = [{name: value for name, value in one.items() if name != "text"} for one in own["messages"]]
    assert managers == own | {"messages": silent}
    assert "Thank you" not in str(managers)
