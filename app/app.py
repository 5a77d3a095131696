"""The application: registers pages, HTTP endpoints and lifespan work. It must do nothing else.

To add a page, name its module in PAGES; what such a module may have is said in `app.pages.shell`.
"""

from functools import partial
from types import ModuleType
from typing import Any

import reflex as rx
from starlette.applications import Starlette

from app.components.quiet import broken_page, connection_notice
from app.delivery import (
    answers,
    doors,
    entering,
    feeds,
    papers,
    pictures,
    privacy,
    public,
    rating_links,
    seat_links,
    session_files,
    stopping,
    uploads,
    web,
    welcome,
    work,
)
from app.delivery import insights as insights_door
from app.delivery import mentor_public as mentor_door
from app.pages import (
    account,
    announcement,
    announcements,
    availability,
    book,
    calendar,
    group,
    home,
    insights,
    me,
    mentor_public,
    messages,
    messages_thread,
    not_found,
    outbox,
    people,
    people_new,
    people_upload,
    person,
    program,
    programs,
    relationship,
    relationship_session,
    relationships,
    session,
    session_edit,
    session_new,
    sessions,
    sessions_bulk,
    sessions_bulk_help,
    settings,
    sign_in,
)
from app.state.gate import close_gate, tell_exception
from app.state.shell import LoginState
from app.state.tabs import clear_away

PAGES: list[ModuleType] = [
    home,
    me,
    calendar,
    book,
    availability,
    session,
    sessions,
    sessions_bulk,
    sessions_bulk_help,
    session_new,
    session_edit,
    relationships,
    relationship,
    relationship_session,
    people,
    people_new,
    people_upload,
    person,
    programs,
    program,
    insights,
    messages,
    messages_thread,
    announcements,
    announcement,
    outbox,
    settings,
    account,
    sign_in,
    group,
    mentor_public,
    not_found,
]
ROUTES = [
    *doors.ROUTES,
    *public.ROUTES,
    *entering.ROUTES,
    *mentor_door.ROUTES,
    *seat_links.ROUTES,
    *rating_links.ROUTES,
    *session_files.ROUTES,
    *uploads.ROUTES,
    *pictures.ROUTES,
    *privacy.ROUTES,
    *welcome.ROUTES,
    *answers.ROUTES,
    *stopping.ROUTES,
    *feeds.ROUTES,
    *insights_door.ROUTES,
]


def gathered(name: str) -> list[str]:
    """Collect what the pages bring along, each once."""
    return list(dict.fromkeys(file for module in PAGES for file in getattr(module, name, ())))


def is_public(module: ModuleType) -> bool:
    """Whether strangers may see a page."""
    return getattr(module, "IS_PUBLIC", False)


def head() -> list[rx.Component]:
    """Give the head of every page."""
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.script(src="/theme.js"),
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        *(rx.el.script(src=file, defer=True) for file in ("/meridian.js", "/search.js", *gathered("SCRIPTS"))),
    ]


def around(asgi: web.Asgi) -> web.Asgi:
    """Stand around pages and doors."""
    return web.Around(
        asgi,
        pages=[module.ROUTE for module in PAGES],
        private_pages=[module.ROUTE for module in PAGES if not is_public(module)],
        error_page=papers.broken,
    )


app = rx.App(
    stylesheets=["/meridian.css", "/shell.css", "/search.css", *gathered("STYLESHEETS")],
    head_components=head(),
    html_lang="en",
    toaster=rx.toast.provider(position="bottom-left", close_button=True, rich_colors=True),
    backend_exception_handler=tell_exception,
    api_transformer=[Starlette(routes=ROUTES, exception_handlers={Exception: papers.failed}), around],
)
app.app_wraps[(5, "Overlay")] = lambda _stateful: connection_notice()
app.app_wraps[(55, "ErrorBoundary")] = lambda _stateful: broken_page(LoginState.page_broke)
close_gate(app)

for module in PAGES:
    entrance: Any = LoginState.look if is_public(module) else LoginState.enter
    stay = [] if is_public(module) else [LoginState.stay]
    on_load = [entrance, *getattr(module, "ON_LOAD", []), *stay]
    app.add_page(module.page, route=module.ROUTE, title=module.TITLE, on_load=on_load)

for task in (*work.TASKS, work.kept_alive(partial(clear_away, app))):
    app.register_lifespan_task(task)
