"""Rows of a sheet of people are carried out together, and each by itself where one of them is refused."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest
from sqlmodel import select

from app.models import clock
from app.models.commands.assigning import pair_all
from app.models.commands.people import EmailTaken, add_people, add_person
from app.models.commands.uploads import confirm
from app.models.database import transaction
from app.models.drafts.people import NewPersonDraft, RoleDraft
from app.models.tables import Change, Person, Program
from app.models.uploads import jobs
from app.models.uploads.people import kind
from app.models.words import Role
from tests.models.factories import (
    NOW,
    House,
    do,
    make_house,
    make_member,
    make_person,
    notices,
    restart_numbers,
    rows_of,
)
from tests.models.uploads.sheets import WORKER, carry_out, everything, pairs, sheet, statuses, upload
from tests.models.uploads.sheets import rows_of as rows_of_upload
from tests.support.roster import as_csv, roster

Count = Callable[[], AbstractContextManager[list[str]]]
GUIDES = ("ann@example.org", "bea@example.org")


@pytest.fixture(autouse=True)
def at_ease(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, one step takes all rows."""
    monkeypatch.setattr(jobs, "CHUNK_SECONDS", 60.0)


def mentee(name: str, mentor: str = GUIDES[0]) -> list[str]:
    return ["Add", name, "Bass", f"{name}@example.org", "mentee", mentor]


def guides(house: House) -> None:
    rows = [["Add", "Guide", "Alt", one, "mentor"] for one in GUIDES]
    carry_out(house.manager, upload(house.manager, sheet(*rows)))


def new(house: House, email: str) -> NewPersonDraft:
    roles = (RoleDraft(program_id=house.program_id, role=Role.MENTEE),)
    return NewPersonDraft(email=email, first_name="Nina", roles=roles)


def reads_of(house: House, rows: Sequence[list[str]], count_reads: Count) -> list[int]:
    """Carry rows out, and count the reads of the two steps that do: people, then pairs."""
    upload_id = upload(house.manager, sheet(*rows))
    do(confirm, house.manager, upload_id)
    jobs.claim(WORKER, clock.now())
    counts: list[int] = []
    for _ in range(2):
        with count_reads() as reads:
            jobs.step(upload_id, WORKER)
        counts.append(len(reads))
    assert statuses(upload_id) == ["done"] * len(rows)
    jobs.release(upload_id, WORKER)
    jobs.work_once(WORKER)
    return counts


def test_many_rows_read_the_database_as_often_as_three(house: House, count_reads: Count) -> None:
    guides(house)
    few, many = [[mentee(f"{word}{i}") for i in range(count)] for word, count in (("few", 3), ("many", kind.AT_ONCE))]
    assert reads_of(house, few, count_reads) == reads_of(house, many, count_reads)


def test_rows_together_leave_what_they_leave_one_by_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def left(at_once: int) -> list[object]:
        restart_numbers()
        monkeypatch.setattr(kind, "AT_ONCE", at_once)
        manager = make_house().manager
        carry_out(manager, upload(manager, as_csv(roster(people=40, pairs=70, mentors=4))))
        stored = [{**row, "slug": ""} for row in everything() if isinstance(row, dict)]
        told = [(one.kind, one.person_id, one.batch_id, one.due_at, one.facts) for one in notices()]
        steps = [(one.step, one.person_id, one.relationship_id, one.batch_id, one.after) for one in rows_of(Change)]
        return [stored, told, steps]

    assert left(kind.AT_ONCE) == left(1)


@pytest.mark.parametrize("taken", [0, 12, 24])
def test_row_whose_address_was_taken_since_fails_alone(house: House, taken: int) -> None:
    guides(house)
    upload_id = upload(house.manager, sheet(*[mentee(f"m{i}") for i in range(25)]))
    do(add_person, house.manager, new(house, f"m{taken}@example.org"))
    carry_out(house.manager, upload_id)
    assert statuses(upload_id) == ["failed" if i == taken else "done" for i in range(25)]
    assert rows_of_upload(upload_id)[taken].result["said"] == (
        "Nina already has this address. Open their page, or use another address."
    )
    theirs = [(GUIDES[0], f"m{i}@example.org") for i in range(25) if i != taken]
    assert [one for one in pairs() if one[0] == GUIDES[0]] == sorted(theirs)


def test_row_whose_mentor_has_left_since_fails_alone(house: House) -> None:
    guides(house)
    upload_id = upload(house.manager, sheet(mentee("m1"), mentee("m2", GUIDES[1]), mentee("m3")))
    with transaction() as db:
        db.exec(select(Person).where(Person.email == GUIDES[1])).one().deactivated_at = NOW
    carry_out(house.manager, upload_id)
    assert [row.result["said"] for row in rows_of_upload(upload_id)] == [
        "Added. Assigned.",
        "Added. Guide Alt is no longer active. Choose somebody else.",
        "Added. Assigned.",
    ]


def test_few_rows_are_carried_out_at_once_where_they_name_many() -> None:
    together = kind.PeopleKind().together
    plans = [{"pairs": [[]] * count} for count in (9, 9, 9, 200)]
    assert [together(plans[i:]) for i in range(4)] == [2, 2, 1, 1]
    assert together([{"pairs": []}] * 100) == kind.AT_ONCE


def test_add_people_adds_none_where_two_have_one_address(house: House) -> None:
    before = everything()
    with pytest.raises(EmailTaken):
        do(add_people, house.manager, [new(house, email) for email in ("a@example.org", "b@example.org") * 2])
    assert everything() == before


def test_pair_all_assigns_a_pair_that_comes_twice_once(house: House) -> None:
    mentee_id = make_person("Nora New")
    make_member(house.program_id, mentee_id, Role.MENTEE)
    with transaction() as db:
        wanted = db.get_one(Program, house.program_id), house.mentor.person_id, mentee_id
        made = pair_all(db, house.manager, NOW, [wanted, wanted])
    assert [is_new for _, is_new in made] == [True, False]
    assert made[0][0].id == made[1][0].id
