"""Whatever sheets of sessions say, whoever dies, stops them or books meanwhile: every row is accounted for, once."""

from collections import Counter
from contextlib import suppress
from datetime import time, timedelta

import pytest
import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.models import clock
from app.models.commands import booking
from app.models.commands.uploads import cancel, confirm, open_upload
from app.models.database import reading, transaction
from app.models.drafts import BookingDraft
from app.models.errors import Refusal
from app.models.queries.upload_results import result_of
from app.models.tables import Session, Upload, UploadRow
from app.models.uploads import jobs
from app.models.uploads.exports import as_csv
from app.models.uploads.reading import read_table
from app.models.words import RowStatus, Status, UploadKind, UploadStatus
from tests.models.factories import NOW, ONLINE, at, do, make_session, notices, rows_of
from tests.models.test_races import clashes
from tests.models.uploads.session_sheets import FAY, MENTEE, MENTOR, OTHERS, Row, create, delete, edit, make_home, sheet

STORED = 5
"""The sessions that are there at first; their ids are 1 to 5, each at 17:00 on a day of its own."""
LATER = timedelta(seconds=150)
"""After that every claim of a dead worker is free."""
CHECKER = "who checks"
ENDED = {RowStatus.DONE, RowStatus.FAILED, RowStatus.SKIPPED, RowStatus.INVALID, RowStatus.UNCHANGED}
days = st.sampled_from(["12-03-2026", "13-03-2026", "14-03-2026"])
hours = st.sampled_from(["09:00", "09:30", "12:00", "17:00"])
stored = st.integers(1, STORED + 1)
creations = st.builds(
    lambda mentor, mentee, day, hour: create(mentor=mentor, mentees=mentee, day=day, at=hour, zone="Europe/Berlin"),
    *(st.sampled_from([MENTOR, FAY]), st.sampled_from([MENTEE, *OTHERS, f"{MENTEE}, {OTHERS[0]}"]), days, hours),
)
edits = st.builds(lambda number, day, hour: edit(number, day=day, at=hour), stored, days, hours)
rows = st.lists(creations | creations | edits | st.builds(delete, stored), min_size=4, max_size=12)
number = st.integers(0, 9)
worker = st.sampled_from(["Anna's", "Ben's"])


class Sheets(RuleBasedStateMachine):
    """Two mentors with few hours, so that many rows are in one another's way."""

    @initialize(rows=rows)
    def begin(self, rows: list[Row]) -> None:
        self.traveller = time_machine.travel(NOW, tick=False)
        self.clock = self.traveller.start()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(jobs, "CHUNK", 3)
        self.house = make_home()
        for one in range(STORED):
            make_session(self.house, at(9 + one), title=f"Stored {one + 1}")
        self.files: list[int] = []
        self.lengths: dict[int, int] = {}
        self.jobs: dict[str, int] = {}
        self.booked: list[int] = []
        self.send(rows)

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.clock.shift(LATER)
            while jobs.work_once("the last"):
                pass
            self.nothing_is_done_twice_or_lost()
            assert {one.status for one in rows_of(Upload)} <= {"ready", "done", "cancelled"}
            assert [one for one in notices() if one.batch_id and one.due_at > clock.now()] == []
            self.patch.undo()
            self.traveller.stop()

    @rule(rows=rows)
    def send(self, rows: list[Row]) -> None:
        named = [{**row, "title": f"{len(self.files)}.{place}"} for place, row in enumerate(rows)]
        self._open(sheet(*named))

    @rule(number=number)
    def send_the_result(self, number: int) -> None:
        with reading() as db:
            content = as_csv(*result_of(db, self.house.manager, self._file(number)))
        self._open(content)

    @rule(number=number)
    def stop(self, number: int) -> None:
        do(cancel, self.house.manager, self._file(number))

    @rule(worker=worker)
    def work(self, worker: str) -> None:
        if (mine := self.jobs.get(worker) or jobs.claim(worker, clock.now())) is None:
            return
        self.jobs[worker] = mine
        if not jobs.step(mine, worker):
            jobs.release(mine, worker)
            del self.jobs[worker]

    @rule(worker=worker)
    def work_on(self, worker: str) -> None:
        self.work(worker)

    @rule(worker=worker)
    def die(self, worker: str) -> None:
        self.jobs.pop(worker, None)
        self.clock.shift(LATER)

    @rule(day=st.integers(10, 12), hour=st.sampled_from([9, 17]))
    def book(self, day: int, hour: int) -> None:
        pair = {"mentor_id": self.house.mentor.person_id, "mentee_id": self.house.mentee.person_id}
        when = {"day": at(day).date(), "at": time(hour), "zone": "Europe/Berlin", "minutes": 60}
        with suppress(Refusal):
            draft = BookingDraft(program_id=self.house.program_id, meeting=ONLINE, title="By form", **pair, **when)
            self.booked += do(booking.book, self.house.manager, draft)["session_ids"]

    @invariant()
    def nobody_is_at_two_places(self) -> None:
        assert clashes() == []

    @invariant()
    def nothing_is_done_twice_or_lost(self) -> None:
        """Every row of every file stands somewhere, and there is what those say that were carried out."""
        found = rows_of(UploadRow)
        assert Counter(row.upload_id for row in found) == self.lengths
        for one in rows_of(Upload):
            theirs = [row for row in found if row.upload_id == one.id]
            if one.status in (UploadStatus.DONE, UploadStatus.CANCELLED) and one.started_at:
                assert {row.status for row in theirs} <= ENDED
                assert one.rows_done == sum(row.status in (RowStatus.DONE, RowStatus.FAILED) for row in theirs)
        done = [row for row in found if row.status == RowStatus.DONE]
        made = {row.result["id"] for row in done if row.action == "create"}
        there = {one.id: one for one in rows_of(Session) if one.status != Status.TO_BE_ARRANGED}
        assert there.keys() == {*range(1, STORED + 1), *self.booked, *made}
        assert sum(row.action == "create" for row in done) == len(made)
        gone = {row.result["id"] for row in done if row.action == "delete"}
        assert {key for key, one in there.items() if one.deleted_at} == gone

    def _open(self, content: bytes) -> None:
        table = read_table(content)
        made = do(open_upload, self.house.manager, UploadKind.SESSIONS, "term.csv", table, self.house.program_id)
        self.files.append(made["upload_id"])
        self.lengths[made["upload_id"]] = len(table.lines)
        with transaction() as db:
            db.get_one(Upload, made["upload_id"]).claimed_by = CHECKER  # whatever else waits
        jobs.step(made["upload_id"], CHECKER)
        with suppress(Refusal):
            do(confirm, self.house.manager, made["upload_id"])

    def _file(self, number: int) -> int:
        return self.files[number % len(self.files)]


TestSheets = Sheets.TestCase
TestSheets.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
