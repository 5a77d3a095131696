"""One's own home, and what can be done there."""

from app.state.login import SIGNED_IN
from tests.state.callers import HOST, LIVE, MANAGER, PENDING, SCHEDULED
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "MeState.follow": Row(SIGNED_IN),
    "MeState.show": Row(SIGNED_IN, ("past",)),
    "MeState.show_more": Row(SIGNED_IN),
    "MeState.join": Row(SIGNED_IN, (LIVE,), works_for=HOST),
    "MeState.start_session": Row(SIGNED_IN, (SCHEDULED,)),
    "MeState.accept": Row(SIGNED_IN, (PENDING,), works_for=MANAGER),
    "MeState.ask_decline": Row(SIGNED_IN, (PENDING,)),
    "MeState.decline": Row(SIGNED_IN, ({"reason": "No"},), {"declined": PENDING, "key": "b" * 32}, works_for=HOST),
}
