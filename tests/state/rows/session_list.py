"""The list of all sessions, and the windows over it."""

from app.models.queries.session_list_filters import Filters, Part
from app.models.queries.session_mentees import MenteeList
from app.state.login import MANAGER as MANAGERS
from app.state.login import SIGNED_IN
from tests.state.callers import GROUP, MANAGER, SCHEDULED
from tests.state.rows.base import Row

ALL = {"is_ready": True, "_filters": Filters(part=Part.ALL)}
ASKED = {"_ids": [SCHEDULED], "_key": "a" * 32}

ROWS: dict[str, Row] = {
    "SessionListState.open_address": Row(SIGNED_IN, path="/sessions?show=all"),
    "SessionListState.watch": Row(SIGNED_IN, values=ALL),
    "SessionListState.search": Row(MANAGERS, ({"q": "confidential"},), ALL),
    "SessionListState.show_part": Row(MANAGERS, ("all",)),
    "SessionListState.sort_by": Row(MANAGERS, ("title",), ALL),
    "SessionListState.open_filters": Row(MANAGERS),
    "SessionListState.close_filters": Row(MANAGERS),
    "SessionListState.apply_filters": Row(MANAGERS, ({"status:cancelled": "on"},), ALL),
    "SessionListState.drop_filter": Row(MANAGERS, ("q", ""), ALL),
    "SessionListState.clear": Row(MANAGERS, values=ALL),
    "SessionListState.choose_per_page": Row(MANAGERS, ("50",), ALL),
    "SessionListState.go_to": Row(MANAGERS, (1,), ALL),
    "SessionListState.pick": Row(MANAGERS, (SCHEDULED,)),
    "SessionListState.pick_page": Row(MANAGERS),
    "SessionListState.pick_all": Row(MANAGERS, values=ALL),
    "SessionListState.drop_picked": Row(MANAGERS),
    "SessionListState.message": Row(MANAGERS, values={"picked_query": f"ids={SCHEDULED},{GROUP}"}),
    "SessionWindowsState.begin": Row(SIGNED_IN),
    "SessionWindowsState.ask": Row(MANAGERS, ("cancel", SCHEDULED)),
    "SessionWindowsState.ask_picked": Row(MANAGERS, ("delete",)),
    "SessionWindowsState.cancel": Row(MANAGERS, ({"reason": "Because"},), ASKED, works_for=MANAGER),
    "SessionWindowsState.delete": Row(MANAGERS, values=ASKED, works_for=MANAGER),
    "SessionMenteesState.show_mentees": Row(SIGNED_IN, (GROUP,)),
    "SessionMenteesState.search_mentees": Row(SIGNED_IN, ("mia",), {"mentees": MenteeList(session_id=GROUP)}),
}
