"""Mails about who works with whom, and announcements, as their readers get them."""

from typing import Any

import pytest

from app.delivery.mail import compose
from app.delivery.message import Message
from app.delivery.texts import message_of
from app.models import notices
from app.models.database import transaction
from app.models.words import NoticeKind, Status
from tests.delivery.world import NOW, World, at, calendars, html_of, text_of


def words(world: World, name: str) -> Message:
    return message_of(world.letter(getattr(world, name)))


def facts(world: World, **more: Any) -> dict[str, Any]:
    pair = {"pairs": [[world.barbara.id, world.arjun.id]], "relationship_ids": [4], "program_id": world.program.id}
    return {"actor": "Maria Lopez", "actor_id": None} | pair | more


def test_assignment_names_the_other_in_the_programmes_words(world: World) -> None:
    world.say(world.arjun, NoticeKind.ASSIGNED, facts(world))
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["Subject"] == "You now work with Barbara Kowalski"
    assert text_of(mail).splitlines()[2] == "Maria Lopez assigned you to each other in Piano for all."
    assert "Instructor: Barbara Kowalski" in text_of(mail)
    assert "/relationships/4" in text_of(mail)
    world.say(world.barbara, NoticeKind.ASSIGNED, facts(world))
    assert words(world, "barbara").rows == [("Student", "Arjun Rao"), ("Programme", "Piano for all")]


def test_new_address_is_told_at_the_former_one(world: World) -> None:
    world.say(world.arjun, NoticeKind.NEW_ADDRESS, {"actor": "Maria Lopez", "former_email": "old@northlight.example"})
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["To"].addresses[0].addr_spec == "old@northlight.example"
    assert "Maria Lopez changed it. You can no longer sign in by this address" in text_of(mail)
    assert world.arjun.email not in mail.as_string()


def test_many_assignments_are_one_mail(world: World) -> None:
    others = [world.person(f"p{n}@northlight.example", f"Pupil{n}") for n in range(15)]
    pairs = [[world.barbara.id, one.id] for one in others]
    world.say(world.barbara, NoticeKind.ASSIGNED, facts(world, pairs=pairs, relationship_ids=list(range(1, 16))))
    said = words(world, "barbara")
    assert said.heading == "You now work with Pupil0, Pupil1, Pupil2 and 12 others"
    assert said.rows[-2:] == [("And", "3 more"), ("Programme", "Piano for all")]
    assert said.button is not None
    assert said.button.url.endswith("/relationships")


def test_end_lists_what_is_cancelled_and_counts_what_stays(world: World) -> None:
    session = world.session(at("2026-11-10T10:30"))
    world.change(session, status=Status.CANCELLED)
    with transaction() as db:
        told = notices.about(db, [session])
    world.say(world.arjun, NoticeKind.ENDED, facts(world, kept=2, reason="A move.") | told)
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["Subject"] == "Your work with Barbara Kowalski has ended"
    assert "Reason: A move." in text_of(mail)
    assert "2 sessions that were arranged still take place." in text_of(mail)
    assert "- Piano: Tuesday 10 November 2026, 15:00–16:00 (Kolkata time, UTC+5:30)" in text_of(mail)
    assert [str(one["METHOD"]) for one in calendars(mail)][:1] == ["CANCEL"]


@pytest.mark.parametrize(
    ("reader", "heading"),
    [
        ("arjun", "Nora New takes over from Barbara Kowalski"),
        ("barbara", "Nora New takes over from you"),
        ("nora", "You take over from Barbara Kowalski"),
    ],
)
def test_handing_over_says_who_takes_over_from_whom(world: World, reader: str, heading: str) -> None:
    nora = world.person("nora@northlight.example", "Nora", "New", "Europe/Berlin")
    people = {"arjun": world.arjun, "barbara": world.barbara, "nora": nora}
    given = facts(world, pairs=[[nora.id, world.arjun.id]], from_id=world.barbara.id, to_id=nora.id)
    world.say(people[reader], NoticeKind.HANDED_OVER, given | {"off": [1], "to_arrange": 3, "reason": "Leave."})
    said = message_of(world.letter(people[reader]))
    assert said.heading == heading
    assert said.paragraphs == [
        "Maria Lopez handed this over in Piano for all.",
        "1 session needs a new time: the hours were taken.",
        "3 sessions are to be arranged.",
    ]


def test_announcement_arrives_as_it_was_written(world: World) -> None:
    text = "Dear all,\nwe close early.\n\n<b>See</b> https://northlight.example"
    world.update(world.arjun, password_hash="-")
    world.say(
        world.arjun, NoticeKind.ANNOUNCEMENT, {"actor": "Maria Lopez", "actor_id": None, "subject": "Holidays",
        "text": text, "announcement_id": 6},
    )  # fmt: skip
    mail = compose(world.letter(world.arjun), NOW)
    assert mail["Subject"] == "Holidays"
    assert text.replace("\n\n", "\n\n") in text_of(mail)
    assert "&lt;b&gt;See&lt;/b&gt;" in html_of(mail)
    assert "/announcements/6" in text_of(mail)
    assert "Maria Lopez wrote this to you." in text_of(mail)
    world.update(world.arjun, password_hash=None)
    assert message_of(world.letter(world.arjun)).button is None, "a visitor cannot sign in"


@pytest.mark.parametrize("kind", [NoticeKind.ASSIGNED, NoticeKind.ENDED, NoticeKind.HANDED_OVER])
def test_facts_that_lack_names_still_make_a_mail(world: World, kind: NoticeKind) -> None:
    world.say(world.arjun, kind, {})
    assert compose(world.letter(world.arjun), NOW)["Subject"]
