"""The search in the header."""

from app.state.login import SIGNED_IN
from tests.state.callers import SECRET
from tests.state.rows.base import Row

SOUGHT = SECRET.partition(" ")[2]
"""A part of it, for what was typed comes back with what was found."""

ROWS: dict[str, Row] = {
    "SearchState.look": Row(SIGNED_IN, (SOUGHT,)),
    "SearchState.forget": Row(SIGNED_IN),
}
