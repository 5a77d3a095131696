"""The application: registers pages, HTTP endpoints and lifespan work. It must do nothing else.

To add a page, name its module in PAGES; what such a module may have is said in `app.pages.shell`.
"""

from types import ModuleType

import reflex as rx

from app.components.shell import connection_notice
from app.pages import home, session
from app.state.gate import close_gate, tell_exception
from app.state.shell import LoginState

PAGES: list[ModuleType] = [home, session]


def gathered(name: str) -> list[str]:
    """Collect what the pages bring along, each once."""
    return list(dict.fromkeys(file for module in PAGES for file in getattr(module, name, ())))


def head() -> list[rx.Component]:
    """Give the scripts of every page. The theme is set before anything is painted."""
    scripts = [rx.el.script(src=file, defer=True) for file in ("/meridian.js", *gathered("SCRIPTS"))]
    return [
        rx.el.script(src="/theme.js"),
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        *scripts,
    ]


app = rx.App(
    stylesheets=["/meridian.css", "/shell.css", *gathered("STYLESHEETS")],
    head_components=head(),
    html_lang="en",
    toaster=rx.toast.provider(position="bottom-left", close_button=True, rich_colors=True),
    backend_exception_handler=tell_exception,
)
app.app_wraps[(5, "Overlay")] = lambda _stateful: connection_notice()
close_gate(app)

for module in PAGES:
    entrance = LoginState.look if getattr(module, "IS_PUBLIC", False) else LoginState.enter
    app.add_page(
        module.page,
        route=module.ROUTE,
        title=module.TITLE,
        on_load=[entrance, *getattr(module, "ON_LOAD", [])],
    )
