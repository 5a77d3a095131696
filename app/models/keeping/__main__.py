"""The commands `dev.py backup FILE` and `dev.py restore FILE`."""

import argparse
import sys
from pathlib import Path

from app.models import clock, migrations
from app.models.database import data_dir, database_url
from app.models.errors import Refusal
from app.models.keeping import backup, restore


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.add_argument("verb", choices=("backup", "restore"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--yes", action="store_true", help="restore without asking")
    given = parser.parse_args()
    migrations.upgrade()
    try:
        sys.stdout.write(_save(given.file) if given.verb == "backup" else _bring_back(given.file, asks=not given.yes))
    except (Refusal, OSError) as error:
        sys.exit(str(error))


def _save(path: Path) -> str:
    count = backup(database_url(), path, clock.now())
    return f"{count:,} rows are in {path}. It holds everything about everybody: keep it safe.\n"


def _bring_back(path: Path, *, asks: bool) -> str:
    kept = data_dir() / f"before-restore-{clock.now():%Y%m%d-%H%M%S}.zip"
    if asks and not _is_agreed(f"Replace everything there is by {path}? What is there now is kept in {kept}. [y/N] "):
        return "Nothing was changed.\n"
    backup(database_url(), kept, clock.now())
    count = restore(database_url(), path, clock.now())
    return f"{count:,} rows are back. What was there before is in {kept}\n"


def _is_agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        raise Refusal.of("", "Nobody is here to be asked.", "Write --yes to restore without a question.") from None


if __name__ == "__main__":
    main()
