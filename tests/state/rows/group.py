"""The public pages: a private group session tells strangers nothing, its host's profile neither."""

from app.state.login import PUBLIC, SIGNED_IN
from tests.state.rows.base import Row

PRIVATE = "s" * 16
"""Where the world's private group session would be."""

ROWS: dict[str, Row] = {
    "AccountBioState.open_bio": Row(SIGNED_IN),
    "AccountBioState.save_bio": Row(SIGNED_IN, ({"bio": "x" * 2_001},)),
    "MentorPublicState.watch": Row(PUBLIC, path="/m/p2"),
    "GroupState.watch": Row(PUBLIC, path=f"/g/{PRIVATE}"),
}
