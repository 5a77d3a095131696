"""Every public handler of every page, called by people whom it does not concern.

A handler is a remote API: whoever opens a socket may call it with anything. Each has a row
in `tests.state.rows`; a new one without a row, or without a mark, fails. To add a row: the handler's name, who may
call it at all (its mark), arguments that reach for somebody else's things (those of
`callers.world`), `values` the tab's state would hold if it had got that far, and who could do it.
"""

from typing import Any

import pytest
import sqlalchemy as sa
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from app.models.database import engine
from app.state.login import MANAGER as MANAGERS
from app.state.login import PUBLIC, SIGNED_IN
from tests.state import callers
from tests.state.callers import FOREIGN_MANAGER, FOREIGN_MENTEE, FOREIGN_MENTOR, MANAGER, SCHEDULED, SECRET, STRANGER
from tests.state.rows import gather

TABLE = gather()
HANDLERS = callers.handlers()


def test_every_handler_has_a_row_and_a_mark() -> None:
    registered = RegistrationContext.get().event_handlers
    marks = {name: getattr(registered[full].handler.fn, "__requires__", "none") for name, full in HANDLERS.items()}
    assert marks == {name: row.open_to for name, row in TABLE.items()}


def test_reflex_leaves_no_other_handler_open() -> None:
    names = sorted(name.rsplit(".", 1)[1] for name in callers.framework_handlers())
    assert names == sorted(
        [
            "hydrate",
            "hydrate_and_load",
            "set_is_hydrated",
            "set_is_hydrated",
            "on_load_internal",
            "update_vars_internal",
        ]
    )


@pytest.mark.parametrize("name", sorted(set(TABLE) & set(HANDLERS)))
def test_a_handler_serves_nobody_it_does_not_concern(name: str) -> None:
    row, cookies = TABLE[name], callers.world()
    before = dump()
    for who in (STRANGER, FOREIGN_MENTEE, FOREIGN_MENTOR, FOREIGN_MANAGER):
        heard = callers.call(HANDLERS[name], cookies[who], row.args, row.values, row.path)
        assert dump() == before, f"a {who} changed something"
        assert not heard.says(SECRET), f"a {who} was told another's session"
        if not may_call(who, row.open_to):
            assert heard.refusals == heard.texts, f"a {who} was let in"


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.works_for))
def test_what_the_others_tried_would_have_worked_for_somebody(name: str) -> None:
    row, cookies = TABLE[name], callers.world()
    before = dump()
    callers.call(HANDLERS[name], cookies[row.works_for], row.args, row.values, row.path)
    assert dump() != before


def test_a_session_is_told_to_its_own_manager() -> None:
    """What the strangers above must not hear is really there to be heard."""
    cookies = callers.world()
    name = HANDLERS["SessionCardState.open_session"]
    assert callers.call(name, cookies[MANAGER], (SCHEDULED,), {}).says(SECRET)


def may_call(who: str, mark: str) -> bool:
    if mark == MANAGERS:
        return who == FOREIGN_MANAGER
    return mark == PUBLIC or (mark == SIGNED_IN and who != STRANGER)


def dump() -> dict[str, list[Any]]:
    """Everything that is stored."""
    with engine().connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: sorted(map(str, connection.execute(sa.select(table)))) for table in tables}
