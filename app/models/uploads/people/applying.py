"""Carries rows of a sheet of people out, by the same commands as the forms. It decides nothing of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models.commands import assigning, ending
from app.models.commands.belonging import roles_of, running_programs
from app.models.commands.people import add_people, edit_person
from app.models.commands.relationships import Pair, active_relationships
from app.models.database import lock_rows
from app.models.drafts import read
from app.models.drafts.people import EditPersonDraft, NewPersonDraft
from app.models.drafts.relationships import EndDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.tables import Person, PersonTag, Program
from app.models.uploads.kinds import Around, Outcome
from app.models.uploads.people.checking import PEOPLE_FIRST

Plan = Mapping[str, Any]


def hold_people(db: Db, plans: Sequence[Plan]) -> None:
    """Hold everybody the next rows touch, in id order, so that two uploads cannot wait for each other."""
    emails = {email for plan in plans for pair in plan["pairs"] for email in pair[2:]} | {
        plan["email"] for plan in plans
    }
    lock_rows(db, Person, [one for one in db.exec(select(Person.id).where(col(Person.email).in_(emails))) if one])


def apply_rows(
    db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Plan], stage: int
) -> list[Outcome]:
    """Carry out one stage of some rows, those that do the same at once, and say what was done. Raises Refusal."""
    carry_out = _apply_people if stage == PEOPLE_FIRST else _apply_pairs
    return [Outcome(said) for said in carry_out(db, viewer, now, around, plans)]


def _apply_people(db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Plan]) -> list[str]:
    said: list[str] = []
    for verb, run in groupby(plans, key=lambda plan: plan["person"]["verb"]):
        if verb == "add":
            sends = {"sends_access": around.options.get("sends_access") is True}
            drafts = [read(NewPersonDraft, _new(plan["email"], plan["person"]) | sends) for plan in run]
            add_people(db, viewer, now, drafts, batch_id=around.batch_id)
            said += ["Added."] * len(drafts)
        else:
            said += [_update(db, viewer, now, around, plan["email"], plan["person"]) for plan in run]
    return said


def _update(db: Db, viewer: Viewer, now: datetime, around: Around, email: str, wanted: Plan) -> str:
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


def _apply_pairs(db: Db, viewer: Viewer, now: datetime, around: Around, plans: Sequence[Plan]) -> list[str]:
    emails = {email for plan in plans for pair in plan["pairs"] for email in pair[2:]}
    people = dict(db.exec(select(Person.email, Person.id).where(col(Person.email).in_(emails))).all())
    if people.keys() != emails:
        raise NotFound("person")
    wanted = [
        (place, verb, (program_id, people[mentor] or 0, people[mentee] or 0))
        for place, plan in enumerate(plans)
        for verb, program_id, mentor, mentee in plan["pairs"]
    ]
    said: list[dict[str, None]] = [{} for _ in plans]
    for verb, run in groupby(wanted, key=lambda one: one[1]):
        some = list(run)
        carry_out = _assign if verb == "assign" else _unassign
        done = carry_out(db, viewer, now, around, [pair for *_, pair in some])
        for (place, *_), sentence in zip(some, done, strict=True):
            said[place][sentence] = None
    return [" ".join(sentences) for sentences in said]


def _assign(db: Db, viewer: Viewer, now: datetime, around: Around, pairs: Sequence[Pair]) -> list[str]:
    query = select(Program).where(col(Program.id).in_({program_id for program_id, *_ in pairs}))
    programs = {program.id: program for program in db.exec(query)}
    if not all(program_id in programs for program_id, *_ in pairs):
        raise NotFound("programme")
    named = [(programs[program_id], mentor_id, mentee_id) for program_id, mentor_id, mentee_id in pairs]
    done = assigning.pair_all(db, viewer, now, named, batch_id=around.batch_id)
    return ["Assigned." if is_new else "Assigned already." for _, is_new in done]


def _unassign(db: Db, viewer: Viewer, now: datetime, around: Around, pairs: Sequence[Pair]) -> list[str]:
    active = active_relationships(db, pairs)
    for relationship in active.values():
        ending.end(db, viewer, now, EndDraft(relationship_id=relationship.id or 0), batch_id=around.batch_id)
    return ["Assignment ended." if pair in active else "Ended already." for pair in pairs]
