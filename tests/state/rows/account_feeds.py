"""The private calendar links of the account page."""

from app.state.login import SIGNED_IN
from tests.state.rows.base import Row

ROWS: dict[str, Row] = {
    "FeedState.open_feeds": Row(SIGNED_IN),
    "FeedState.make": Row(SIGNED_IN, (True,)),
    "FeedState.revoke": Row(SIGNED_IN),
}
