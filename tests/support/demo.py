"""A server with the demo organisation in it."""

from dataclasses import dataclass

from app.models import demo, migrations
from tests.models.factories import empty_tables
from tests.support.databases import database_of
from tests.support.servers import Server

PASSWORD = "a-long-demo-password"


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
    with database_of(server.database_url):
        migrations.upgrade()
        site = fill(server, sessions)
    server.start()
    return site


def renew(site: DemoSite) -> DemoSite:
    """Put a demo of this moment in the place of all that a test left on this server; start it if it stands still."""
    with database_of(site.server.database_url):
        empty_tables()
        renewed = fill(site.server)
    if site.server.process is None:
        site.server.start()
    return renewed


def fill(server: Server, sessions: int = 400) -> DemoSite:
    """Fill the empty database that this process is on."""
    signs = demo.fill(password=PASSWORD, sessions=sessions)
    return DemoSite(server, signs.manager, signs.mentor, signs.mentee, signs.group_slug)
