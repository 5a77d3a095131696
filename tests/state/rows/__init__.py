"""The handlers' rows, a module for each part of the app."""

from importlib import import_module
from pkgutil import iter_modules

from tests.state.rows.base import Row


def gather() -> dict[str, Row]:
    """Collect ROWS of every module beside this one."""
    found = [getattr(import_module(f"{__name__}.{module.name}"), "ROWS", {}) for module in iter_modules(__path__)]
    return {name: row for rows in found for name, row in rows.items()}
