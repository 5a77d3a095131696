"""The list of announcements, and who may read one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from app.models.commands.announcing import announce
from app.models.commands.bell import mark_announcement_seen
from app.models.database import reading
from app.models.drafts.announcements import AnnouncementDraft, AudienceDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.announcements import Opened, batch_of, load_choices, load_sent, open_announcement, session_line
from app.models.words import Rank
from app.models.words.announcements import Reach
from tests.models.factories import House, at, do, make_group, make_house, make_person, viewer

Reads = Callable[[], AbstractContextManager[list[str]]]


def send(who: Viewer, subject: str = "Holidays") -> int:
    audience = AudienceDraft(reach=Reach.EVERYBODY)
    return do(announce, who, AnnouncementDraft(subject=subject, text="See https://a.example", audience=audience))[
        "announcement_id"
    ]


def opened(who: Viewer, announcement_id: int) -> Opened:
    with reading() as db:
        return open_announcement(db, who, announcement_id)


def subjects(who: Viewer) -> list[str]:
    with reading() as db:
        return [sent.subject for sent in load_sent(db, who)]


def test_list_says_to_whom_how_many_and_who_saw_it(house: House) -> None:
    sent_id = send(house.manager)
    do(mark_announcement_seen, house.mentee, batch_of(sent_id))
    with reading() as db:
        [sent] = load_sent(db, house.manager)
    assert (sent.audience, sent.sender, sent.readers, sent.seen) == ("Everybody in my programmes", "You", 2, 1)
    assert sent.at == "Mon 2 Mar 2026, 10:00"


def test_managers_see_their_programmes_and_the_organisations_all(house: House) -> None:
    others = make_house(name="Chess")
    send(house.manager, "Ours")
    send(others.manager, "Theirs")
    owner = viewer(make_person("Olga Owner", rank=Rank.OWNER))
    assert (subjects(house.manager), subjects(owner)) == (["Ours"], ["Theirs", "Ours"])
    with pytest.raises(NotFound):
        subjects(house.mentor)


def test_readers_read_it_without_learning_who_else_did(house: House) -> None:
    sent_id = send(house.manager)
    read = opened(house.mentee, sent_id)
    assert (read.subject, read.sender, read.audience, read.readers, read.seen) == (
        "Holidays", "Mona Manager", "", 0, 0,
    )  # fmt: skip
    assert [piece.href for piece in read.text] == ["", "https://a.example"]
    assert opened(house.manager, sent_id).audience == "Everybody in my programmes"
    for stranger in (make_house(name="Chess").manager, viewer(make_person("Nobody"))):
        with pytest.raises(NotFound):
            opened(stranger, sent_id)
    with pytest.raises(NotFound):
        opened(house.mentee, 2**40)


def test_choices_and_sessions_are_those_one_manages(house: House) -> None:
    others = make_house(name="Chess")
    ours, theirs = make_group(house, at(1)), make_group(others, at(1))
    with reading() as db:
        assert [choice.label for choice in load_choices(db, house.manager).programs] == ["Reading"]
        assert session_line(db, house.manager, ours) == "Chess, Tue 3 Mar 2026, 17:00"
        assert session_line(db, house.manager, theirs) == ""


def test_list_asks_the_same_for_one_and_for_thirty(house: House, count_reads: Reads) -> None:
    def asks() -> int:
        with reading() as db, count_reads() as reads:
            load_sent(db, house.manager)
            load_choices(db, house.manager)
        return len(reads)

    send(house.manager)
    few = asks()
    for _ in range(30):
        send(house.manager)
    assert (few, asks()) == (5, 5)
