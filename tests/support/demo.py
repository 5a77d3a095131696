"""A server with the demo organisation in it."""

import json
from dataclasses import dataclass

from tests.support.servers import Server

PASSWORD = "a-long-demo-password"
FILL = """
import dataclasses, json, sys
from app.models import demo, migrations
migrations.upgrade()
print(json.dumps(dataclasses.asdict(demo.fill(password=sys.argv[1], sessions=int(sys.argv[2])))))
"""


@dataclass(frozen=True)
class DemoSite:
    """A running server, and who can sign in there, all with `PASSWORD`."""

    server: Server
    manager: str
    mentor: str
    mentee: str
    group_slug: str

    @property
    def base_url(self) -> str:
        return self.server.base_url


def furnish(server: Server, sessions: int = 400) -> DemoSite:
    """Fill the database of a server that is not running yet, and start it."""
    signs = json.loads(server.run("-c", FILL, PASSWORD, str(sessions)))
    server.start()
    return DemoSite(server, signs["manager"], signs["mentor"], signs["mentee"], signs["group_slug"])
