"""The public pages: a private group session tells strangers nothing, its host's profile neither."""

from app.state.login import PUBLIC
from tests.state.rows.base import Row

PRIVATE = "s" * 16
"""Where the world's private group session would be."""

ROWS: dict[str, Row] = {
    "MentorPublicState.watch": Row(PUBLIC, path="/m/p2"),
    "GroupState.watch": Row(PUBLIC, path=f"/g/{PRIVATE}"),
}
