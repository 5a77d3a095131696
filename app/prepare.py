"""What is done once before the servers start: settings are tried, tables brought up to date, the set-up link printed.

It runs in a process of its own (`python -m app.prepare`), so that several workers never do it at
the same time. It must not start anything that keeps running.
"""

import os
import sys

from redis import Redis, RedisError

from app.delivery.settings import proxy_hops, public_url
from app.models import clock, migrations
from app.models.commands.founding import renew_setup_link


def reach_redis() -> None:
    """Ask Redis for a sign of life, where it is to be used. Raises RedisError, or ValueError for what is no address."""
    url = os.environ.get("MERIDIAN_REDIS_URL")
    if url:
        Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5).ping()


def check_workers() -> None:
    """Raise ValueError where several workers would have nothing through which to share their state."""
    workers = os.environ.get("GRANIAN_WORKERS") or "1"
    if workers != "1" and not os.environ.get("MERIDIAN_REDIS_URL"):
        raise ValueError(f"GRANIAN_WORKERS={workers} needs Redis. Set MERIDIAN_REDIS_URL too, or one worker.")


def main() -> None:
    """Prepare the installation for its servers, or stop with what is wrong with its settings."""
    try:
        proxy_hops()
        check_workers()
        reach_redis()
    except ValueError as error:
        sys.exit(str(error))
    except RedisError as error:
        sys.exit(f"Redis (MERIDIAN_REDIS_URL) does not answer: {error}")
    migrations.upgrade()
    token = renew_setup_link(clock.now())
    if token:
        link = f"{public_url()}/setup?token={token}"
        sys.stdout.write(f"\nThis Meridian is new. Open this link to set it up:\n  {link}\n\n")


if __name__ == "__main__":
    main()
