"""The mail about unread messages: bundled, dropped when read, without a word of what was said, and stoppable."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine

from app.app import ROUTES
from app.delivery import courier
from app.delivery.mail import preview
from app.models.commands.account import choose_mails
from app.models.commands.messages import MAIL_WAITS, mark_read, send
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts.messages import MessageDraft
from app.models.permissions import Viewer, load_viewer
from app.models.queries.outbox import list_mails, open_mail
from app.models.tables import Person, Relationship
from app.models.words import MailStatus
from tests.delivery.world import NOW, World, html_of, text_of
from tests.support.asgi import Asking
from tests.support.mail import MailServer

SECRET = "my grandmother's diagnosis"


@pytest.fixture
def thread(world: World) -> int:
    return pair(world, world.barbara, world.arjun)


@pytest.fixture
def browser() -> Asking:
    """Somebody's browser, or a program, that is signed in nowhere."""
    return Asking(ROUTES)


def pair(world: World, mentor: Person, mentee: Person) -> int:
    row = Relationship(program_id=world.program.id, mentor_id=mentor.id, mentee_id=mentee.id, created_at=NOW)
    return world.save(row).id


def who(person: Person) -> Viewer:
    with reading() as db:
        found = load_viewer(db, person.id or 0)
    assert found is not None
    return found


def say(thread: int, person: Person, text: str = SECRET, *, minutes: float = 0) -> int:
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        return perform(send, who(person), "", MessageDraft(relationship_id=thread, text=text))["message_id"]


def deliver(after: timedelta = MAIL_WAITS) -> int:
    with time_machine.travel(NOW + after, tick=False):
        return courier.deliver_due("here")


def wants(person: Person) -> bool:
    with reading() as db:
        return db.get_one(Person, person.id).mails_messages


def stop_link(mail: EmailMessage) -> str:
    found = re.fullmatch(r"<(https://\S+)>", mail["List-Unsubscribe"])
    assert found is not None
    return found[1]


def test_mail_waits_some_minutes_and_tells_all_at_once(world: World, server: MailServer, thread: int) -> None:
    say(thread, world.barbara)
    say(thread, world.barbara, minutes=3)
    assert deliver(MAIL_WAITS - timedelta(seconds=1)) == 0
    assert deliver() == 1
    assert deliver(timedelta(days=1)) == 0
    mail = server.wait_for(1)[0]
    assert mail["Subject"] == "2 new messages from Barbara Kowalski"
    assert f"Read and answer: https://meet.northlight.example/messages/{thread}\n" in text_of(mail)
    assert len(server.messages) == 1


def test_mail_tells_no_word_of_what_was_said(world: World, server: MailServer, thread: int) -> None:
    say(thread, world.barbara)
    deliver()
    mail = server.wait_for(1)[0]
    assert "grandmother" not in mail.as_string() + text_of(mail) + html_of(mail)


def test_several_threads_are_one_mail(world: World, server: MailServer, thread: int) -> None:
    other = world.person("otto@northlight.example", "Otto", "Ott")
    second = pair(world, other, world.arjun)
    say(thread, world.barbara)
    say(second, other)
    say(second, other)
    assert deliver() == 1
    mail = server.wait_for(1)[0]
    assert mail["Subject"] == "3 new messages from Otto Ott and Barbara Kowalski"
    assert "Otto Ott: 2 unread\nBarbara Kowalski: 1 unread\n" in text_of(mail)
    assert "Read and answer: https://meet.northlight.example/messages\n" in text_of(mail)


def test_what_was_read_meanwhile_is_not_mailed(world: World, server: MailServer, thread: int) -> None:
    last = say(thread, world.barbara)
    perform(mark_read, who(world.arjun), "", thread, last)
    deliver()
    assert (server.messages, world.statuses()) == ([], [MailStatus.DROPPED])


def test_part_that_was_read_is_not_counted(world: World, server: MailServer, thread: int) -> None:
    first = say(thread, world.barbara)
    say(thread, world.barbara)
    perform(mark_read, who(world.arjun), "", thread, first)
    deliver()
    assert server.wait_for(1)[0]["Subject"] == "1 new message from Barbara Kowalski"


def test_next_mail_tells_only_of_what_came_after_the_last(world: World, server: MailServer, thread: int) -> None:
    say(thread, world.barbara)
    deliver()
    say(thread, world.barbara, minutes=60)
    deliver(timedelta(minutes=60) + MAIL_WAITS)
    subjects = [mail["Subject"] for mail in server.wait_for(2)]
    assert subjects == ["1 new message from Barbara Kowalski"] * 2


def test_managers_see_that_a_mail_waits_and_nothing_of_it(world: World, thread: int) -> None:
    manager = world.manager()
    say(thread, world.barbara)
    with reading() as db:
        seen = [open_mail(db, manager, world.outbox()[-1].id or 0), *list_mails(db, manager).mails]
    shown = [preview(mail.letter) for mail in seen]
    assert [one.subject for one in shown] == ["New messages"] * 2
    told = repr(seen) + repr(shown)
    assert ("grandmother" in told, "stop-messages" in told, "unread=()" in told) == (False, False, True)


def test_mail_has_the_headers_of_one_click(world: World, server: MailServer, thread: int) -> None:
    say(thread, world.barbara)
    deliver()
    mail = server.wait_for(1)[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop_link(mail).startswith("https://meet.northlight.example/stop-messages/")
    assert f"Stop these mails: {stop_link(mail)}" in text_of(mail)
    assert f'href="{stop_link(mail)}"' in html_of(mail)


def test_looking_at_the_link_stops_nothing_and_one_click_does(
    world: World, server: MailServer, thread: int, browser: Asking
) -> None:
    say(thread, world.barbara)
    deliver()
    link = stop_link(server.wait_for(1)[0])
    for method in ("GET", "HEAD", "OPTIONS"):
        browser.ask(method, link)
    assert "Stop these mails" in browser.get(link).text
    assert wants(world.arjun)
    say(thread, world.barbara, minutes=60)
    clicked = browser.post(link, data={"List-Unsubscribe": "One-Click"})
    assert (clicked.status_code, wants(world.arjun)) == (200, False)
    assert browser.post(link).status_code == 200
    deliver(timedelta(days=1))
    say(thread, world.barbara, minutes=3000)
    assert world.statuses() == [MailStatus.SENT, MailStatus.DROPPED]
    perform(choose_mails, who(world.arjun), "", wants_messages=True)
    say(thread, world.barbara, minutes=3001)
    assert world.statuses()[-1] == MailStatus.WAITING


@pytest.mark.parametrize("how", ["altered", "nonsense", "deactivated", "moved", "old"])
def test_link_that_is_none_stops_nothing(
    world: World, server: MailServer, thread: int, browser: Asking, how: str
) -> None:
    say(thread, world.barbara)
    deliver()
    link = stop_link(server.wait_for(1)[0])
    if how == "deactivated":
        world.update(world.arjun, deactivated_at=NOW)
    if how == "moved":  # the mail lies at an address that is no longer theirs
        world.update(world.arjun, email="arjun@new.example")
    link = {"altered": link[:-2], "nonsense": "https://meet.northlight.example/stop-messages/x"}.get(how, link)
    later = timedelta(days=6 * 365) if how == "old" else timedelta()
    with time_machine.travel(NOW + later, tick=False):
        assert (browser.get(link).status_code, browser.post(link).status_code) == (410, 410)
    assert wants(world.arjun)


def test_switched_off_while_a_mail_waits(world: World, server: MailServer, thread: int) -> None:
    say(thread, world.barbara)
    perform(choose_mails, who(world.arjun), "", wants_messages=False)
    deliver()
    assert (server.messages, world.statuses()) == ([], [MailStatus.DROPPED])
