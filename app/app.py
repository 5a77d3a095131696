"""The application: registers pages, HTTP endpoints and lifespan work. It must do nothing else.

A page is a module of `app.pages` with ROUTE, TITLE and page(); it may have ON_LOAD, the handlers
that run when it is opened. To add a page, name its module in PAGES.
"""

from types import ModuleType

import reflex as rx

from app.pages import home

PAGES: list[ModuleType] = [home]

app = rx.App(stylesheets=["/meridian.css"])

for module in PAGES:
    app.add_page(module.page, route=module.ROUTE, title=module.TITLE, on_load=getattr(module, "ON_LOAD", None))
