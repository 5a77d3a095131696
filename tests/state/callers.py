"""Calls handlers as the browser's socket does: by name, through the gate, with a cookie or without.

`world()` is an organisation whose people and sessions are foreign to the callers.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from inspect import signature
from typing import Any

from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex_base.event import Event
from reflex_base.event.processor.base_state_processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext
from sqlmodel import select

from app.app import app
from app.models.commands.changing import move
from app.models.database import transaction
from app.models.queries.logins import LOGIN_COOKIE, token_hash
from app.models.tables import (
    Announcement,
    Availability,
    Change,
    Login,
    Message,
    Notice,
    PersonTag,
    Upload,
    UploadRow,
)
from app.models.words import Audience, Place, Rank, Role, RowStatus, SeatStatus, Status, UploadKind, UploadStatus
from app.state.gate import FRAMEWORK
from tests.models.factories import (
    BERLIN,
    NOW,
    House,
    at,
    do,
    make_group,
    make_house,
    make_member,
    make_organisation,
    make_person,
    make_program,
    make_seat,
    make_session,
    moving,
    viewer,
)

SCHEDULED, PENDING, LIVE, COMPLETED, MISSED, CANCELLED, TO_BE_ARRANGED, AWAITING, DRAGGED = range(1, 10)
"""The sessions of the world, by id: one of each status, none of them any caller's."""
GROUP = 10
"""A private group session of the world, with the mentee in it."""
LIVE_GROUP, COMPLETED_GROUP, INVITING_GROUP = 11, 12, 13
"""Public ones: two with the mentee in them, one that the mentee is invited to."""
MENTOR, MENTEE, PROGRAM, RELATIONSHIP = 2, 3, 1, 1
NEWCOMER = 4
"""Somebody else who has never signed in."""
MESSAGE, UPLOAD, ANNOUNCEMENT = 1, 1, 1
BATCH = "the drag"
SECRET = "Their confidential algebra"
STRANGER, FOREIGN_MENTEE, FOREIGN_MENTOR, FOREIGN_MANAGER = "stranger", "mentee", "mentor", "foreign manager"
MANAGER, HOST, GUEST = "manager", "host", "guest"
WATCHES_FOR = 0.15


@dataclass
class Heard:
    """What came back to the browser."""

    texts: list[str] = field(default_factory=list)

    async def emit_update(self, update: Any, token: str) -> None:
        said = [update.delta, [(event.name, event.payload) for event in update.events]]
        text = json.dumps(said, default=repr)
        if said != [{}, []]:
            self.texts.append(text)

    @property
    def refusals(self) -> list[str]:
        """What the gate says to somebody it does not let in."""
        return [text for text in self.texts if "_redirect" in text or "This is for managers only." in text]

    def says(self, words: str) -> bool:
        return any(words in text for text in self.texts)


def world() -> dict[str, str]:
    """Write the organisation and give each caller's cookie."""
    make_organisation()
    house, elsewhere = make_house(), make_house(name="Singing")
    owner = make_person("Olga Owner", rank=Rank.OWNER)
    past = {"status": Status.COMPLETED, "title": SECRET}
    made = [
        make_session(house, at(2), title=SECRET),
        make_session(house, at(3), title=SECRET, status=Status.PENDING, asked_id=house.mentor.person_id),
        make_session(house, at(0, 10), title=SECRET, status=Status.LIVE, started_at=NOW),
        make_session(house, at(-1), **past),
        make_session(house, at(-2), **past | {"status": Status.MISSED}),
        make_session(house, at(4), **past | {"status": Status.CANCELLED}),
        make_session(house, title=SECRET),
        make_session(house, at(-3), title=SECRET, place=Place.IN_PERSON),
        make_session(house, at(8), title=SECRET),
    ]
    assert made == list(range(1, 10)), made
    group = {"title": SECRET, "details": SECRET, "slug": "s" * 16, "audience": Audience.PRIVATE}
    assert make_group(house, at(10), [house.mentee.person_id], **group) == GROUP
    make_public_groups(house)
    drag(house)
    assert (house.mentor.person_id, house.mentee.person_id, house.program_id) == (MENTOR, MENTEE, PROGRAM)
    write_things(house, owner)
    foreign_manager = make_person("Fritz Foreign")
    make_member(make_program(name="Dancing"), foreign_manager, Role.MANAGER)
    people = {
        FOREIGN_MENTEE: elsewhere.mentee,
        FOREIGN_MENTOR: elsewhere.mentor,
        MANAGER: viewer(owner),
        HOST: house.mentor,
        GUEST: house.mentee,
        FOREIGN_MANAGER: viewer(foreign_manager),
    }
    return {STRANGER: ""} | {name: signed_in(person.person_id) for name, person in people.items()}


def make_public_groups(house: House) -> None:
    """One in progress and one that is over, both with the mentee in them, and one that the mentee is invited to."""
    shown = {"title": SECRET, "details": SECRET, "audience": Audience.PUBLIC}
    guests = [house.mentee.person_id]
    made = [
        make_group(house, at(0, 10), guests, status=Status.LIVE, slug="l" * 16, **shown),
        make_group(house, at(-5), guests, status=Status.COMPLETED, slug="c" * 16, **shown),
        make_group(house, at(12), slug="i" * 16, **shown),
    ]
    assert made == [LIVE_GROUP, COMPLETED_GROUP, INVITING_GROUP]
    make_seat(INVITING_GROUP, MENTEE, SeatStatus.INVITED)


def write_things(house: House, owner: int) -> None:
    """What else the people of the world have: messages, an announcement, availability, an uploaded file."""
    assert house.relationship_id == RELATIONSHIP
    upload = {"kind": UploadKind.PEOPLE, "status": UploadStatus.READY, "file_name": f"{SECRET}.csv"}
    with transaction() as db:
        db.add(Message(relationship_id=RELATIONSHIP, sender_id=MENTOR, text=SECRET, sent_at=NOW))
        db.add(Announcement(sender_id=owner, subject=SECRET, text=SECRET, readers=1, sent_at=NOW))
        db.add(Availability(person_id=MENTOR, zone=BERLIN, weekly=[[0, 540, 1020]], updated_at=NOW))
        db.add(PersonTag(person_id=MENTEE, name=SECRET))
        db.add(Upload(id=UPLOAD, **upload, person_id=owner, columns=["First name"], row_count=1, created_at=NOW))
        db.flush()
        db.add(UploadRow(upload_id=UPLOAD, number=2, cells={"First name": SECRET}, status=RowStatus.VALID))


def drag(house: House) -> None:
    """Let the host have moved one session a moment ago, in the batch named BATCH."""
    moved = do(move, house.mentor, DRAGGED, moving(at(9)))["batch_id"]
    with transaction() as db:
        for table in (Change, Notice):
            for row in db.exec(select(table).where(table.batch_id == moved)):
                row.batch_id = BATCH


def signed_in(person_id: int) -> str:
    token = f"cookie of {person_id}".replace(" ", "-")
    later = NOW + timedelta(days=1)
    with transaction() as db:
        db.add(Login(person_id=person_id, token_hash=token_hash(token), created_at=NOW, expires_at=later))
    return token


def handlers() -> dict[str, Any]:
    """Every handler of every page by "State.handler", except those Reflex itself needs or the gate drops."""
    registered = RegistrationContext.get().event_handlers
    ours = {name: entry for name, entry in registered.items() if entry.handler.fn.__module__ != "reflex.state"}
    return {f"{entry.states[0].__name__}.{name.rsplit('.', 1)[1]}": name for name, entry in ours.items()}


def framework_handlers() -> list[str]:
    """What Reflex registers and the gate leaves open."""
    registered = RegistrationContext.get().event_handlers
    return [
        name
        for name, entry in registered.items()
        if entry.handler.fn.__module__ == "reflex.state" and entry.handler.fn.__name__ in FRAMEWORK
    ]


def call(name: str, cookie: str, args: Sequence[Any], values: Mapping[str, Any], path: str = "/") -> Heard:
    """Send one event as a tab of this browser does, the tab's state holding `values`; give what it hears."""
    return asyncio.run(_call(name, cookie, args, values, path))


async def _call(name: str, cookie: str, args: Sequence[Any], values: Mapping[str, Any], path: str) -> Heard:
    heard = Heard()
    entry = RegistrationContext.get().event_handlers[name]
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=app.backend_exception_handler)
    manager = StateManagerMemory()
    processor.configure(event_namespace=heard, state_manager=manager)  # pyright: ignore[reportArgumentType]
    router = {"headers": {"cookie": f"{LOGIN_COOKIE}={cookie}"}, "token": "tab", "pathname": path, "path": path}
    async with processor:
        async with manager.modify_state(BaseStateToken(ident="tab", cls=entry.states[0])) as root:
            root.router_data = root._update_router_vars(router, {})
            state = await root.get_state(entry.states[0])
            for var, value in values.items():
                setattr(state, var, value)
            root._clean()
        names = list(signature(entry.handler.fn).parameters)[1:]
        payload = dict(zip(names, args, strict=True))
        future = await processor.enqueue("tab", Event(name=name, payload=payload, router_data=router))
        await asyncio.wait({future}, timeout=WATCHES_FOR if entry.handler.is_background else 10)
        future.cancel()
    return heard
