"""Carries one row of a sheet of people out, by the same commands as the forms. It decides nothing of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.commands import assigning, ending
from app.models.commands.belonging import roles_of, running_programs
from app.models.commands.people import add_person, edit_person
from app.models.commands.relationships import active_relationship
from app.models.database import lock_rows
from app.models.drafts import read
from app.models.drafts.people import EditPersonDraft, NewPersonDraft
from app.models.drafts.relationships import EndDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.tables import Person, PersonTag, Program
from app.models.uploads.kinds import Around
from app.models.uploads.people.checking import PEOPLE_FIRST

Plan = Mapping[str, Any]


def hold_people(db: Db, plans: Sequence[Plan]) -> None:
    """Hold everybody the next rows touch, in id order, so that two uploads cannot wait for each other."""
    emails = {email for plan in plans for pair in plan["pairs"] for email in pair[2:]} | {
        plan["email"] for plan in plans
    }
    lock_rows(db, Person, [one for one in db.exec(select(Person.id).where(col(Person.email).in_(emails))) if one])


def apply_row(db: Db, viewer: Viewer, now: datetime, around: Around, plan: Plan, stage: int) -> str:
    """Carry out one stage of a row, and say what was done. Raises Refusal."""
    if stage == PEOPLE_FIRST:
        return _apply_person(db, viewer, now, around, plan["email"], plan["person"])
    done = [_apply_pair(db, viewer, now, around, *pair) for pair in plan["pairs"]]
    return " ".join(dict.fromkeys(sentence for sentence in done if sentence))


def _apply_person(db: Db, viewer: Viewer, now: datetime, around: Around, email: str, wanted: Plan) -> str:
    if wanted["verb"] == "add":
        draft = read(NewPersonDraft, _new(email, wanted) | {"sends_access": around.options.get("sends_access") is True})
        add_person(db, viewer, now, draft, batch_id=around.batch_id)
        return "Added."
    person = db.exec(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        raise NotFound("person")
    change = read(EditPersonDraft, _changed(db, viewer, person, wanted))
    changed = edit_person(db, viewer, now, person.id or 0, change, batch_id=around.batch_id)["changed"]
    return "Updated." if changed else "Nothing was left to change."


def _new(email: str, wanted: Plan) -> dict[str, Any]:
    return {
        "email": email,
        "first_name": wanted["first_name"],
        "last_name": wanted["last_name"],
        "zone": wanted["zone"] or None,
        "tags": tuple(wanted["tags"]),
        "roles": tuple(_role(wanted, role) for role in wanted["roles"]),
    }


def _changed(db: Db, viewer: Viewer, person: Person, wanted: Plan) -> dict[str, Any]:
    """Give the whole form: what the row says, and what it leaves empty as it is now."""
    has = roles_of(db, person, running_programs(db, viewer))
    roles = {key: {"program_id": key[0], "role": key[1], "cohort": row.cohort} for key, row in has.items()}
    for name in wanted["roles"]:
        role = _role(wanted, name)
        kept = roles.get((role["program_id"], name), role)
        roles[role["program_id"], name] = role | {"cohort": role["cohort"] or kept["cohort"]}
    tags = db.exec(select(PersonTag.name).where(PersonTag.person_id == person.id)).all()
    return {
        "email": person.email,
        "first_name": wanted["first_name"] or person.first_name,
        "last_name": wanted["last_name"] or person.last_name,
        "zone": wanted["zone"] or person.zone or None,
        "tags": tuple({tag.casefold(): tag for tag in [*wanted["tags"], *tags]}.values()),
        "roles": tuple(roles.values()),
    }


def _role(wanted: Plan, name: str) -> dict[str, Any]:
    return {"program_id": wanted["program_id"], "role": name, "cohort": wanted["cohort"]}


def _apply_pair(
    db: Db, viewer: Viewer, now: datetime, around: Around, verb: str, program_id: int, mentor: str, mentee: str
) -> str:
    program = db.get(Program, program_id)
    found = {one.email: one for one in db.exec(select(Person).where(col(Person.email).in_([mentor, mentee])))}
    if program is None or len(found) < 2:
        raise NotFound("person" if program else "programme")
    ids = found[mentor].id or 0, found[mentee].id or 0
    if verb == "assign":
        _, is_new = assigning.pair(db, viewer, now, program, *ids, batch_id=around.batch_id)
        return "Assigned." if is_new else "Assigned already."
    active = active_relationship(db, program_id, *ids)
    if active is None:
        return "Ended already."
    ending.end(db, viewer, now, EndDraft(relationship_id=active.id or 0), batch_id=around.batch_id)
    return "Assignment ended."
