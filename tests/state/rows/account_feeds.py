"""The private calendar links of the account page."""

from app.state.login import SIGNED_IN
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "FeedState.open_feeds": Row(SIGNED_IN),
    "FeedState.ask": Row(SIGNED_IN, ("revoke",)),
    "FeedState.close": Row(SIGNED_IN, values={"asked": "revoke"}),
    "FeedState.make": Row(SIGNED_IN, (True,), {"asked": "replace"}),
    "FeedState.revoke": Row(SIGNED_IN, values={"asked": "revoke"}),
}
