"""Putting one tag on several people, or taking it off. A person's whole set of tags is changed by `people`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import history
from app.models.database import lock_rows
from app.models.drafts.people import TagDraft
from app.models.errors import NotFound
from app.models.permissions import Viewer
from app.models.queries.directory import managed_people
from app.models.tables import Person, PersonTag


def tag_people(db: Db, viewer: Viewer, now: datetime, draft: TagDraft) -> dict[str, Any]:
    """Add a tag to people, or take it from them; give {"changed": how many it was new to, or gone from}.

    Raises NotFound if one of them is not the viewer's to manage. Capitals make no other tag.
    """
    people = access_people(db, viewer, draft.person_ids)
    tagged = _tagged(db, draft)
    changed = [one for one in people if (one.id in tagged) != draft.adds]
    for person in changed:
        if draft.adds:
            db.add(PersonTag(person_id=person.id or 0, name=draft.name))
        else:
            db.delete(tagged[person.id or 0])
        step = "tag" if draft.adds else "untag"
        history.record(db, viewer, step, now=now, person_id=person.id, after={"tag": draft.name})
    return {"changed": len(changed)}


def access_people(db: Db, viewer: Viewer, ids: Sequence[int]) -> Sequence[Person]:
    """Load and lock people. Raises NotFound if one of them is not the viewer's to manage."""
    if not viewer.is_manager:
        raise NotFound("person")
    lock_rows(db, Person, ids)
    people = db.exec(select(Person).where(col(Person.id).in_(ids), managed_people(viewer))).all()
    if {person.id for person in people} != set(ids):
        raise NotFound("person")
    return people


def _tagged(db: Db, draft: TagDraft) -> dict[int, PersonTag]:
    """Give the rows of those who have the tag, however it is written."""
    rows = db.exec(select(PersonTag).where(col(PersonTag.person_id).in_(draft.person_ids)))
    return {row.person_id: row for row in rows if row.name.casefold() == draft.name.casefold()}
