"""The booking form as a flat set of texts."""

from datetime import date, time

import pytest

from app.models.errors import Refusal
from app.state.book_form import (
    DEFAULTS,
    changed_fields,
    errors_of,
    new_form,
    read_booking,
    read_times,
    sent_form,
    text_of,
)

FILLED = {
    "program": "1",
    "mentor": "2",
    "mentee": "3",
    "date": "2026-11-30",
    "time": "17:00",
    "minutes": "60",
    "zone": "Europe/Berlin",
    "link": "https://meet.example.org/a",
    "platform": "zoom",
    "notifies": "on",
}


def refused(**values: str) -> dict[str, str]:
    with pytest.raises(Refusal) as caught:
        read_booking(sent_form(FILLED | values))
    return {name: text for name, text in errors_of(caught.value, "coach", "coachee").items() if text}


def test_new_form_takes_what_a_link_may_say() -> None:
    form = new_form({"date": "2026-11-30", "mentee": "3", "notifies": "", "key": "x" * 20, "bogus": "1"}, {})
    assert (form["date"], form["mentee"], form["notifies"], set(form)) == ("2026-11-30", "3", "on", set(DEFAULTS))
    assert form["key"] != "x" * 20


def test_new_form_prefers_the_unfinished_draft() -> None:
    form = new_form({"date": "2026-11-30"}, {"date": "2026-12-01", "title": "Kept", "key": "k" * 32, "notifies": ""})
    assert (form["date"], form["title"], form["key"], form["notifies"]) == ("2026-12-01", "Kept", "k" * 32, "")


@pytest.mark.parametrize("key", ["", "short", "k" * 65])
def test_new_form_makes_a_key_of_its_own(key: str) -> None:
    made = new_form({}, {"key": key})["key"]
    assert (len(made), made == new_form({}, {})["key"]) == (32, False)


def test_read_booking_reads_every_field() -> None:
    draft = read_booking(sent_form(FILLED | {"title": " Scales ", "details": "Bring\nnotes", "skips_clashes": "on"}))
    assert (draft.program_id, draft.mentor_id, draft.mentee_id) == (1, 2, 3)
    assert (draft.day, draft.at, draft.minutes, draft.zone) == (date(2026, 11, 30), time(17), 60, "Europe/Berlin")
    assert (draft.title, draft.details, draft.skips_clashes, draft.notifies) == ("Scales", "Bring\nnotes", True, True)


def test_read_booking_takes_only_the_fields_of_its_place() -> None:
    draft = read_booking(sent_form(FILLED | {"place": "in_person", "address": "Room 4", "passcode": "1"}))
    assert (draft.meeting.address, draft.meeting.link, draft.meeting.passcode) == ("Room 4", "", "")


def test_read_booking_takes_another_zone() -> None:
    draft = read_booking(sent_form(FILLED | {"zone": "other", "zone_other": "Asia/Kolkata"}))
    assert draft.zone == "Asia/Kolkata"


def test_read_booking_reads_a_repetition() -> None:
    sent = FILLED | {"repeat": "weekly", "every": "2", "weekday_0": "on", "weekday_3": "on", "times": "5"}
    repetition = read_booking(sent_form(sent | {"ends": "times", "until": "2027-01-01"})).repetition
    assert (repetition.every, repetition.weekdays, repetition.times, repetition.until) == (2, {0, 3}, 5, None)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"date": "2026-02-30"}, ["date"]),
        ({"date": "0001-01-01"}, ["date"]),
        ({"date": "9999-12-31"}, ["date"]),
        ({"time": "25:00"}, ["time"]),
        ({"time": "17:00Z"}, ["time"]),
        ({"time": "3600"}, ["time"]),
        ({"minutes": "29"}, ["minutes"]),
        ({"minutes": "721"}, ["minutes"]),
        ({"minutes": "NaN"}, ["minutes"]),
        ({"zone": "Mars/Base"}, ["zone"]),
        ({"zone": "../etc/passwd"}, ["zone"]),
        ({"title": "x" * 401}, ["title"]),
        ({"details": "x" * 10_001}, ["details"]),
        ({"link": "javascript:alert(1)"}, ["link"]),
        ({"platform": "carrier pigeon"}, ["platform"]),
        ({"place": "moon"}, ["place"]),
        ({"repeat": "hourly", "times": "2"}, ["repeat"]),
        ({"repeat": "weekly", "every": "0", "times": "2"}, ["every"]),
        ({"repeat": "weekly", "every": "1", "times": "201"}, ["times"]),
        ({"repeat": "weekly", "ends": "until", "until": ""}, ["until"]),
        ({"program": "1e9"}, ["program"]),
        ({"mentor": "-1", "mentee": "99999999999999999999"}, ["mentor", "mentee"]),
        ({"date": "", "time": ""}, ["date", "time"]),
    ],
)
def test_read_booking_refuses_at_the_field(values: dict[str, str], names: list[str]) -> None:
    assert list(refused(**values)) == names


def test_errors_name_people_in_the_programmes_words() -> None:
    assert refused(mentor="") == {"mentor": "The coach is missing. Search by name or e-mail."}


def test_errors_without_a_field_are_said_for_the_form() -> None:
    assert errors_of(Refusal.of("", "No."), "", "")["form"] == "No."


def test_read_times_of_an_unfinished_form_is_none() -> None:
    assert read_times(new_form({}, {})) is None
    assert read_times(sent_form(FILLED)) is not None


@pytest.mark.parametrize("form", [None, "x", 7, [], {"date": None, "mentor": "9"}, {"bogus": "1"}])
def test_changed_fields_of_nonsense_are_none(form: object) -> None:
    assert changed_fields(DEFAULTS, form) == {}


def test_changed_fields_leave_out_what_is_chosen_one_by_one() -> None:
    assert changed_fields(DEFAULTS, {"mentor": "9", "key": "k", "title": "New"}) == {"title": "New"}


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (True, "on"),
        (False, ""),
        (None, ""),
        (60.0, "60"),
        (float("nan"), ""),
        (float("inf"), ""),
        ("x" * 30_000, "x" * 20_000),
    ],
)
def test_text_of_takes_whatever_comes(sent: object, text: str) -> None:
    assert text_of(sent) == text
