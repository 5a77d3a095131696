"""A place in a group session, who came, and what was said of it afterwards."""

from app.models.queries.session_card import SessionCard
from app.models.queries.session_people import CardPerson
from tests.state.callers import (
    COMPLETED_GROUP,
    GUEST,
    HOST,
    INVITING_GROUP,
    LIVE_GROUP,
    MANAGER,
    MENTEE,
)
from tests.state.rows.base import Row, card, form

KEY = "c" * 32
GUEST_LINE = CardPerson(MENTEE, "", "", "", "", "", "", attended=False, is_me=False)
SHOWN = SessionCard(id=LIVE_GROUP, is_group=True, people=[GUEST_LINE])

ROWS: dict[str, Row] = {
    "SessionOutcomeState.submit_mark": card(
        LIVE_GROUP, {f"mark_came_{MENTEE}": "on"}, works_for=HOST, form="mark", card=SHOWN
    ),
    "SessionSeatsState.take_place": card(LIVE_GROUP, works_for=MANAGER),
    "SessionSeatsState.accept_invitation": card(INVITING_GROUP, works_for=GUEST),
    "SessionSeatsState.submit_leave": card(LIVE_GROUP, {"leave_key": KEY}, works_for=GUEST, form="leave"),
    "SessionSeatsState.submit_refuse": card(INVITING_GROUP, {"refuse_key": KEY}, works_for=GUEST, form="refuse"),
    "SessionSeatsState.ask_remove": card(LIVE_GROUP, MENTEE),
    "SessionSeatsState.submit_remove": card(
        LIVE_GROUP, {"remove_key": KEY}, works_for=HOST, form="remove", removed=MENTEE
    ),
    "SessionSeatsState.submit_rate": form("rate", COMPLETED_GROUP, GUEST, rating="5", comment="mine"),
}
