"""What is done once before the servers start: the tables are brought up to date.

It runs in a process of its own (`python -m app.prepare`), so that several workers never do it at
the same time. It must not start anything that keeps running.
"""

from app.models import migrations


def main() -> None:
    """Prepare the installation for its servers."""
    migrations.upgrade()


if __name__ == "__main__":
    main()
