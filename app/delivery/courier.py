"""Carries what is due from the outbox to the mail server. Decides nothing that is told.

A mail is claimed in one transaction, sent outside of any, and settled in another. A crash
in between leaves a claim that runs out; the mail may then go twice, with one Message-ID.
"""

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Sequence

from app.delivery import settings
from app.delivery.invitations import sender_address
from app.delivery.mail import UNWRITABLE, compose
from app.delivery.post import NoServer, Post, Refused
from app.models import clock, hub, outbox
from app.models.letters import Letter

BATCH = 20
BATCH_SECONDS = 60.0
"""No mail of a batch is begun later than this: with one slow mail it still ends within `outbox.CLAIM_LASTS`."""
POLL_SECONDS = 5.0
SHORTEST_WAIT = 0.5

log = logging.getLogger(__name__)


async def run_courier() -> None:
    """Send what falls due, for as long as the server runs. Many workers may do this at once."""
    worker, stop = uuid.uuid4().hex, threading.Event()
    try:
        while True:
            mark = hub.seen()
            if await asyncio.to_thread(deliver_due, worker, stop):
                continue
            await hub.news(mark, within=await asyncio.to_thread(_seconds_to_wait))
    finally:
        stop.set()  # a batch that is under way ends after the mail it is at, and gives the rest back


def deliver_due(worker: str, stop: threading.Event | None = None) -> int:
    """Send one batch of what is due, and give how many mails were taken up. Without a mail server all stay waiting."""
    server = _server()
    now = clock.now()
    due = outbox.next_due(now) if server else None
    if server is None or due is None or due > now:
        return 0
    letters = outbox.claim(worker, now, domain=settings.mail_domain(), limit=BATCH)
    if letters:
        with Post(server) as post:
            _deliver(post, letters, worker, stop or threading.Event())
    return len(letters)


def _deliver(post: Post, letters: Sequence[Letter], worker: str, stop: threading.Event) -> None:
    begun = time.monotonic()
    for number, letter in enumerate(letters):
        if stop.is_set() or time.monotonic() - begun > BATCH_SECONDS:
            outbox.release([left.notice_id for left in letters[number:]], worker)
            return
        try:
            _send(post, letter)
        except NoServer as error:
            # The rest would only knock at the same closed door, each for half a minute.
            log.warning("%s", error)
            for left in letters[number:]:
                outbox.mark_failed(left.notice_id, clock.now(), str(error), may_pass=True)
            return


def _send(post: Post, letter: Letter) -> None:
    try:
        mail = compose(letter, clock.now())
    except UNWRITABLE as error:
        # One notice that cannot be put into words must not stop all the others.
        log.exception("The mail of notice %s could not be made", letter.notice_id)
        outbox.mark_failed(letter.notice_id, clock.now(), f"It could not be written: {error}", may_pass=False)
        return
    try:
        post.send(mail, sender_address(letter), mail["To"].addresses[0].addr_spec)
    except Refused as error:
        log.warning("The mail of notice %s was not taken: %s", letter.notice_id, error)
        outbox.mark_failed(letter.notice_id, clock.now(), str(error), may_pass=error.may_pass)
        return
    outbox.mark_sent(letter.notice_id, clock.now())


def _server() -> settings.MailServer | None:
    try:
        return settings.mail_server()
    except settings.BadMailServer:
        return None  # the Mail page says so; a line in the log every few seconds would say no more


def _seconds_to_wait() -> float:
    if _server() is None:
        return POLL_SECONDS
    now = clock.now()
    due = outbox.next_due(now)
    seconds = (due - now).total_seconds() if due else POLL_SECONDS
    return min(max(seconds, SHORTEST_WAIT), POLL_SECONDS)
