"""The conversations of the demo: a few threads, the newest message of some still unread. Nobody is mailed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session as Db

from app.models.demo.people import House, Pair
from app.models.tables import Message, ThreadMark

Said = tuple[float, bool, str]
"""How many hours ago, whether the mentor says it, and what."""

TALKS: tuple[tuple[Sequence[Said], int], ...] = (
    (
        (
            (172, False, "Hello! I looked at the exercises you sent. Number 3 is still a riddle to me."),
            (170.5, True, "Good that you tried it alone first. Draw the picture before you write anything down."),
            (170.4, True, "This page explains it in five minutes: https://www.khanacademy.org/math"),
            (97, False, "The picture helped a lot! Got 4 of 5 right 🎉"),
            (96, True, "Wonderful. Then we begin with the fifth one next time."),
            (27, False, "Could we do a mock test next week? The exam is on the 14th.\nI have time on both afternoons."),
            (26, True, "Yes. I prepare one for 40 minutes, and we go through it together afterwards."),
            (1.2, False, "Perfect, thank you!"),
            (1.1, False, "Shall I bring my calculator?"),
        ),
        7,
    ),
    (
        (
            (50, True, "Here are the notes of our last session, as promised."),
            (49, False, "Thanks! I could not join the second half, so they help."),
            (20, True, "Please think about two goals for this month until we meet."),
        ),
        2,
    ),
    (
        (
            (74, False, "I am running a little late on Thursday, is 17:15 all right too?"),
            (73.5, True, "No problem, see you then."),
        ),
        2,
    ),
    (((5, True, "Welcome! I am looking forward to working with you. What would you like to begin with?"),), 0),
    (
        (
            (30, False, "¿Podemos hablar un poco más despacio la próxima vez? 😊"),
            (29, True, "¡Claro que sí!"),
            (3, False, "Gracias. Hasta el jueves."),
        ),
        3,
    ),
)
"""What is said, and how many of it both have read."""


def talk(db: Db, house: House, now: datetime) -> None:
    """Let some pairs have written to each other: the first mentor with two people, then others."""
    going_on = [pair for pair in house.pairs if pair.relationship.ended_at is None]
    first = [pair for pair in going_on if pair.mentor is house.pairs[0].mentor]
    others = [pair for pair in going_on if pair not in first]
    talks = list(zip([*first[:2], *others[:3]], TALKS, strict=False))
    told = [(now - timedelta(hours=hours), pair, by, text) for pair, (said, _) in talks for hours, by, text in said]
    messages: dict[int, list[Message]] = {}
    for at, pair, by_mentor, text in sorted(told, key=lambda one: one[0]):
        messages.setdefault(pair.relationship.id or 0, []).append(_write(db, pair, at, text, by_mentor=by_mentor))
    for pair, (_, read) in talks:
        _mark(db, pair, messages[pair.relationship.id or 0][:read])


def _write(db: Db, pair: Pair, at: datetime, text: str, *, by_mentor: bool) -> Message:
    sender = pair.mentor if by_mentor else pair.mentee
    sent_at = max(at, pair.relationship.created_at)
    message = Message(relationship_id=pair.relationship.id or 0, sender_id=sender.id or 0, text=text, sent_at=sent_at)
    db.add(message)
    db.flush()
    return message


def _mark(db: Db, pair: Pair, read: Sequence[Message]) -> None:
    for person in (pair.mentor, pair.mentee) if read else ():
        mark = ThreadMark(relationship_id=pair.relationship.id or 0, person_id=person.id or 0, read_id=read[-1].id or 0)
        db.add(mark)
