"""The programmes: the list, one programme's settings and members."""

from app.models.queries.people import PersonFound
from app.models.queries.programs import Member, ProgramPage
from app.state.login import MANAGER as MANAGERS
from app.state.program_form import TypeRow
from app.state.program_members import Asked
from tests.state.callers import MANAGER, MENTEE, MENTOR, PROGRAM
from tests.state.rows.base import Row

PATH = f"/programs/{PROGRAM}"
OPEN = {"_wanted": PROGRAM}
HERE = {"_program": PROGRAM}
SETTINGS = {
    "name": "Taken over",
    "kind": "coaching",
    "mentor_word": "coach",
    "mentors_word": "coaches",
    "mentee_word": "coachee",
    "mentees_word": "coachees",
    "session_count": "9",
    "default_minutes": "90",
    "type-0": "Online",
}
MEMBER = Member(1, 1, "", "Mona", "", "", "manager", "Manager", "", "", False)

ROWS: dict[str, Row] = {
    "ProgramsState.opened": Row(MANAGERS, path="/programs"),
    "ProgramsState.watch": Row(MANAGERS),
    "ProgramsState.show_archived": Row(MANAGERS, (True,)),
    "ProgramsState.open_new": Row(MANAGERS),
    "ProgramsState.close_new": Row(MANAGERS),
    "ProgramsState.add": Row(MANAGERS, ({"name": "Taken over", "kind": "coaching"},), works_for=MANAGER),
    "ProgramState.opened": Row(MANAGERS, path=PATH),
    "ProgramState.watch": Row(MANAGERS, values=OPEN, path=PATH),
    "ProgramState.propose_words": Row(MANAGERS, ("coaching",)),
    "ProgramState.move_type": Row(MANAGERS, (0, 1)),
    "ProgramState.add_type": Row(MANAGERS),
    "ProgramState.remove_type": Row(MANAGERS, (0,)),
    "ProgramState.save": Row(
        MANAGERS, (SETTINGS,), OPEN | {"program": ProgramPage(id=PROGRAM), "types": [TypeRow(0, "Online")]}
    ),
    "ProgramState.take_stored": Row(MANAGERS, values=OPEN),
    "ProgramState.ask_archive": Row(MANAGERS, (True,)),
    "ProgramState.archive": Row(MANAGERS, values=OPEN, works_for=MANAGER),
    "ProgramState.restore": Row(MANAGERS, values=OPEN),
    "ProgramMembersState.opened": Row(MANAGERS, path=PATH),
    "ProgramMembersState.watch": Row(MANAGERS, values=HERE, path=PATH),
    "ProgramMembersState.look_for": Row(MANAGERS, ("Mia",), HERE),
    "ProgramMembersState.choose_role": Row(MANAGERS, ("mentee",), HERE),
    "ProgramMembersState.choose_cohort": Row(MANAGERS, ("A",), HERE),
    "ProgramMembersState.go_to": Row(MANAGERS, (1,), HERE),
    "ProgramMembersState.ask": Row(MANAGERS, ("remove", 1, ""), HERE),
    "ProgramMembersState.close": Row(MANAGERS),
    "ProgramMembersState.search": Row(MANAGERS, ("Mia",)),
    "ProgramMembersState.close_search": Row(MANAGERS),
    "ProgramMembersState.choose": Row(MANAGERS, (MENTEE,)),
    "ProgramMembersState.add": Row(
        MANAGERS,
        ({"role": "mentee", "cohort": ""},),
        HERE | {"chosen": PersonFound(MENTOR, "Max", "", "")},
        works_for=MANAGER,
    ),
    "ProgramMembersState.save_cohort": Row(
        MANAGERS, ({"cohort": "Taken over"},), HERE | {"asked": Asked("cohort", MEMBER)}, works_for=MANAGER
    ),
    "ProgramMembersState.remove": Row(MANAGERS, values=HERE | {"asked": Asked("remove", MEMBER)}, works_for=MANAGER),
    "ProgramMembersState.rename": Row(
        MANAGERS, ({"name": "Taken over"},), HERE | {"asked": Asked("rename", cohort="A")}
    ),
}
