"""What a form may send, and what it is told otherwise."""

from contextlib import suppress
from datetime import UTC, date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.drafts import (
    BookingDraft,
    CancelDraft,
    Draft,
    EditDraft,
    Meeting,
    MoveDraft,
    OutcomeDraft,
    PersonDraft,
    Repetition,
    clean,
    read,
)
from app.models.drafts.relationships import MOST_AT_ONCE, EndDraft, HandOverDraft
from app.models.drafts.seats import RegisterDraft
from app.models.errors import Refusal
from app.models.words import Platform, Shown

BOOKING: dict[str, Any] = {
    "program_id": 1,
    "mentor_id": "2",
    "mentee_id": 3,
    "day": "2026-03-03",
    "at": "17:30",
    "zone": "Europe/Berlin",
    "minutes": "60",
}


def problems(shape: type, raw: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Refusal) as refused:
        read(shape, raw)
    return refused.value.by_field()


def test_booking_is_read_from_what_a_form_sends():
    draft = read(BookingDraft, BOOKING)

    assert (draft.day, draft.at, draft.minutes, draft.mentor_id) == (date(2026, 3, 3), time(17, 30), 60, 2)
    assert (draft.notifies, draft.skips_clashes) == (True, False)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("day", "", "The date is missing. Fill in the date."),
        ("day", None, "The date is missing. Fill in the date."),
        ("day", "2026-02-30", "This date does not exist. Give it as YYYY-MM-DD."),
        ("day", "03.03.2026", "This cannot be read. Give it as YYYY-MM-DD."),
        ("day", "1772530000", "This cannot be read. Give it as YYYY-MM-DD."),
        ("day", "1999-12-31", "This date is out of reach. Give one between 2000 and 2199."),
        ("day", "9999-12-31", "This date is out of reach. Give one between 2000 and 2199."),
        ("at", "", "The start time is missing. Fill in the start time."),
        ("at", "25:00", "This is not a time of day. Give it as 17:30."),
        ("at", "17", "This cannot be read. Give it as 17:30."),
        ("at", "17:00+02:00", "This cannot be read. Give it as 17:30."),
        ("zone", "Mars/Base", "“Mars/Base” is not a time zone. Choose one such as Europe/Berlin."),
        ("zone", "", "“” is not a time zone. Choose one such as Europe/Berlin."),
        ("minutes", "", "The length is missing. Say when it ends, or how long it lasts."),
        ("minutes", 29, "A session lasts from 30 minutes to 12 hours. Choose a length between."),
        ("minutes", -60, "A session lasts from 30 minutes to 12 hours. Choose a length between."),
        ("minutes", 721, "A session lasts from 30 minutes to 12 hours. Choose a length between."),
        (
            "minutes",
            "an hour",
            "A session lasts from 30 minutes to 12 hours. Choose a length between.",
        ),
        ("mentor_id", 0, "The mentor is missing. Choose the mentor."),
        ("mentee_id", "", "The mentee is missing. Choose the mentee."),
        ("program_id", 2**70, "The programme is missing. Choose the programme."),
        ("title", "x" * 401, "This is too long: at most 400 characters."),
        ("details", "x" * 10_001, "This is too long: at most 10,000 characters."),
    ],
)
def test_booking_says_what_is_wrong_and_what_would_be_right(field: str, value: object, text: str):
    assert problems(BookingDraft, BOOKING | {field: value}) == {field: text}


def test_every_wrong_field_is_named_at_once():
    assert set(problems(BookingDraft, BOOKING | {"day": "", "minutes": 1, "zone": "x"})) == {"day", "minutes", "zone"}


def test_unknown_fields_are_refused():
    assert problems(CancelDraft, {"reason": "Ill", "status": "completed"}) != {}


def test_problem_of_a_nested_field_is_named_by_its_path():
    assert problems(EditDraft, BOOKING_TIMES | {"meeting": {"link": "javascript:alert(1)"}}) == {
        "meeting.link": "This is not a web address. It starts with https:// and has no spaces."
    }


BOOKING_TIMES = {name: BOOKING[name] for name in ("day", "at", "zone", "minutes")}


@pytest.mark.parametrize(
    "link",
    [
        "ftp://x.org",
        "meet.example.org",
        "https://",
        "http://[",
        "data:text/html,x",
        "https://x.org\nX-Y: z",
        "https://x.org y",
    ],
)
def test_link_is_a_web_address(link: str):
    [said] = problems(Meeting, {"link": link}).values()
    assert said.startswith("This is not a web address.")


def test_meeting_is_on_bigbluebutton_unless_said_otherwise():
    assert Meeting().platform == Platform.BIG_BLUE_BUTTON


def test_repetition_says_when_it_ends_exactly_once():
    for ends in ({}, {"until": "2026-05-01", "times": 3}):
        assert problems(Repetition, {"repeat": "weekly"} | ends) == {
            "": "Say when it ends: on a date, or after a number of sessions."
        }
    assert Repetition().times is None


@pytest.mark.parametrize(
    ("field", "value"), [("every", 0), ("every", 53), ("times", 0), ("times", 201), ("weekdays", [7])]
)
def test_repetition_has_bounds(field: str, value: object):
    raw = {"repeat": "weekly", "until": "2026-05-01"} | ({"until": None} if field == "times" else {})

    assert list(problems(Repetition, raw | {field: value})) == [field]


def test_seconds_of_a_time_are_left_out():
    draft = MoveDraft.model_validate({"day": "2026-03-03", "at": "17:30:59", "zone": "UTC"})

    assert draft.at == time(17, 30)
    assert MoveDraft(day=date(2026, 3, 3), at=time(17, 30, 1), zone="UTC").at == time(17, 30)


def test_time_with_a_zone_of_its_own_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        MoveDraft(day=date(2026, 3, 3), at=time(17, 30, tzinfo=UTC), zone="UTC")


def test_attendance_is_read_by_person():
    draft = read(OutcomeDraft, {"outcome": "completed", "attended": {"7": True, 8: "false"}})

    assert (draft.outcome, dict(draft.attended)) == (Shown.COMPLETED, {7: True, 8: False})


@pytest.mark.parametrize("name", ["\u200b", "\u200d\u2060\ufeff", " \u00ad ", "\u202e", "\u3164", "\u2800", "\ufe0f"])
def test_name_of_which_nothing_is_seen_is_none(name: str):
    assert list(problems(RegisterDraft, {"name": name, "email": "ann@example.org"})) == ["name"]


def test_name_keeps_the_joiners_that_its_script_needs():
    name = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert read(RegisterDraft, {"name": name, "email": "ann@example.org"}).name == name


def test_names_keep_every_script_and_lose_what_no_mail_can_carry():
    draft = read(PersonDraft, {"email": "Zoe@Example.ORG", "first_name": " محمد\x00\n 🙂 ", "last_name": "<script>"})

    assert (draft.email, draft.first_name, draft.last_name) == ("zoe@example.org", "محمد 🙂", "<script>")


@pytest.mark.parametrize(
    "email", ["", "x", "x@y", "a b@c.de", "a@b.c\n@d.ef", "<a@b.cd>", "@b.cd", "a@@b.cd", "a\u200b@b.cd"]
)
def test_email_is_one_address(email: str):
    assert list(problems(PersonDraft, {"email": email})) == ["email"]


@given(st.text(max_size=200))
def test_clean_text_is_clean_already(text: str):
    once = clean(text)

    assert clean(once) == once
    once.encode()


values = st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.floats() | st.lists(st.integers())


@given(st.dictionaries(st.sampled_from([*BOOKING, "title", "meeting", "repetition", "x"]), values))
def test_whatever_is_sent_is_a_draft_or_a_refusal(raw: dict[str, object]):
    with suppress(Refusal):
        read(BookingDraft, BOOKING | raw)


@pytest.mark.parametrize(
    ("shape", "fields", "name"),
    [
        (EndDraft, {"relationship_id": 1}, "cancels"),
        (HandOverDraft, {"from_id": 1, "to_id": 2}, "relationship_ids"),
        (HandOverDraft, {"from_id": 1, "to_id": 2}, "session_ids"),
    ],
)
def test_more_than_one_would_choose_is_refused(shape: type[Draft], fields: dict[str, Any], name: str) -> None:
    read(shape, fields | {name: list(range(1, MOST_AT_ONCE + 1))})
    with pytest.raises(Refusal, match="This is too long") as refused:
        read(shape, fields | {name: list(range(1, MOST_AT_ONCE + 2))})
    assert list(refused.value.by_field()) == [name]
