"""Whole mails as their readers get them, against texts that were read by a person."""

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.delivery.mail import compose, preview
from app.delivery.texts import message_of
from app.models.words import NoticeKind, Place, Status
from tests.delivery.world import NOW, World, at, calendars, events, html_of, text_of

GOLDEN = Path(__file__).with_name("golden")
PIXEL = base64.b64encode(b"\x89PNG not really").decode()


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def whole(mail: EmailMessage) -> str:
    """Subject, text and events of a mail, as the golden files keep them."""
    made = [event.to_ical().decode().replace("\r\n", "\n") for one in calendars(mail) for event in events(one)]
    return "\n".join([f"Subject: {mail['Subject']}", "", text_of(mail), *made])


def mail_to(world: World, name: str) -> EmailMessage:
    return compose(world.letter(getattr(world, name)), NOW)


@pytest.mark.zones
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kolkata", "America/New_York"])
def test_booking_reads_as_written_down(world: World, zone: str) -> None:
    world.update(world.arjun, zone=zone)
    session = world.session(at("2026-11-10T10:30"), 45, details="Bring the score.\nPage 3.")
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    assert whole(mail_to(world, "arjun")) == golden(f"booking-{zone.split('/')[1]}")


@pytest.mark.zones
@pytest.mark.parametrize("reader", ["arjun", "barbara"])
def test_series_across_the_clock_change_reads_as_written_down(world: World, reader: str) -> None:
    rule, skipped = "FREQ=WEEKLY;BYDAY=MO;COUNT=15", ["2026-10-19T17:00"]
    world.tell(NoticeKind.BOOKED, world.series(rule, "2026-10-05T17:00", skipped=skipped), world.barbara)
    assert whole(mail_to(world, reader)) == golden(f"series-{reader}")


@pytest.mark.zones
def test_move_reads_as_written_down(world: World) -> None:
    session = world.session(at("2026-10-23T17:00"), place=Place.IN_PERSON, address="Room 4")
    move = world.move(session, at("2026-10-26T17:00"))
    world.tell(NoticeKind.MOVED, [session], world.barbara, moves={session.id: move}, reason="A concert.")
    assert whole(mail_to(world, "arjun")) == golden("move")


def test_longer_session_names_its_old_time(world: World) -> None:
    world.update(world.arjun, zone="Europe/Berlin")
    session = world.session(at("2026-11-10T10:30"))
    move = world.move(session, at("2026-11-10T10:30"))
    world.update(session, end_at=at("2026-11-10T12:00"))
    world.tell(NoticeKind.MOVED, [session], world.barbara, moves={session.id: move})
    rows = dict(message_of(world.letter(world.arjun)).rows)
    assert rows["New time"] == "Tuesday 10 November 2026, 10:30–12:00 (Berlin time, UTC+1)"
    assert rows["Old time"] == "Tuesday 10 November 2026, 10:30–11:30 (Berlin time, UTC+1)"


@pytest.mark.zones
def test_cancel_this_and_following_reads_as_written_down(world: World) -> None:
    series = world.series("FREQ=WEEKLY;BYDAY=MO;COUNT=5", "2026-10-12T17:00")
    for one in series[1:]:
        world.change(one, status=Status.CANCELLED)
    world.tell(NoticeKind.CANCELLED, series[1:], world.barbara, reason="Moving house.")
    assert whole(mail_to(world, "arjun")) == golden("cancel-following")


SUBJECTS = {
    NoticeKind.BOOKED: "Booked: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.ASKED: "Waiting for an answer: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.ACCEPTED: "Confirmed: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.DECLINED: "Declined: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.PROPOSED: "Another time proposed: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.UNANSWERED: "Cancelled, unanswered: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.MOVED: "Moved: Piano, now Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.CHANGED: "Changed: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.CANCELLED: "Cancelled: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.REACTIVATED: "Reactivated: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.RECORDED: "Recorded: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.SIGN_IN: "Your sign-in link for Northlight",
    NoticeKind.FIRST_ACCESS: "Your access to Northlight",
    NoticeKind.TEST_MAIL: "Test mail from Northlight",
    NoticeKind.INVITED: "Invitation: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.CONFIRM: "Please confirm: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.ENROLLED: "You are registered: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.WAITING: "Waiting list: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.PROMOTED: "You have a place: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.PUT_BACK: "On the waiting list again: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.LEFT: "Your place is given up: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.REMOVED: "You no longer take part: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.REMINDER: "Reminder: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.TOO_FEW: "Too few people: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
    NoticeKind.RATE: "How was it: Piano, Tue 10 Nov 2026, 10:30 (Berlin time, UTC+1)",
}
OF_PEOPLE = {
    NoticeKind.ASSIGNED,
    NoticeKind.ENDED,
    NoticeKind.HANDED_OVER,
    NoticeKind.ANNOUNCEMENT,
    NoticeKind.NEW_ADDRESS,
}
"""Their mails are tried in test_texts_people.py."""
OF_MESSAGES = {NoticeKind.MESSAGES, NoticeKind.THREAD}
"""Theirs in test_message_mails.py."""
OF_UPLOADS = {NoticeKind.UPLOADED}
"""Theirs in test_texts_uploads.py."""


def test_every_kind_is_tried_somewhere() -> None:
    assert set(NoticeKind) == set(SUBJECTS) | OF_PEOPLE | OF_MESSAGES | OF_UPLOADS


@pytest.mark.parametrize("kind", list(SUBJECTS))
def test_every_kind_has_its_subject(world: World, kind: NoticeKind) -> None:
    if kind in (NoticeKind.SIGN_IN, NoticeKind.FIRST_ACCESS, NoticeKind.TEST_MAIL, NoticeKind.MESSAGES):
        world.say(world.barbara, kind, {"link": "https://meet.northlight.example/x"}, private=True)
    else:
        world.tell(kind, [world.session(at("2026-11-10T10:30"))], world.arjun)
    mail = mail_to(world, "barbara")
    assert mail["Subject"] == SUBJECTS[kind]
    assert text_of(mail)
    assert html_of(mail)


def test_link_mail_carries_its_link_and_its_end(world: World) -> None:
    facts = {"link": "https://meet.northlight.example/in?token=abc", "until": "2026-10-01T10:00:00+00:00"}
    world.say(world.arjun, NoticeKind.SIGN_IN, facts, private=True)
    mail = mail_to(world, "arjun")
    assert "https://meet.northlight.example/in?token=abc" in text_of(mail)
    assert "until Thu 1 Oct 2026, 15:30 (Kolkata time, UTC+5:30)" in text_of(mail)
    assert 'href="https://meet.northlight.example/in?token=abc"' in html_of(mail)


def test_asked_person_is_asked_to_answer(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), status=Status.PENDING, asked_id=world.arjun.id)
    world.tell(NoticeKind.ASKED, [session], world.barbara)
    asked, asker = mail_to(world, "arjun"), mail_to(world, "barbara")
    assert asked["Subject"].startswith("Please answer: Piano, ")
    assert "Answer: https://meet.northlight.example/answer/" in text_of(asked)
    assert asker["Subject"].startswith("Waiting for an answer: Piano, ")
    assert "we wait for an answer from Arjun Rao" in text_of(asker)


def test_who_did_it_is_called_you_in_their_own_mail(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    assert "\nYou booked this session." in text_of(mail_to(world, "barbara"))
    assert "\nBarbara Kowalski booked this session." in text_of(mail_to(world, "arjun"))


def test_what_the_clock_did_names_nobody(world: World) -> None:
    world.tell(NoticeKind.UNANSWERED, [world.session(at("2026-11-10T10:30"), status=Status.CANCELLED)])
    assert "This session was cancelled. Nobody had answered when it was to begin." in text_of(mail_to(world, "arjun"))


def test_change_names_what_changed(world: World) -> None:
    world.tell(NoticeKind.CHANGED, [world.session(at("2026-11-10T10:30"))], world.barbara, changed=["place", "details"])
    assert "What changed: place, details." in text_of(mail_to(world, "arjun"))


def test_session_without_a_title_is_named_by_number_and_partner(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"), title="", number=3)], world.barbara)
    assert mail_to(world, "arjun")["Subject"].startswith("Booked: Session 3 with Barbara Kowalski, ")
    assert mail_to(world, "barbara")["Subject"].startswith("Booked: Session 3 with Arjun Rao, ")


def test_twelve_dates_are_listed_and_the_rest_counted(world: World) -> None:
    world.tell(NoticeKind.BOOKED, world.series("FREQ=WEEKLY;COUNT=40", "2026-10-05T17:00"), world.barbara)
    text = text_of(mail_to(world, "arjun"))
    assert text.count("\n- ") == 12
    assert "\n  and 28 more\n" in text
    assert "Sessions: 40\n" in text


def test_session_over_midnight_names_both_days(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T19:00"), 60)], world.barbara)
    text = text_of(mail_to(world, "arjun"))
    assert "Tuesday 10 November 2026, 23:30 – Wednesday 11 November 2026, 00:30 (Kolkata time, UTC+5:30)" in text


@pytest.mark.zones
def test_hour_of_the_clock_change_names_both_offsets(world: World) -> None:
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-10-25T01:30"), 120)], world.arjun)
    text = text_of(mail_to(world, "barbara"))
    assert "Sunday 25 October 2026, 01:30–02:30 (Berlin time, UTC+2, then UTC+1)" in text


def test_reader_without_a_zone_reads_the_organisations(world: World) -> None:
    world.update(world.arjun, zone="")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    assert "10:30–11:30 (Berlin time, UTC+1)" in text_of(mail_to(world, "arjun"))
    assert "own zone" not in text_of(mail_to(world, "arjun"))


def test_deleted_session_has_no_button(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.change(session, status=Status.CANCELLED, deleted_at=NOW)
    world.tell(NoticeKind.CANCELLED, [session], world.barbara)
    assert "Open the session" not in text_of(mail_to(world, "arjun"))


NASTY = ["🎹" * 400, "שלום עולם " * 40, "<script>alert(1)</script>", "&amp; \"quotes\" 'and' {{ 7 * 7 }}", "x" * 400]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_arrives_unharmed_and_escaped(world: World, text: str) -> None:
    world.update(world.barbara, first_name=text[:400], last_name="")
    session = world.session(at("2026-11-10T10:30"), title=text[:400], details=text)
    world.tell(NoticeKind.BOOKED, [session], world.barbara, reason=text)
    mail = mail_to(world, "arjun")
    assert text.strip() in text_of(mail)
    assert "<script>" not in html_of(mail)
    assert "49" not in mail["Subject"]
    assert len(mail["Subject"]) < 200


@pytest.mark.parametrize(
    "breaks", ["\r\nBcc: all@evil.example", "\nBcc: all@evil.example", "\r\n\r\n<html>", "\x01\x0b\x0c\u2028x"]
)
def test_no_text_can_add_a_header(world: World, breaks: str) -> None:
    world.update(world.arjun, first_name=f"Arjun{breaks}")
    world.settle(
        name=f"North{breaks}", mail_sender_name=f"North{breaks}", public_contact="a@b.example\r\nBcc: x@y.example"
    )
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"), title=f"Piano{breaks}")], world.barbara)
    mail = mail_to(world, "arjun")
    headers = mail.as_bytes().split(b"\r\n\r\n", 1)[0].replace(b"\r\n ", b" ")
    names = [line.split(b":", 1)[0].decode() for line in headers.split(b"\r\n")]
    assert names == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Reply-To",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert mail["To"].addresses[0].addr_spec == "arjun@northlight.example"


def test_direction_marks_do_not_reach_the_subject(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"), title="abc\u202egpj.exe")
    world.tell(NoticeKind.BOOKED, [session], world.barbara)
    assert mail_to(world, "arjun")["Subject"].startswith("Booked: abcgpj.exe, ")


def test_domain_with_other_letters_travels_as_punycode(world: World) -> None:
    world.update(world.arjun, email="arjun@münchen.example")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    assert mail_to(world, "arjun")["To"].addresses[0].addr_spec == "arjun@xn--mnchen-3ya.example"


def test_logo_travels_inside_the_mail(world: World) -> None:
    world.settle(logo=f"data:image/png;base64,{PIXEL}")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    mail = mail_to(world, "arjun")
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<logo@meridian>"
    assert 'src="cid:logo@meridian"' in html_of(mail)
    assert f'src="data:image/png;base64,{PIXEL}"' in preview(world.letter(world.arjun)).html


def test_damaged_logo_is_left_out(world: World) -> None:
    world.settle(logo="data:image/png;base64,AAA")
    world.tell(NoticeKind.BOOKED, [world.session(at("2026-11-10T10:30"))], world.barbara)
    assert "<img" not in html_of(mail_to(world, "arjun"))
