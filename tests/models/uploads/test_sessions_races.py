"""Two managers' sheets that want the same hours, carried out at the same moment by several processes."""

from collections import Counter
from datetime import timedelta

from app.models import clock
from app.models.commands.uploads import confirm
from app.models.words import NoticeKind, Rank, Status
from tests.models import racing
from tests.models.factories import do, make_person, notices, sessions, viewer
from tests.models.racing import Runner
from tests.models.test_races import clashes, clock_at, database, race
from tests.models.uploads.session_sheets import FAY, MENTEE, MENTOR, OTHERS, Row, create, make_home, sheet, upload
from tests.models.uploads.sheets import rows_of, statuses, the_upload

__all__ = ["clock_at", "database"]

ROWS = 60
PROCESSES = 4


def wish(number: int, who: str, minute: str, mentees: tuple[str, str]) -> Row:
    """The row of this number: two mentors take turns, with two hours a day each."""
    day = clock.now() + timedelta(days=10 + number // 4)
    hour = "09" if number // 2 % 2 else "14"
    mentor = (MENTOR, FAY)[number % 2]
    cells = {"mentor": mentor, "mentees": mentees[number % 2], "day": f"{day:%d-%m-%Y}", "at": f"{hour}:{minute}"}
    return create(title=f"{who} {number}", **cells)


def test_clashing_sheets_of_two_managers_fill_each_hour_once_and_account_for_every_row(database: str) -> None:
    house = make_home()
    other = viewer(make_person("Cleo Chief", rank=Rank.MANAGER))
    one = upload(house.manager, sheet(*[wish(n, "Max’s", "00", (MENTEE, OTHERS[0])) for n in range(ROWS)]))
    two = upload(other, sheet(*[wish(n, "Cleo’s", "30", OTHERS[1:]) for n in reversed(range(ROWS))]), house.program_id)
    assert (statuses(one), statuses(two)) == (["valid"] * ROWS, ["valid"] * ROWS)
    do(confirm, house.manager, one)
    do(confirm, other, two)

    runners = [Runner(n, other.person_id, 1) for n in range(PROCESSES)]
    assert race(database, racing.work_uploads_off, runners) == {"done": PROCESSES}

    assert [the_upload(one).status, the_upload(two).status] == ["done", "done"]
    pairs = list(zip(rows_of(one), reversed(rows_of(two)), strict=True))
    assert Counter(frozenset((a.status, b.status)) for a, b in pairs) == {frozenset(("done", "failed")): ROWS}
    done_first = [sorted(pair, key=lambda row: row.status) for pair in pairs]
    assert sorted(row.title for row in sessions(status=Status.SCHEDULED)) == sorted(
        won.cells["title"] for won, _ in done_first
    )
    assert [won.cells["title"] in lost.result["said"] for won, lost in done_first] == [True] * ROWS
    assert clashes() == []
    told = notices(kind=NoticeKind.BOOKED)
    assert sum(len(notice.facts["sessions"]) for notice in told) == 2 * ROWS
    assert len(told) == len({(notice.person_id, notice.batch_id) for notice in told})
