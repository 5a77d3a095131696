"""The bell's lines: one for every kind, nothing private in any."""

from datetime import timedelta
from typing import Any

import pytest

from app.models.bell_words import ICONS, LONGEST, WORDED, BellWords, Told, ago, words_of
from app.models.words import NoticeKind
from tests.models.factories import BERLIN, NOW

READER, ACTOR = 7, 8
SESSION = {"id": 5, "title": "Algebra", "number": 2, "start_at": "2026-03-03T16:00:00+00:00", "status": "scheduled"}


def line(kind: NoticeKind, **facts: Any) -> BellWords:
    who = {"actor": "Max Mentor", "actor_id": ACTOR}
    return words_of(Told(kind, READER, BERLIN, who | facts, {ACTOR: "Max Mentor", 9: "Ann"}, {3: "Reading"}))


def test_every_kind_has_words_of_its_own() -> None:
    assert set(NoticeKind) == WORDED


def test_a_closed_conversation_is_named_with_whom_it_was() -> None:
    facts = {"pairs": [[9, READER]], "is_closed": True}
    assert line(NoticeKind.THREAD, **facts).text == "Max Mentor closed your conversation with Ann."


def test_upload_says_how_it_ended() -> None:
    facts = {"upload_id": 7, "file": "term.csv", "valid": 120, "invalid": 3}
    assert line(NoticeKind.UPLOADED, **facts).text == "Your upload term.csv is done: 120 valid, 3 invalid."
    stopped = line(NoticeKind.UPLOADED, **facts, left=177, status="cancelled")
    assert stopped.text == "Your upload term.csv was stopped: 120 valid, 3 invalid, 177 left out."


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_a_line_with_and_without_facts(kind: NoticeKind) -> None:
    for facts in ({}, {"sessions": [SESSION]}, {"sessions": [SESSION, SESSION]}):
        said = line(kind, **facts)
        assert said.text
        assert said.icon in ICONS


def test_a_session_is_named_with_its_time_in_the_readers_zone() -> None:
    assert line(NoticeKind.BOOKED, sessions=[SESSION]) == BellWords(
        "calendar-plus", "Max Mentor booked “Algebra”, Tue 3 Mar 2026, 17:00", "/s/5"
    )
    assert line(NoticeKind.MOVED, sessions=[SESSION], actor_id=READER).text == (
        "You moved “Algebra” to Tue 3 Mar 2026, 17:00"
    )
    assert line(NoticeKind.CANCELLED, sessions=[SESSION | {"title": ""}] * 2, actor="", actor_id=None).text == (
        "2 sessions were cancelled, from Tue 3 Mar 2026, 17:00"
    )


def test_who_is_asked_is_asked_to_answer() -> None:
    asked = SESSION | {"status": "pending", "asked_id": READER}
    assert line(NoticeKind.ASKED, sessions=[asked]).text.endswith(". Please answer.")
    assert not line(NoticeKind.ASKED, sessions=[asked | {"asked_id": ACTOR}]).text.endswith("answer.")


def test_a_deleted_session_leads_nowhere() -> None:
    assert line(NoticeKind.CANCELLED, sessions=[SESSION | {"is_deleted": True}]).href == ""


def test_an_assignment_names_the_partner_and_leads_to_the_relationship() -> None:
    facts = {"pairs": [[ACTOR, READER]], "relationship_ids": [4], "program_id": 3}
    assert line(NoticeKind.ASSIGNED, **facts) == BellWords(
        "handshake", "You now work with Max Mentor in Reading.", "/relationships/4"
    )
    many = {"pairs": [[ACTOR, READER], [9, READER]], "relationship_ids": [4, 5]}
    assert line(NoticeKind.ASSIGNED, **many) == BellWords(
        "handshake", "You now work with Max Mentor and Ann.", "/relationships"
    )
    assert line(NoticeKind.ENDED, **facts).text == "Your work with Max Mentor in Reading has ended."


def test_an_announcement_shows_its_subject_cut_to_one_line() -> None:
    said = line(NoticeKind.ANNOUNCEMENT, subject="Long\n" + "x" * 400, text="SECRET", announcement_id=6)
    assert said.href == "/announcements/6"
    assert said.text.startswith("Max Mentor: Long x")
    assert len(said.text) == LONGEST


@pytest.mark.parametrize("kind", [NoticeKind.SIGN_IN, NoticeKind.FIRST_ACCESS, NoticeKind.MESSAGES])
def test_what_is_private_is_named_only(kind: NoticeKind) -> None:
    said = line(kind, link="https://secret.example", path="/welcome/secret", text="secret")
    assert "secret" not in said.text + said.href


def test_how_long_ago_is_said_in_few_words() -> None:
    pasts = [timedelta(seconds=5), timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=3)]
    assert [ago(NOW - past, NOW, BERLIN) for past in pasts] == [
        "just now", "5 min ago", "3 h ago", "1 day ago", "3 days ago",
    ]  # fmt: skip
    assert ago(NOW - timedelta(days=8), NOW, BERLIN) == "Sun 22 Feb 2026"
