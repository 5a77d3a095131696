"""The courier against a real mail server, with real processes that race and die."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.delivery import courier
from app.models import outbox
from app.models.words import MailStatus, NoticeKind, Status
from tests.delivery.world import NOW, World, at, calendars, events, html_of, text_of
from tests.support.mail import MailServer
from tests.support.servers import free_port

WAITING, SENDING, SENT, FAILED, DROPPED = (
    MailStatus.WAITING, MailStatus.SENDING, MailStatus.SENT, MailStatus.FAILED, MailStatus.DROPPED,
)  # fmt: skip
SEND_ALL = "from app.delivery.courier import deliver_due\nwhile deliver_due('{name}'): pass"


def deliver(now: datetime = NOW) -> int:
    with time_machine.travel(now, tick=False):
        return courier.deliver_due("here")


def process(name: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", SEND_ALL.format(name=name)], env=dict(os.environ))


def tell_of(world: World, count: int) -> None:
    """Write `count` notices to one reader."""
    for _ in range(count):
        world.say(world.arjun, NoticeKind.TEST_MAIL, {})


class Killer(MailServer):
    """Kills the process that sends it the second mail, after taking it and before saying so."""

    victim: "subprocess.Popen[bytes] | None" = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.victim is not None and len(self.messages) == 2:
            self.victim.send_signal(signal.SIGKILL)
            self.victim.wait()
            self.victim = None
        return answer


class Counter(MailServer):
    """Counts how often somebody says hello."""

    greetings = 0

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greetings += 1
        return responses


def test_mail_reaches_both_readers_with_its_calendar(world: World, server: MailServer) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    assert deliver() == 2
    (mail,) = server.to("arjun@northlight.example")
    (calendar,) = calendars(mail)
    assert mail["Subject"] == "Booked: Piano, Tue 10 Nov 2026, 15:00 (Kolkata time, UTC+5:30)"
    assert events(calendar)[0].decoded("DTSTART") == session.start_at
    assert len(server.to("barbara@northlight.example")) == 1
    assert world.statuses() == [SENT, SENT]


def test_nasty_names_travel_through_the_server_unharmed(world: World, server: MailServer) -> None:
    name = "שלום 🎹 <script>alert(1)</script> " + "x" * 340
    world.update(world.barbara, first_name=name, last_name="")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"), title=name)], world.barbara)
    deliver()
    (mail,) = server.to("arjun@northlight.example")
    assert name in text_of(mail)
    assert "<script>" not in html_of(mail)
    assert events(calendars(mail)[0])[0]["SUMMARY"] == name


def test_mails_of_a_batch_share_one_connection(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    counter.controller.start()
    monkeypatch.setenv("MERIDIAN_SMTP_URL", counter.url)
    tell_of(world, 7)
    deliver()
    counter.controller.stop()
    assert (len(counter.messages), counter.greetings) == (7, 1)


def test_without_a_server_everything_waits(world: World) -> None:
    tell_of(world, 3)
    assert deliver() == 0
    assert world.statuses() == [WAITING] * 3


def test_unreadable_server_address_keeps_everything(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", "mail.example.org")
    tell_of(world, 1)
    assert deliver() == 0
    assert world.statuses() == [WAITING]


def test_server_set_later_sends_what_is_still_timely(world: World, server: MailServer) -> None:
    past, ahead = world.session(at("2026-10-02T10:30")), world.session(at("2026-11-10T10:30"))
    world.tell(NoticeKind.BOOKED, [past], world.barbara)
    world.tell(NoticeKind.BOOKED, [ahead], world.barbara)
    deliver(NOW + timedelta(days=10))
    assert world.statuses() == [DROPPED, DROPPED, SENT, SENT]
    assert len(server.messages) == 2


def test_correction_of_a_past_session_is_still_told(world: World, server: MailServer) -> None:
    session = world.session(at("2026-09-10T10:30"), status=Status.MISSED)
    world.tell(NoticeKind.CHANGED, [session], world.barbara)
    deliver()
    assert world.statuses() == [SENT, SENT]


def test_drag_waits_for_its_ten_seconds(world: World, server: MailServer) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.tell(NoticeKind.MOVED, [session], world.barbara, due_at=NOW + timedelta(seconds=10))
    assert deliver(NOW + timedelta(seconds=9)) == 0
    assert deliver(NOW + timedelta(seconds=10)) == 2


def test_cancellation_does_not_overtake_a_drag(world: World, server: MailServer) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.tell(NoticeKind.MOVED, [session], world.barbara, due_at=NOW + timedelta(seconds=10))
    world.change(session, status=Status.CANCELLED)
    world.tell(NoticeKind.CANCELLED, [session], world.barbara)
    assert deliver() == 0
    deliver(NOW + timedelta(seconds=10))
    assert [mail["Subject"].split(":")[0] for mail in server.to("arjun@northlight.example")] == ["Moved", "Cancelled"]


def test_notice_without_mail_is_not_sent(world: World, server: MailServer) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara, mails=False)
    assert deliver() == 0
    assert world.statuses() == [MailStatus.NONE, MailStatus.NONE]


def test_deactivated_reader_gets_nothing(world: World, server: MailServer) -> None:
    world.update(world.arjun, deactivated_at=NOW)
    tell_of(world, 1)
    deliver()
    assert world.statuses() == [DROPPED]


def test_sent_link_is_forgotten(world: World, server: MailServer) -> None:
    world.say(world.arjun, NoticeKind.SIGN_IN, {"link": "https://meet.northlight.example/in?t=1"}, private=True)
    deliver()
    (notice,) = world.outbox()
    assert (notice.mail_status, notice.facts) == (SENT, {})
    assert "https://meet.northlight.example/in?t=1" in text_of(server.messages[0])


def test_server_that_is_down_gets_the_mail_when_it_is_up(
    world: World, monkeypatch: pytest.MonkeyPatch, smtp: MailServer
) -> None:
    monkeypatch.setenv("MERIDIAN_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    tell_of(world, 3)
    deliver()
    assert world.statuses() == [WAITING] * 3
    assert "cannot be used" in world.outbox()[0].last_error
    monkeypatch.setenv("MERIDIAN_SMTP_URL", smtp.url)
    assert deliver(NOW + timedelta(seconds=59)) == 0
    assert deliver(NOW + timedelta(seconds=60)) == 3
    assert world.statuses() == [SENT] * 3
    assert len({mail["Message-ID"] for mail in smtp.messages}) == 3


def test_mail_that_is_put_off_is_tried_later_each_time_and_then_fails(world: World, server: MailServer) -> None:
    tell_of(world, 1)
    server.refusal = "451 Try again later"
    now, waits = NOW, []
    while world.statuses() == [WAITING]:
        assert deliver(now) == 1
        due = world.outbox()[0].due_at
        waits.append(due - now)
        now = max(due, now)
    assert waits[:-1] == list(outbox.BACK_OFF)
    assert world.statuses() == [FAILED]
    assert world.outbox()[0].last_error == "The mail server answered 451: Try again later"


def test_mail_that_is_refused_fails_at_once_and_alone(world: World, server: MailServer) -> None:
    tell_of(world, 1)
    server.refusal = "550 No such person"
    deliver()
    server.refusal = None
    world.say(world.barbara, NoticeKind.TEST_MAIL, {})
    deliver()
    assert world.statuses() == [FAILED, SENT]


def test_address_that_cannot_be_written_fails_alone(world: World, server: MailServer) -> None:
    world.say(world.person("ünïcödé@northlight.example"), NoticeKind.TEST_MAIL, {})
    world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    logging.disable(logging.CRITICAL)
    deliver()
    logging.disable(logging.NOTSET)
    assert world.statuses() == [FAILED, SENT]


def test_notice_that_cannot_be_worded_stops_no_other(world: World, server: MailServer) -> None:
    world.say(world.arjun, NoticeKind.BOOKED, {})
    world.say(world.barbara, NoticeKind.TEST_MAIL, {})
    logging.disable(logging.CRITICAL)
    deliver()
    logging.disable(logging.NOTSET)
    assert world.statuses() == [FAILED, SENT]


def test_claim_of_a_dead_worker_is_taken_over_with_the_same_message_id(world: World, server: MailServer) -> None:
    tell_of(world, 1)
    (taken,) = outbox.claim("dead", NOW, domain="northlight.example")
    assert deliver(NOW + timedelta(minutes=4)) == 0
    assert deliver(NOW + timedelta(minutes=5)) == 1
    assert server.messages[0]["Message-ID"] == taken.message_id
    assert world.statuses() == [SENT]


def test_claim_that_was_not_tried_is_given_back(world: World) -> None:
    tell_of(world, 2)
    letters = outbox.claim("here", NOW, domain="northlight.example")
    outbox.release([letter.notice_id for letter in letters], "here")
    assert [(row.mail_status, row.attempts) for row in world.outbox()] == [(WAITING, 0), (WAITING, 0)]


def test_stop_gives_the_rest_back(world: World, server: MailServer) -> None:
    tell_of(world, 3)
    stop = threading.Event()
    stop.set()
    with time_machine.travel(NOW, tick=False):
        courier.deliver_due("here", stop)
    assert world.statuses() == [WAITING] * 3
    assert server.messages == []


def test_couriers_that_race_send_each_mail_once(world: World, server: MailServer) -> None:
    tell_of(world, 60)
    racers: Sequence[subprocess.Popen[bytes]] = [process(f"racer {number}") for number in range(3)]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0, 0]
    assert world.statuses() == [SENT] * 60
    ids = [mail["Message-ID"] for mail in server.messages]
    assert (len(ids), len(set(ids))) == (60, 60)


def test_killed_courier_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    killer = Killer()
    killer.controller.start()
    monkeypatch.setenv("MERIDIAN_SMTP_URL", killer.url)
    tell_of(world, 5)
    killer.victim = process("victim")
    killer.wait_for(2)
    assert killer.victim is None or killer.victim.wait(timeout=30) == -signal.SIGKILL
    assert world.statuses() == [SENT, SENDING, SENDING, SENDING, SENDING]
    deliver(datetime.now(UTC) + outbox.CLAIM_LASTS)
    killer.controller.stop()
    ids = [mail["Message-ID"] for mail in killer.messages]
    assert world.statuses() == [SENT] * 5
    assert (len(ids), len(set(ids))) == (6, 5)
    assert ids[1] == ids[2]


def test_courier_sends_what_is_told_while_it_runs_and_stops_when_asked(world: World, server: MailServer) -> None:
    async def run() -> None:
        task = asyncio.create_task(courier.run_courier())
        tell_of(world, 1)
        await asyncio.to_thread(server.wait_for, 1)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    asyncio.run(run())
