"""The pages of relationships and of their numbered sessions."""

from typing import Any

from app.models.queries.relationship import RelationshipPage
from app.models.queries.relationships import PairFilters, PairPerson
from app.state.login import MANAGER as MANAGERS
from app.state.login import SIGNED_IN
from tests.state.callers import HOST, MANAGER, MENTEE, MENTOR, PROGRAM, RELATIONSHIP
from tests.state.rows.base import PLACE, TIMES, Row

HERE = f"/relationships/{RELATIONSHIP}"
TIME = TIMES | {"until": "11:00"}
PAST = PLACE | TIMES | {"day": "2026-02-20", "until": "11:00", "outcome": "completed", "covered": "mine"}


def opened(*args: Any, works_for: str = "", form: str = "", open_to: str = SIGNED_IN, **values: Any) -> Row:
    """A step on a foreign relationship's page, as if the tab had it open."""
    page = RelationshipPage(id=RELATIONSHIP, mentor=PairPerson(MENTOR), mentee=PairPerson(MENTEE))
    return Row(open_to, args, {"page": page, "_wanted": RELATIONSHIP, "form": form} | values, HERE, works_for)


def form(name: str, works_for: str, open_to: str = SIGNED_IN, **fields: str) -> Row:
    """A form of such a page, sent; its fields carry its name."""
    sent = {f"{name}_{key}": value for key, value in fields.items()}
    return opened(sent, form=name, works_for=works_for, open_to=open_to)


ROWS: dict[str, Row] = {
    "RelationshipsState.open_address": Row(SIGNED_IN, path="/relationships"),
    "RelationshipsState.search": Row(SIGNED_IN, ("Mia",)),
    "RelationshipsState.choose_program": Row(SIGNED_IN, (str(PROGRAM),)),
    "RelationshipsState.choose_pairs": Row(SIGNED_IN, ("active",)),
    "RelationshipsState.go_to": Row(SIGNED_IN, (1,)),
    "RelationshipsState.clear": Row(SIGNED_IN),
    "RelationshipsState.watch": Row(SIGNED_IN, values={"is_ready": True, "_filters": PairFilters()}),
    "RelationshipState.opened": Row(SIGNED_IN, path=HERE),
    "RelationshipState.watch": opened(),
    "RelationshipState.close_form": opened(form="all"),
    "RelationshipState.add": opened(works_for=HOST),
    "RelationshipFormsState.open_form": opened("all"),
    "RelationshipFormsState.note_typed": opened("day", "2026-03-20", form="all", _typed=TIMES),
    "RelationshipFormsState.note_skips": opened(True, form="all", _typed=TIMES),
    "RelationshipFormsState.submit_all": form("all", HOST, **PLACE, **TIME),
    "RelationshipFormsState.submit_past": form("past", MANAGER, **PAST),
    "RelationshipFormsState.submit_end": form("end", MANAGER, MANAGERS, reason="because"),
    "RelationshipSessionState.open_numbered": Row(SIGNED_IN, path=f"{HERE}/1"),
    "RelationshipSessionState.leave_form": Row(SIGNED_IN, path=f"{HERE}/1"),
}
