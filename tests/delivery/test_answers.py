"""Answering from the mail: looking changes nothing, the link is for one person, one session, one purpose."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.delivery import answers, mail
from app.models import clock
from app.models.commands.booking import book
from app.models.commands.changing import edit
from app.models.database import reading, transaction
from app.models.drafts import Repetition
from app.models.letters import Letter, read_letters
from app.models.signed import LinkBroken, Purpose, seal, unseal
from app.models.tables import Person, Session
from app.models.words import NoticeKind, Repeat, Status
from tests.delivery.conftest import migrated
from tests.models.conftest import clock_at, empty
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    booking,
    do,
    editing,
    make_house,
    make_organisation,
    notices,
    session,
    sessions,
    told,
)
from tests.support.asgi import Asking

__all__ = ["clock_at", "empty", "migrated"]


@pytest.fixture
def house(empty: None) -> House:
    make_organisation()
    return make_house(asks_confirmation=True)


@pytest.fixture
def browser() -> Asking:
    return Asking(answers.ROUTES)


def letter_to(person_id: int, kind: NoticeKind = NoticeKind.ASKED) -> Letter:
    (notice,) = notices(kind=kind, person_id=person_id)
    with reading() as db:
        return read_letters(db, [notice])[0]


def path_in(letter: Letter) -> str:
    """The way to answer, as the mail's text has it."""
    body = mail.compose(letter, NOW).get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+?(/answer/\S+)", body.get_content())
    assert found is not None
    return found[1]


@pytest.fixture
def path(house: House) -> str:
    do(book, house.mentor, booking(house, at(2)))
    return path_in(letter_to(house.mentee.person_id))


def version() -> int:
    return sessions()[-1].version


def test_looking_at_the_link_changes_nothing(house: House, browser: Asking, path: str) -> None:
    before = sessions(), notices()
    for _ in range(3):
        assert "Accept" in browser.get(path).text
        assert browser.head(path).status_code == 200
    assert (sessions(), notices()) == before


def test_accepting_from_the_mail_confirms_the_session_and_tells_both(house: House, browser: Asking, path: str) -> None:
    answer = browser.post(path, data={"answer": "accept", "version": str(version())})
    assert (answer.status_code, "Accepted" in answer.text) == (200, True)
    assert sessions()[-1].status == Status.SCHEDULED
    assert told(kind=NoticeKind.ACCEPTED) == [
        (house.mentor.person_id, NoticeKind.ACCEPTED),
        (house.mentee.person_id, NoticeKind.ACCEPTED),
    ]


def test_answering_twice_says_that_there_is_nothing_to_answer_any_more(browser: Asking, path: str) -> None:
    sent = {"answer": "accept", "version": str(version())}
    browser.post(path, data=sent)
    heard = notices()
    assert "Accepted" in browser.post(path, data=sent).text
    assert "There is nothing to answer any more: it is scheduled." in browser.get(path).text
    assert "Accept</button>" not in browser.get(path).text
    assert notices() == heard


def test_declining_from_the_mail_cancels_with_the_reason(browser: Asking, path: str) -> None:
    browser.post(path, data={"answer": "decline", "version": str(version()), "reason": "I am away"})
    assert (sessions()[-1].status, sessions()[-1].cancel_reason) == (Status.CANCELLED, "I am away")


def test_another_time_is_proposed_in_the_readers_zone(house: House, browser: Asking, path: str) -> None:
    sent = {"answer": "propose", "version": str(version()), "day": "2026-03-06", "at": "11:00"}
    assert "Max Mentor is asked now; you are told the answer by e-mail." in browser.post(path, data=sent).text
    row = sessions()[-1]
    assert clock.wall(row.start_at or NOW, BERLIN).isoformat() == "2026-03-06T11:00:00"
    assert (row.status, row.asked_id) == (Status.PENDING, house.mentor.person_id)
    assert "now Max Mentor is asked" in browser.get(path).text


def test_a_bad_time_is_refused_and_stays_typed(browser: Asking, path: str) -> None:
    before = sessions()
    sent = {"answer": "propose", "version": str(version()), "day": "2026-02-01", "at": "11:00"}
    answer = browser.post(path, data=sent)
    assert answer.status_code == 422
    assert "This time has passed." in answer.text
    assert 'value="2026-02-01"' in answer.text
    assert sessions() == before


def test_a_time_that_was_changed_meanwhile_is_not_accepted_unseen(house: House, browser: Asking, path: str) -> None:
    seen = version()
    do(edit, house.mentor, sessions()[-1].id, editing(at(3), title="Algebra"))
    answer = browser.post(path, data={"answer": "accept", "version": str(seen)})
    assert answer.status_code == 422
    assert "Somebody changed this session meanwhile." in answer.text
    assert "Thu 5 Mar 2026" in answer.text
    assert sessions()[-1].status == Status.PENDING


def test_a_series_is_answered_as_a_whole(house: House, browser: Asking) -> None:
    do(book, house.mentor, booking(house, at(2), repetition=Repetition(repeat=Repeat.WEEKLY, times=3)))
    path = path_in(letter_to(house.mentee.person_id))
    page = browser.get(path).text
    assert page.count("<li>") == 3
    browser.post(path, data={"answer": "accept", "version": str(session(sessions()[0].id or 0).version)})
    assert {row.status for row in sessions(series_id=sessions()[-1].series_id)} == {Status.SCHEDULED}


@pytest.mark.parametrize("change", ["", "x", "person"])
def test_a_link_that_was_altered_opens_nothing(house: House, browser: Asking, path: str, change: str) -> None:
    forged = f"{path[:-4]}{change or 'AAAA'}"
    if change == "person":
        facts = {"session": sessions()[-1].id, "person": house.mentee.person_id}
        forged = "/answer/" + seal("another secret", Purpose.ANSWER, facts, at(2))
    for answer in (browser.get(forged), browser.post(forged, data={"answer": "accept", "version": str(version())})):
        assert (answer.status_code, "This link no longer works" in answer.text) == (410, True)
    assert sessions()[-1].status == Status.PENDING


def test_a_link_ends_when_its_session_begins(browser: Asking, path: str, clock_at: time_machine.Traveller) -> None:
    clock_at.move_to(at(2) + timedelta(minutes=1))
    assert browser.get(path).status_code == 410


def test_a_link_ends_when_its_reader_gets_another_address(house: House, browser: Asking, path: str) -> None:
    with transaction() as db:
        db.get_one(Person, house.mentee.person_id).email = "right@example.org"
    answer = browser.post(path, data={"answer": "accept", "version": str(version())})
    assert (browser.get(path).status_code, answer.status_code, sessions()[-1].status) == (410, 410, Status.PENDING)


def test_a_link_is_for_one_purpose(house: House) -> None:
    token = seal("s" * 32, Purpose.ANSWER, {"session": 1}, NOW + timedelta(days=1))
    with reading() as db:
        assert unseal(db, Purpose.ANSWER, token, NOW) == {"session": 1}
        for late in (NOW + timedelta(days=1, seconds=1), NOW + timedelta(days=9)):
            with pytest.raises(LinkBroken):
                unseal(db, Purpose.ANSWER, token, late)


def test_managers_who_look_at_a_mail_get_no_link_that_answers(house: House, path: str) -> None:
    shown = mail.preview(letter_to(house.mentee.person_id))
    assert "/answer/" not in shown.text + shown.html
    assert f"/s/{sessions()[-1].id}" in shown.text


def test_the_one_who_asked_gets_no_link_that_answers(house: House, path: str) -> None:
    body = mail.compose(letter_to(house.mentor.person_id), NOW).get_body(("plain",))
    assert body is not None
    assert "/answer/" not in body.get_content()


def test_question_that_goes_while_it_is_answered_is_gone(
    house: House, browser: Asking, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the question and answering it the session is deleted."""
    asked = answers._asked

    def reads_and_deletes(token: str) -> answers.Asked:
        found = asked(token)
        with transaction() as db:
            db.get_one(Session, found.question.session_id).deleted_at = NOW
        return found

    monkeypatch.setattr(answers, "_asked", reads_and_deletes)
    assert browser.post(path, data={"answer": "accept", "version": str(version())}).status_code == 410
