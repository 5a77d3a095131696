"""What managers see of the outbox, and who else does not."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.delivery.mail import preview
from app.models import database, outbox
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer
from app.models.queries.outbox import PAGE, Mails, list_mails, open_mail
from app.models.tables import Person
from app.models.words import MailStatus, NoticeKind
from tests.delivery.world import NOW, World, at, viewer

LINK = {"link": "https://meet.northlight.example/enter/very-secret"}


@pytest.fixture
def manager(world: World) -> Viewer:
    return world.manager()


def listed(who: Viewer, **options: object) -> Mails:
    with reading() as db:
        return list_mails(db, who, **options)  # pyright: ignore[reportArgumentType]


def fail(world: World, person: Person) -> int:
    """Write a mail that has failed."""
    row = world.say(person, NoticeKind.TEST_MAIL, {}, mail_status=MailStatus.FAILED, attempts=6, last_error="550 No")
    return row.id or 0


def test_list_is_newest_first_and_counted_by_status(world: World, manager: Viewer) -> None:
    world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    world.say(world.barbara, NoticeKind.TEST_MAIL, {}, mail_status=MailStatus.SENDING)
    failed = fail(world, world.arjun)
    world.say(world.arjun, NoticeKind.TEST_MAIL, {}, mail_status=MailStatus.NONE)
    found = listed(manager)
    assert [mail.letter.notice_id for mail in found.mails] == [failed, failed - 1, failed - 2]
    assert found.counts == {MailStatus.WAITING: 2, MailStatus.FAILED: 1}


def test_list_of_one_status_keeps_the_other_counts(world: World, manager: Viewer) -> None:
    world.say(world.arjun, NoticeKind.TEST_MAIL, {}, mail_status=MailStatus.SENDING)
    fail(world, world.arjun)
    found = listed(manager, status=MailStatus.WAITING)
    assert [mail.status for mail in found.mails] == [MailStatus.WAITING]
    assert found.counts == {MailStatus.WAITING: 1, MailStatus.FAILED: 1}


@pytest.mark.parametrize("typed", ["łuk", "Müller luk", "lukasz@", "  LUKASZ  "])
def test_list_is_searched_by_recipient(world: World, manager: Viewer, typed: str) -> None:
    luke = world.person("lukasz@northlight.example", "Łukasz", "Müller")
    world.say(luke, NoticeKind.TEST_MAIL, {})
    world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    assert [mail.letter.reader.name for mail in listed(manager, typed=typed).mails] == ["Łukasz Müller"]


@pytest.mark.parametrize("typed", ["%", "_", "nobody", "'; drop table notice"])
def test_search_takes_no_wildcards(world: World, manager: Viewer, typed: str) -> None:
    world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    expected = 1 if typed in "%_" else 0
    assert len(listed(manager, typed=typed).mails) == expected


def test_list_comes_in_pages(world: World, manager: Viewer) -> None:
    for _ in range(PAGE + 1):
        world.say(world.arjun, NoticeKind.TEST_MAIL, {})
    pages = [listed(manager, page=page) for page in (-3, 1, 2, 99)]
    assert [(found.page, found.pages, len(found.mails)) for found in pages] == [
        (1, 2, PAGE), (1, 2, PAGE), (2, 2, 1), (2, 2, 1),
    ]  # fmt: skip


def test_list_takes_as_many_queries_for_thirty_mails_as_for_one(world: World, manager: Viewer) -> None:
    counts = []
    for size in (1, 29):
        for number in range(size):
            world.tell(
                NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30") + timedelta(days=len(counts) * 40 + number))]
            )
        ran: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object, ran: list[str] = ran) -> None:
            ran.append(statement)

        sa.event.listen(database.engine(), "before_cursor_execute", note)
        listed(manager)
        sa.event.remove(database.engine(), "before_cursor_execute", note)
        counts.append(len([one for one in ran if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 7


@pytest.mark.parametrize("who", ["barbara", "arjun"])
def test_stranger_finds_no_outbox(world: World, who: str) -> None:
    stranger = viewer(getattr(world, who), managed=frozenset({1}))
    failed = fail(world, world.arjun)
    with reading() as db:
        with pytest.raises(NotFound):
            list_mails(db, stranger)
        with pytest.raises(NotFound):
            open_mail(db, stranger, failed)
    with pytest.raises(NotFound):
        perform(outbox.try_again, stranger, "", failed)
    assert world.statuses() == [MailStatus.FAILED]


@pytest.mark.parametrize("kind", [NoticeKind.SIGN_IN, NoticeKind.FIRST_ACCESS])
def test_private_mail_is_listed_without_what_it_says(world: World, manager: Viewer, kind: NoticeKind) -> None:
    secret = world.say(world.arjun, kind, LINK, private=True)
    with reading() as db:
        opened = open_mail(db, manager, secret.id or 0)
    seen = [opened, *listed(manager).mails]
    assert "very-secret" not in repr(seen)
    assert "very-secret" not in repr(preview(opened.letter))


def test_open_mail_shows_what_will_be_sent(world: World, manager: Viewer) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    with reading() as db:
        shown = preview(open_mail(db, manager, world.outbox()[-1].id or 0).letter)
    assert shown.subject == "Booked: Piano, Tue 10 Nov 2026, 15:00 (Kolkata time, UTC+5:30)"
    assert "BEGIN:VCALENDAR" in shown.calendars[0]


@pytest.mark.parametrize("nothing", [0, -1, 2**40])
def test_mail_that_is_none_is_not_found(world: World, manager: Viewer, nothing: int) -> None:
    with reading() as db, pytest.raises(NotFound):
        open_mail(db, manager, nothing)
    with pytest.raises(NotFound):
        perform(outbox.try_again, manager, "", nothing)


def test_notice_without_mail_cannot_be_opened(world: World, manager: Viewer) -> None:
    silent = world.say(world.arjun, NoticeKind.TEST_MAIL, {}, mail_status=MailStatus.NONE)
    with reading() as db, pytest.raises(NotFound):
        open_mail(db, manager, silent.id or 0)


def test_notice_that_cannot_be_worded_does_not_break_the_list(world: World, manager: Viewer) -> None:
    world.say(world.arjun, NoticeKind.BOOKED, {})
    (mail,) = listed(manager).mails
    assert preview(mail.letter).subject == "This mail could not be written"


def test_try_again_puts_a_failed_mail_in_the_queue_with_all_its_tries(world: World, manager: Viewer) -> None:
    failed = fail(world, world.arjun)
    world.update(world.outbox()[0], useful_until=NOW)
    perform(outbox.try_again, manager, "key", failed)
    (row,) = world.outbox()
    assert (row.mail_status, row.attempts, row.last_error, row.useful_until) == (MailStatus.WAITING, 0, "", None)
    perform(outbox.try_again, manager, "key", failed)
    assert world.statuses() == [MailStatus.WAITING]


@pytest.mark.parametrize("status", [MailStatus.WAITING, MailStatus.SENDING, MailStatus.SENT, MailStatus.DROPPED])
def test_only_a_failed_mail_is_tried_again(world: World, manager: Viewer, status: MailStatus) -> None:
    row = world.say(world.arjun, NoticeKind.TEST_MAIL, {}, mail_status=status)
    with pytest.raises(Refusal):
        perform(outbox.try_again, manager, "", row.id or 0)
    assert world.statuses() == [status]
