"""The mark of a place at a browser: read back by us alone, and telling nobody anything."""

import pytest

from app.models.place_marks import PlaceMark, read_mark, write_mark
from app.models.words import SeatStatus

SECRET = "s" * 32
MARK = PlaceMark(7, 1234, SeatStatus.WAITING, 3, taking="0123456789ab")
PROVEN = PlaceMark(7, 1234, SeatStatus.ENROLLED, is_proven=True)


@pytest.mark.parametrize("mark", [MARK, PROVEN])
def test_mark_is_read_back(mark: PlaceMark) -> None:
    assert read_mark(SECRET, write_mark(SECRET, mark), 7) == mark


def test_marks_look_alike_whoever_they_stand_for() -> None:
    nobody = PlaceMark(7, 0, SeatStatus.ENROLLED)
    written = {write_mark(SECRET, mark) for mark in (MARK, MARK, nobody, nobody)}
    assert (len(written), {len(text) for text in written}) == (4, {60})


@pytest.mark.parametrize("text", ["", "x", "ä", "A" * 60, "====", "A" * 5_000])
def test_what_we_did_not_write_is_no_mark(text: str) -> None:
    assert read_mark(SECRET, text, 7) is None


def test_mark_is_for_one_session_and_one_secret() -> None:
    written = write_mark(SECRET, MARK)
    assert (read_mark(SECRET, written, 8), read_mark("t" * 32, written, 7)) == (None, None)


def test_changed_mark_is_none() -> None:
    written = write_mark(SECRET, MARK)
    changed = [written[:at] + ("A" if written[at] != "A" else "B") + written[at + 1 :] for at in range(len(written))]
    assert {read_mark(SECRET, one, 7) for one in changed} == {None}
