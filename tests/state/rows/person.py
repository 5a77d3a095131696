"""A person's details page: its parts, its forms, assigning, ending, the messages of a pair."""

from app.models.queries.people import PersonFound
from app.models.queries.person_form import PersonForm, RoleField
from app.models.words import Rank
from app.state.finder import Finder
from app.state.login import MANAGER as MANAGERS
from app.state.login import SIGNED_IN
from tests.models.factories import BERLIN
from tests.state.callers import MANAGER, MENTEE, MENTOR, NEWCOMER, PROGRAM, RELATIONSHIP, SECRET
from tests.state.rows.base import Row

ABOUT = {"person_id": str(MENTEE), "key": "a" * 32}
FORM = PersonForm(
    first_name="Mia",
    last_name="Mentee",
    email="p3@example.org",
    zone=BERLIN,
    own_tags=SECRET,
    rank=Rank.NONE,
    roles=[RoleField(f"{PROGRAM}:mentee", "Mentee", "Reading", is_on=True)],
)
"""What is shown of the mentee, so that it is not refused as out of date."""
EDITED = ABOUT | {"first_name": "Taken over", "email": "taken@example.org", f"role-{PROGRAM}:mentee": True}
PAIR = {"person_id": str(MENTOR), "side": "instructors", "other": str(MENTEE), "program": str(PROGRAM), "key": "b" * 32}
FOREIGN = 5
"""A mentor of another programme."""
GIVEN = {"person_id": str(MENTOR), "taker": str(FOREIGN), f"pair-{RELATIONSHIP}": True, "key": "d" * 32}
FOUND = {"finder": Finder("other", "Mia", [PersonFound(MENTEE, "Mia", "", "M")])}

ROWS: dict[str, Row] = {
    "PersonState.opened": Row(SIGNED_IN, path=f"/people/{MENTEE}"),
    "PersonState.watch": Row(SIGNED_IN, path=f"/people/{MENTEE}"),
    "PersonEditState.open_edit": Row(MANAGERS, (MENTEE,)),
    "PersonEditState.submit_edit": Row(MANAGERS, (EDITED,), {"form": FORM}, works_for=MANAGER),
    "PersonEditState.open_deactivate": Row(MANAGERS, (MENTEE,)),
    "PersonEditState.submit_deactivate": Row(MANAGERS, (ABOUT | {"reason": "gone"},)),
    "PersonEditState.reactivate": Row(MANAGERS, (MENTEE,)),
    "PersonEditState.close": Row(MANAGERS),
    "PersonAccessState.send_again": Row(MANAGERS, (NEWCOMER,), works_for=MANAGER),
    "PersonAccessState.show_link": Row(MANAGERS, (NEWCOMER,), works_for=MANAGER),
    "PersonAccessState.close_link": Row(MANAGERS),
    "PersonHandOverState.open_window": Row(MANAGERS, (MENTOR,)),
    "PersonHandOverState.close": Row(MANAGERS),
    "PersonHandOverState.search": Row(MANAGERS, ("Mia",), {"from_id": MENTOR}),
    "PersonHandOverState.close_search": Row(MANAGERS),
    "PersonHandOverState.choose": Row(MANAGERS, (MENTEE,), FOUND | {"from_id": MENTOR, "_pairs": [RELATIONSHIP]}),
    "PersonHandOverState.tick": Row(
        MANAGERS, ("pair", RELATIONSHIP, True), {"from_id": MENTOR, "taker": PersonFound(FOREIGN, "Mo", "", "M")}
    ),
    "PersonHandOverState.submit": Row(MANAGERS, (GIVEN,), works_for=MANAGER),
    "PersonPairsState.begin": Row(SIGNED_IN, path=f"/people/{MENTEE}"),
    "PersonPairsState.search": Row(MANAGERS, ("students", MENTOR, "Mia")),
    "PersonPairsState.close_search": Row(MANAGERS),
    "PersonPairsState.choose": Row(MANAGERS, ("students", MENTOR, MENTEE), FOUND),
    "PersonPairsState.choose_program": Row(MANAGERS, (str(PROGRAM),)),
    "PersonPairsState.save": Row(MANAGERS, (PAIR,), works_for=MANAGER),
    "PersonPairsState.open_end": Row(MANAGERS, (RELATIONSHIP, "Mia")),
    "PersonPairsState.submit_end": Row(
        MANAGERS, ({"relationship_id": str(RELATIONSHIP), "key": "c" * 32},), works_for=MANAGER
    ),
    "PersonPairsState.close_end": Row(MANAGERS),
    "PersonThreadsState.close_thread": Row(MANAGERS, (RELATIONSHIP,), works_for=MANAGER),
    "PersonThreadsState.reopen_thread": Row(MANAGERS, (RELATIONSHIP,)),
}
