"""What is done once before the servers start: the tables are brought up to date, the set-up link is printed.

It runs in a process of its own (`python -m app.prepare`), so that several workers never do it at
the same time. It must not start anything that keeps running.
"""

import sys

from app.delivery.settings import proxy_hops, public_url
from app.models import clock, migrations
from app.models.commands.founding import renew_setup_link


def main() -> None:
    """Prepare the installation for its servers."""
    try:
        proxy_hops()
    except ValueError as error:
        sys.exit(str(error))
    migrations.upgrade()
    token = renew_setup_link(clock.now())
    if token:
        link = f"{public_url()}/setup?token={token}"
        sys.stdout.write(f"\nThis Meridian is new. Open this link to set it up:\n  {link}\n\n")


if __name__ == "__main__":
    main()
