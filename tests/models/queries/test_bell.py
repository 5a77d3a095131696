"""The bell's list and count, and what marks them seen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from app.models import notices as writing
from app.models.commands.bell import mark_announcement_seen, mark_seen
from app.models.database import reading, transaction
from app.models.permissions import Viewer
from app.models.queries.bell import BellLine, Unseen, count_unseen, load_bell
from app.models.words import NoticeKind
from tests.models.factories import NOW, House, do, notices

Reads = Callable[[], AbstractContextManager[list[str]]]


def tell(house: House, who: Viewer, key: str, **values: Any) -> None:
    facts = {"pairs": [[house.mentor.person_id, house.mentee.person_id]], "program_id": house.program_id}
    with transaction() as db:
        writing.tell_person(
            db, NoticeKind.ASSIGNED, who.person_id, facts, actor=house.manager, now=NOW, dedupe_key=key, **values
        )


def unseen(who: Viewer) -> Unseen:
    with reading() as db:
        return count_unseen(db, who, NOW)


def lines(who: Viewer, **options: int) -> list[BellLine]:
    with reading() as db:
        return load_bell(db, who, NOW, **options)


def test_bell_lists_ones_own_newest_first(house: House) -> None:
    tell(house, house.mentee, "a")
    tell(house, house.mentee, "b")
    tell(house, house.mentor, "c")
    first, second = lines(house.mentee)
    assert first.id > second.id
    assert first.text == "You now work with Max Mentor in Reading."
    assert (first.ago, first.is_new) == ("just now", True)
    assert [line.id for line in lines(house.mentee, most=1)] == [first.id]
    assert unseen(house.mentee) == Unseen(2)


def test_what_is_not_due_waits_and_says_when_it_will_be(house: House) -> None:
    due_at = NOW + timedelta(seconds=10)
    tell(house, house.mentee, "a", due_at=due_at)
    assert (unseen(house.mentee), lines(house.mentee)) == (Unseen(0, due_at), [])
    do(mark_seen, house.mentee, notices()[0].id)
    assert notices()[0].seen_at is None


def test_marking_seen_reaches_ones_own_up_to_the_newest_shown(house: House) -> None:
    for key in "ab":
        tell(house, house.mentee, key)
    tell(house, house.mentor, "c")
    shown = lines(house.mentee)[-1].id
    assert do(mark_seen, house.mentee, shown) == {"seen": 1}
    assert [line.is_new for line in lines(house.mentee)] == [True, False]
    assert unseen(house.mentor) == Unseen(1)
    assert do(mark_seen, house.mentee, 2**40) == {"seen": 0}


def test_reading_an_announcement_marks_its_notice_alone(house: House) -> None:
    tell(house, house.mentee, "a", batch_id="announcement:1")
    tell(house, house.mentee, "b")
    tell(house, house.mentor, "a", batch_id="announcement:1")
    assert do(mark_announcement_seen, house.mentee, "announcement:1") == {"seen": 1}
    assert (unseen(house.mentee), unseen(house.mentor)) == (Unseen(1), Unseen(1))


def test_count_and_list_ask_the_same_for_one_and_for_thirty(house: House, count_reads: Reads) -> None:
    def asks() -> int:
        with reading() as db, count_reads() as reads:
            count_unseen(db, house.mentee, NOW)
            load_bell(db, house.mentee, NOW, 30)
        return len(reads)

    tell(house, house.mentee, "first")
    few = asks()
    for number in range(30):
        tell(house, house.mentee, str(number))
    assert (few, asks()) == (4, 4)
