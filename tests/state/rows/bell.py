"""The bell."""

from app.state.login import SIGNED_IN
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "BellState.open_bell": Row(SIGNED_IN),
    "BellState.show_earlier": Row(SIGNED_IN),
}
