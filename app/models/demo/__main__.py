"""The command `dev.py demo`: fills an empty database and prints how to sign in."""

import argparse
import os
import sys

from app.models import migrations
from app.models.demo import SESSIONS, SignIns, fill
from app.models.errors import Refusal


def main() -> None:
    """Read the command line, fill, and print the sign-ins."""
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS, help=f"how many, at least 100 (default {SESSIONS})")
    parser.add_argument("--password", default="", help="the password of everybody (default: a random one)")
    given = parser.parse_args()
    if given.sessions < 100:
        parser.error("--sessions must be at least 100")
    migrations.upgrade()
    try:
        signs = fill(sessions=given.sessions, password=given.password)
    except Refusal as refusal:
        sys.exit(str(refusal))
    sys.stdout.write(described(signs))


def described(signs: SignIns) -> str:
    """Say who can sign in, and where the open group session is."""
    url = os.environ.get("MERIDIAN_PUBLIC_URL", "").rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT', '3000')}"
    return (
        "The demo organisation is ready. Sign in with e-mail and password:\n\n"
        f"  manager  {signs.manager}  {signs.password}\n"
        f"  mentor   {signs.mentor}  {signs.password}\n"
        f"  mentee   {signs.mentee}  {signs.password}\n\n"
        f"An open group session: {url}/g/{signs.group_slug}\n"
        "Start Meridian with: python3 dev.py run\n"
    )


if __name__ == "__main__":
    main()
