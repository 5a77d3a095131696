"""Putting several people into one cohort of a programme, or taking them out of theirs."""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history
from app.models.commands.programs import access_program
from app.models.commands.tagging import access_people
from app.models.drafts.programs import CohortOfSeveralDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.tables import Membership


def put_into_cohort(db: Db, viewer: Viewer, now: datetime, draft: CohortOfSeveralDraft) -> dict[str, Any]:
    """Put the members among these people into a cohort, "" for none; the others are left as they are.

    Gives the programme's name, how many "members" and how many "others" they were. Raises NotFound
    if the programme or one of the people is not the viewer's to manage, Refusal if none is a member.
    """
    program = access_program(db, viewer, draft.program_id)
    people = access_people(db, viewer, draft.person_ids)
    belongs = (Membership.program_id == draft.program_id, col(Membership.person_id).in_(draft.person_ids))
    rows = db.exec(select(Membership).where(*belongs).order_by(col(Membership.id))).all()
    if not rows:
        raise Refusal.of("program_id", f"Nobody of them is in {program.name}.", "Choose their programme.")
    for row in rows:
        if row.cohort != draft.cohort:
            _move(db, viewer, now, row, draft.cohort)
    members = len({row.person_id for row in rows})
    return {"program": program.name, "members": members, "others": len(people) - members}


def _move(db: Db, viewer: Viewer, now: datetime, row: Membership, cohort: str) -> None:
    before, row.cohort = {"cohort": row.cohort}, cohort
    history.record(
        db,
        viewer,
        "change_member",
        now=now,
        program_id=row.program_id,
        person_id=row.person_id,
        before=before,
        after={"cohort": cohort},
    )
