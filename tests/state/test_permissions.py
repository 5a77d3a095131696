"""Every public handler of every page, called by people whom it does not concern.

A handler is a remote API: whoever opens a socket may call it with anything. Each has a row
here; a new one without a row, or without a mark, fails. To add a row: the handler's name, who may
call it at all (its mark), arguments that reach for somebody else's things (the sessions of
`callers.world`), `values` the tab's state would hold if it had got that far, and who could do it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from app.models.calendar_layout import View
from app.models.calendar_move import Dragged, Drop
from app.models.database import engine
from app.models.queries.session_card import SessionCard
from app.state.book_form import DEFAULTS
from app.state.login import MANAGER as MANAGERS
from app.state.login import PUBLIC, SIGNED_IN
from tests.models.factories import at
from tests.state import callers
from tests.state.callers import (
    AWAITING,
    BATCH,
    CANCELLED,
    COMPLETED,
    FOREIGN_MENTEE,
    FOREIGN_MENTOR,
    HOST,
    LIVE,
    MANAGER,
    MENTEE,
    MENTOR,
    MISSED,
    PENDING,
    PROGRAM,
    SCHEDULED,
    SECRET,
    STRANGER,
    TO_BE_ARRANGED,
)

PLACE = {"place": "online", "platform": "zoom", "link": "https://evil.example/"}
BOOKED = PLACE | {"program": str(PROGRAM), "mentor": str(MENTOR), "mentee": str(MENTEE), "key": "a" * 32}
BOOKED |= {"date": "2026-03-20", "time": "10:00", "minutes": "60", "zone": "Europe/Berlin", "title": "Taken over"}
TIMES = {"day": "2026-03-20", "at": "10:00", "minutes": "60", "zone": "Europe/Berlin"}
EDITED = TIMES | PLACE | {"title": "Taken over"}
ASKED = HOST
MANAGERS_LOGIN = 3
DROP = Drop(date(2026, 3, 20), 600, None, View.WEEK)
DRAG = Dragged(SCHEDULED, "", at(2), at(2, 18), 1, False, ())


@dataclass(frozen=True)
class Row:
    """Who may call a handler, and how it is tried. `works_for` names whose call does change something."""

    open_to: str
    args: tuple[Any, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    path: str = "/"
    works_for: str = ""


def card(session_id: int, *args: Any, works_for: str = "", **values: Any) -> Row:
    """A step on the card of a foreign session, as if the tab had it open."""
    opened = {"card": SessionCard(id=session_id), "is_open": True, **values}
    return Row(SIGNED_IN, args, opened, f"/s/{session_id}", works_for)


def form(name: str, session_id: int, works_for: str, **fields: str) -> Row:
    """A form of such a card, sent; its fields carry its name."""
    sent = {f"{name}_{key}": value for key, value in fields.items()}
    return card(session_id, sent, works_for=works_for, form=name)


TABLE: dict[str, Row] = {
    "LoginState.enter": Row(PUBLIC),
    "LoginState.look": Row(PUBLIC),
    "LoginState.page_broke": Row(PUBLIC, ("Error", "here")),
    "LoginState.stay": Row(SIGNED_IN),
    "SignInState.open_sign_in": Row(PUBLIC),
    "HomeState.follow": Row(SIGNED_IN),
    "SettingsState.open_settings": Row(MANAGERS),
    "SettingsState.save": Row(
        MANAGERS, ({"name": "Taken over", "zone": "UTC", "kind": "coaching"},), works_for=MANAGER
    ),
    "SettingsState.test_mail": Row(MANAGERS, works_for=MANAGER),
    "AccountState.open_account": Row(SIGNED_IN),
    "AccountState.save_self": Row(SIGNED_IN, ({"first_name": ""},)),
    "AccountState.save_password": Row(SIGNED_IN, ({"password": "short"},)),
    "AccountState.sign_out_one": Row(SIGNED_IN, (MANAGERS_LOGIN,)),
    "BookState.opened": Row(SIGNED_IN),
    "BookState.fill_in": Row(SIGNED_IN, ({"fields": BOOKED},)),
    "BookState.change": Row(SIGNED_IN, (BOOKED,)),
    "BookState.search": Row(SIGNED_IN, ("mentee", "Mia")),
    "BookState.close_search": Row(SIGNED_IN),
    "BookState.choose": Row(SIGNED_IN, ("mentee", MENTEE)),
    "BookState.choose_program": Row(SIGNED_IN, (str(PROGRAM),)),
    "BookState.take_time": Row(SIGNED_IN, ("2026-03-20", "10:00")),
    "BookState.submit": Row(SIGNED_IN, (BOOKED,), works_for=MANAGER),
    "BookState.start_again": Row(SIGNED_IN),
    "BookState.watch": Row(SIGNED_IN, values={"is_ready": True, "_fields": DEFAULTS | BOOKED}),
    "CalendarState.open_address": Row(SIGNED_IN, path="/calendar"),
    "CalendarState.turn": Row(SIGNED_IN, (1,)),
    "CalendarState.show_today": Row(SIGNED_IN),
    "CalendarState.show_view": Row(SIGNED_IN, ("month",)),
    "CalendarState.show_day": Row(SIGNED_IN, ("2026-03-04",)),
    "CalendarState.choose": Row(SIGNED_IN, ("instructor", "Max")),
    "CalendarState.drop_filter": Row(SIGNED_IN, ("status", "pending")),
    "CalendarState.clear_filters": Row(SIGNED_IN),
    "CalendarState.open_day": Row(SIGNED_IN, ("2026-03-04",)),
    "CalendarState.close_day": Row(SIGNED_IN),
    "CalendarState.show_keys": Row(SIGNED_IN),
    "CalendarState.hide_keys": Row(SIGNED_IN),
    "CalendarState.watch": Row(SIGNED_IN),
    "CalendarMoveState.drop": Row(SIGNED_IN, (SCHEDULED, "2026-03-20", 600, 60)),
    "CalendarMoveState.confirm": Row(SIGNED_IN, ({},), {"_drop": DROP, "_dragged": DRAG}, works_for=MANAGER),
    "CalendarMoveState.leave": Row(SIGNED_IN),
    "CalendarMoveState.undo": Row(SIGNED_IN, values={"_batch": BATCH}, works_for=HOST),
    "CalendarMoveState.forget_undo": Row(SIGNED_IN, (BATCH,)),
    "OutboxState.load": Row(MANAGERS),
    "OutboxState.follow": Row(MANAGERS),
    "OutboxState.choose_status": Row(MANAGERS, ("failed",)),
    "OutboxState.search": Row(MANAGERS, ("Mia",)),
    "OutboxState.go_to": Row(MANAGERS, (1,)),
    "OutboxState.open": Row(MANAGERS, (1,)),
    "OutboxState.show_part": Row(MANAGERS, ("text",)),
    "OutboxState.close": Row(MANAGERS),
    "OutboxState.retry": Row(MANAGERS),
    "PersonState.opened": Row(SIGNED_IN, path=f"/people/{MENTEE}"),
    "PersonState.watch": Row(SIGNED_IN, path=f"/people/{MENTEE}"),
    "SessionCardState.open_session": Row(SIGNED_IN, (SCHEDULED,)),
    "SessionCardState.close": Row(SIGNED_IN),
    "SessionCardState.load_page": Row(SIGNED_IN, path=f"/s/{SCHEDULED}"),
    "SessionCardState.resume": Row(SIGNED_IN, values={"opened": f"/|{SCHEDULED}|"}),
    "SessionCardState.follow": card(SCHEDULED),
    "SessionCardState.open_form": card(SCHEDULED, "edit"),
    "SessionCardState.close_form": card(SCHEDULED, form="edit"),
    "SessionCardState.join": card(LIVE, works_for=HOST),
    "SessionCardState.start_session": card(SCHEDULED),
    "SessionCardState.accept": card(PENDING, works_for=ASKED),
    "SessionEditState.note_typed": card(SCHEDULED, "day", "2026-03-20", form="edit"),
    "SessionEditState.take_free": card(SCHEDULED, "2026-03-20", "10:00", form="edit"),
    "SessionEditState.submit_edit": form("edit", SCHEDULED, MANAGER, **EDITED),
    "SessionEditState.submit_arrange": form("arrange", TO_BE_ARRANGED, MANAGER, **EDITED),
    "SessionEditState.submit_again": form("again", MISSED, MANAGER, **EDITED),
    "SessionEditState.submit_propose": form("propose", PENDING, ASKED, **TIMES),
    "SessionEditState.submit_meeting": form("meeting", LIVE, MANAGER, **PLACE),
    "SessionOutcomeState.submit_cancel": form("cancel", SCHEDULED, MANAGER, reason="because"),
    "SessionOutcomeState.submit_delete": form("delete", SCHEDULED, MANAGER),
    "SessionOutcomeState.submit_accept": form("accept", PENDING, ASKED),
    "SessionOutcomeState.submit_decline": form("decline", PENDING, ASKED, reason="no"),
    "SessionOutcomeState.submit_reactivate": form("reactivate", CANCELLED, MANAGER),
    "SessionOutcomeState.submit_finish": form("finish", LIVE, MANAGER),
    "SessionOutcomeState.submit_record": form("record", AWAITING, MANAGER, outcome="completed"),
    "SessionOutcomeState.submit_correct": form("correct", COMPLETED, MANAGER, outcome="missed", note="so it was"),
    "SessionOutcomeState.submit_after": form("after", COMPLETED, MANAGER, covered="mine"),
}

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
    for who in (STRANGER, FOREIGN_MENTEE, FOREIGN_MENTOR):
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
    return mark == PUBLIC or (mark == SIGNED_IN and who != STRANGER)


def dump() -> dict[str, list[Any]]:
    """Everything that is stored."""
    with engine().connect() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: sorted(map(str, connection.execute(sa.select(table)))) for table in tables}
