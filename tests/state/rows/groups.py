"""The list of group sessions, and the form of one."""

from app.models.queries.group_forms import GroupProgram, Repeated, SeatLine
from app.state.group_fields import DEFAULTS
from app.state.login import SIGNED_IN
from tests.state.callers import GROUP, HOST, MANAGER, MENTEE, MENTOR, PROGRAM
from tests.state.rows.base import PLACE, Row

TIMES = {"date": "2026-03-20", "time": "10:00", "zone": "Europe/Berlin", "hours": "1", "minutes": "0"}
TYPED = PLACE | TIMES | {"title": "Taken over", "details": "Taken over"}
CHOSEN = {"program": str(PROGRAM), "host": str(MENTOR), "people": str(MENTEE), "everybody": '[["program", ""]]'}
FIELDS = DEFAULTS | TYPED | CHOSEN | {"key": "a" * 32}
NEW = {"is_ready": True, "_fields": FIELDS, "shown": FIELDS, "program": GroupProgram(id=PROGRAM)}
SAME = {"audience": "private", "minimum": "1", "maximum": "20"}
EDITING = NEW | {"editing": GROUP, "_fields": FIELDS | SAME, "shown": FIELDS | SAME}
EDIT = f"/sessions/{GROUP}/edit"
LEAVING = {"leaving": SeatLine(MENTEE, "Mia", "", "M", "enrolled", "Enrolled")}

ROWS: dict[str, Row] = {
    "GroupsState.opened": Row(SIGNED_IN, path=f"/sessions?duplicate={GROUP}"),
    "GroupsState.follow": Row(SIGNED_IN),
    "GroupsState.show_more": Row(SIGNED_IN),
    "GroupsState.ask_dates": Row(SIGNED_IN, (GROUP,)),
    "GroupsState.add_date": Row(SIGNED_IN),
    "GroupsState.look_ahead": Row(SIGNED_IN, ("day-0", "2026-03-20"), {"repeated": Repeated(GROUP)}),
    "GroupsState.repeat": Row(
        SIGNED_IN, ({"at": "10:00", "day-0": "2026-03-20"},), {"repeated": Repeated(GROUP)}, works_for=MANAGER
    ),
    "GroupFormState.opened": Row(SIGNED_IN, path=EDIT),
    "GroupFormState.fill_in": Row(SIGNED_IN, ({"fields": FIELDS},), path=EDIT),
    "GroupFormState.change": Row(SIGNED_IN, (FIELDS | {"title": "Another"},), EDITING, EDIT),
    "GroupFormState.search": Row(SIGNED_IN, ("invite", "Mia"), NEW, "/sessions/new"),
    "GroupFormState.close_search": Row(SIGNED_IN),
    "GroupFormState.choose_host": Row(SIGNED_IN, (MENTOR,), NEW),
    "GroupFormState.invite": Row(SIGNED_IN, (MENTEE,), NEW),
    "GroupFormState.leave_out": Row(SIGNED_IN, (MENTEE,), NEW),
    "GroupFormState.invite_everybody": Row(SIGNED_IN, ("program:",), EDITING),
    "GroupFormState.leave_out_everybody": Row(SIGNED_IN, ("program:",), EDITING),
    "GroupFormState.ask_remove": Row(SIGNED_IN, (MENTEE,), EDITING),
    "GroupFormState.remove": Row(SIGNED_IN, values=EDITING | LEAVING, path=EDIT, works_for=HOST),
    "GroupFormState.submit": Row(SIGNED_IN, (FIELDS,), NEW, "/sessions/new", works_for=MANAGER),
    "GroupFormState.watch": Row(SIGNED_IN, values=EDITING, path=EDIT),
}
