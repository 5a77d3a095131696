"""The list of people, and the wizard for a new one."""

from app.models.queries.directory_filters import Filters
from app.state.login import MANAGER as MANAGERS
from app.state.people_new_form import DEFAULTS
from tests.state.callers import MANAGER, MENTEE, MENTOR, PROGRAM
from tests.state.rows.base import Row

NEW = DEFAULTS | {"key": "a" * 32, "step": "check", "role": "mentee", "program": str(PROGRAM), "chosen": str(MENTOR)}
NEW |= {"first_name": "Nina", "last_name": "New", "email": "nina@example.org"}
STEPS = ["details", "choose", "check"]

ROWS: dict[str, Row] = {
    "PeopleState.open_address": Row(MANAGERS, path="/people"),
    "PeopleState.search": Row(MANAGERS, ("Mia",)),
    "PeopleState.choose": Row(MANAGERS, ("role", "mentee")),
    "PeopleState.choose_order": Row(MANAGERS, ("last-",)),
    "PeopleState.go_to": Row(MANAGERS, (1,)),
    "PeopleState.clear": Row(MANAGERS),
    "PeopleState.pick": Row(MANAGERS, (MENTEE,)),
    "PeopleState.pick_page": Row(MANAGERS),
    "PeopleState.drop_picked": Row(MANAGERS),
    "PeopleState.tag": Row(MANAGERS, ({"name": "taken over"},), {"picked": [MENTEE]}, works_for=MANAGER),
    "PeopleState.ask_cohort": Row(MANAGERS),
    "PeopleState.close_cohort": Row(MANAGERS, values={"asks_cohort": True}),
    "PeopleState.set_cohort": Row(
        MANAGERS,
        ({"cohort-program": str(PROGRAM), "cohort-name": "taken over"},),
        {"picked": [MENTEE], "asks_cohort": True},
        works_for=MANAGER,
    ),
    "PeopleState.send_access": Row(MANAGERS, values={"picked": [MENTEE]}, works_for=MANAGER),
    "PeopleState.watch": Row(MANAGERS, values={"is_ready": True, "_filters": Filters()}),
    "PeopleNewState.opened": Row(MANAGERS, path="/people/new"),
    "PeopleNewState.fill_in": Row(MANAGERS, ({"fields": NEW},)),
    "PeopleNewState.change": Row(MANAGERS, (NEW,)),
    "PeopleNewState.search": Row(MANAGERS, ("Max",), {"shown": NEW}),
    "PeopleNewState.close_search": Row(MANAGERS),
    "PeopleNewState.add": Row(MANAGERS, (MENTOR,), {"shown": NEW}),
    "PeopleNewState.remove": Row(MANAGERS, (MENTOR,), {"shown": NEW}),
    "PeopleNewState.go_back": Row(MANAGERS, ("details",), {"shown": NEW, "steps": STEPS}),
    "PeopleNewState.submit": Row(MANAGERS, (NEW,), {"shown": NEW}, works_for=MANAGER),
    "PeopleNewState.start_again": Row(MANAGERS, values={"shown": NEW}),
}
