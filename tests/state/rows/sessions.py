"""The session card and its forms."""

from app.state.login import SIGNED_IN
from tests.state.callers import (
    AWAITING,
    CANCELLED,
    COMPLETED,
    HOST,
    LIVE,
    MANAGER,
    MISSED,
    PENDING,
    SCHEDULED,
    TO_BE_ARRANGED,
)
from tests.state.rows.base import EDITED, PLACE, TIMES, Row, card, form

ASKED = HOST

ROWS: dict[str, Row] = {
    "SessionCardState.open_session": Row(SIGNED_IN, (SCHEDULED,)),
    "SessionCardState.close": Row(SIGNED_IN),
    "SessionCardState.load_page": Row(SIGNED_IN, path=f"/s/{SCHEDULED}"),
    "SessionCardState.resume": Row(SIGNED_IN, values={"opened": f"/|{SCHEDULED}|"}),
    "SessionCardState.follow": card(SCHEDULED),
    "SessionCardState.open_form": card(SCHEDULED, "edit"),
    "SessionCardState.close_form": card(SCHEDULED, form="edit"),
    "SessionCardState.join": card(LIVE, works_for=HOST),
    "SessionCardState.start_session": card(SCHEDULED),
    "SessionCardState.accept": card(PENDING, works_for=ASKED),
    "SessionEditState.note_typed": card(SCHEDULED, "day", "2026-03-20", form="edit"),
    "SessionEditState.take_free": card(SCHEDULED, "2026-03-20", "10:00", form="edit"),
    "SessionEditState.submit_edit": form("edit", SCHEDULED, MANAGER, **EDITED),
    "SessionEditState.submit_arrange": form("arrange", TO_BE_ARRANGED, MANAGER, **EDITED),
    "SessionEditState.submit_again": form("again", MISSED, MANAGER, **EDITED),
    "SessionEditState.submit_propose": form("propose", PENDING, ASKED, **TIMES),
    "SessionEditState.submit_meeting": form("meeting", LIVE, MANAGER, **PLACE),
    "SessionOutcomeState.submit_cancel": form("cancel", SCHEDULED, MANAGER, reason="because"),
    "SessionOutcomeState.submit_delete": form("delete", SCHEDULED, MANAGER),
    "SessionOutcomeState.submit_accept": form("accept", PENDING, ASKED),
    "SessionOutcomeState.submit_decline": form("decline", PENDING, ASKED, reason="no"),
    "SessionOutcomeState.submit_reactivate": form("reactivate", CANCELLED, MANAGER),
    "SessionOutcomeState.submit_finish": form("finish", LIVE, MANAGER),
    "SessionOutcomeState.submit_record": form("record", AWAITING, MANAGER, outcome="completed"),
    "SessionOutcomeState.submit_correct": form("correct", COMPLETED, MANAGER, outcome="missed", note="so it was"),
    "SessionOutcomeState.submit_after": form("after", COMPLETED, MANAGER, covered="mine"),
}
