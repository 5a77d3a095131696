"""Writes a new revision: what `app.models.tables` has and the revisions so far have not."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.models.database import make_engine
from app.models.migrations import config, upgrade


def main() -> None:
    """Compare the tables with a scratch database that has every revision, and write the difference."""
    if len(sys.argv) != 2:
        sys.exit('usage: python -m app.models.migrations "What changes"')
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.db'}"
        upgrade(url)
        engine = make_engine(url)
        with engine.connect() as connection:
            command.revision(config(connection), message=sys.argv[1], autogenerate=True, rev_id=next_number())
        engine.dispose()


def next_number() -> str:
    """Number the new revision after those there are: "0002"."""
    written = (Path(__file__).parent / "versions").glob("[0-9]*.py")
    return f"{len(list(written)) + 1:04d}"


if __name__ == "__main__":
    main()
