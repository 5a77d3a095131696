"""One programme: its settings and its members (P10). It must not decide anything: it only composes components."""

from types import SimpleNamespace

import reflex as rx

from app.components.latch import once
from app.components.program import archive_part, archive_question, program_page
from app.components.program_members import members_part
from app.components.program_settings import settings_form
from app.components.program_windows import windows
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.program import ProgramState
from app.state.program_members import ProgramMembersState

ROUTE = "/programs/[id]"
TITLE = rx.cond(ProgramState.stored.name, f"{ProgramState.stored.name} · Meridian", "Programme · Meridian")
ON_LOAD = [ProgramState.opened, ProgramMembersState.opened, ProgramState.watch, ProgramMembersState.watch]
STYLESHEETS = ["/settings.css", "/programs.css"]

MEMBERS = SimpleNamespace(
    ask=ProgramMembersState.ask,
    close=ProgramMembersState.close,
    look_for=ProgramMembersState.look_for.debounce(200),
    choose_role=ProgramMembersState.choose_role,
    choose_cohort=ProgramMembersState.choose_cohort,
    go_to=ProgramMembersState.go_to,
    search=ProgramMembersState.search.debounce(150),
    close_search=ProgramMembersState.close_search,
    choose=ProgramMembersState.choose,
    add=ProgramMembersState.add,
    save_cohort=ProgramMembersState.save_cohort,
    remove=ProgramMembersState.remove,
    rename=ProgramMembersState.rename,
)


def page() -> rx.Component:
    """Show one part of the programme, and the window that is open over it."""
    stored, found = ProgramState.stored, ProgramMembersState.found
    settings = rx.el.div(
        settings_form(ProgramState.program, ProgramState.errors, ProgramState, ProgramState),
        archive_part(stored, on_ask=ProgramState.ask_archive, on_restore=ProgramState.restore),
        class_name="settings stack",
    )
    members = members_part(found, ProgramMembersState.wanted, MEMBERS, stored.is_archived)
    known = ProgramState.is_missing | (stored.id != 0)
    return shell(
        once(known, program_page(stored, ProgramState.part, ProgramState.is_missing, settings, members), skeleton()),
        windows(found, ProgramMembersState, MEMBERS),
        archive_question(
            stored,
            ProgramState.asks_archive,
            on_yes=ProgramState.archive,
            on_no=ProgramState.ask_archive(False),
        ),
        title=rx.cond(stored.name, stored.name, "Programme"),
        here="/programs",
    )
