"""The search in the header."""

from app.state.login import SIGNED_IN
from tests.state.callers import SECRET
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "SearchState.look": Row(SIGNED_IN, (SECRET,)),
    "SearchState.forget": Row(SIGNED_IN),
}
