"""The search in the header: a button that opens a window to type in, with what was found in groups under it.

Knows no state. search.js opens it (the button, `/`, Ctrl-K) and closes it; the arrows and Enter are
handled by meridian.js, by way of [data-combobox] and [data-found-for].
"""

from typing import Any

import reflex as rx

from app.components.basics import avatar, icon, icon_button, status_badge


def search_box(found: Any, count_words: Any, *, on_type: Any, on_close: Any) -> rx.Component:
    """Show the search. `found` is a Var of queries.search.Found; `on_type` is given the text."""
    return rx.el.div(
        opener(),
        rx.el.dialog(
            rx.el.div(
                type_line(found, on_type),
                rx.el.button(hidden=True, type="button", custom_attrs={"data-dismiss": "", "data-search-close": ""}),
                rx.el.button(hidden=True, type="button", on_click=on_close, custom_attrs={"data-search-forget": ""}),
                results(found, count_words),
                custom_attrs={"data-combobox": "", "data-found-for": found.typed},
            ),
            class_name="search-dialog",
            custom_attrs={"data-search-dialog": "", "aria-label": "Search"},
        ),
        class_name="search no-print",
    )


def opener() -> rx.Component:
    """Show what opens the search: it looks like a field on a desk, and is an icon on a phone."""
    return rx.el.button(
        icon("search", size=18),
        rx.el.span("Search", class_name="search-word"),
        rx.el.kbd("/", class_name="search-key", aria_hidden="true"),
        type="button",
        class_name="search-opener",
        title="Search people, programmes and sessions ( / or Ctrl K )",
        custom_attrs={"data-search-open": "", "aria-haspopup": "dialog", "aria-keyshortcuts": "/ Control+K Meta+K"},
    )


def type_line(found: Any, on_type: Any) -> rx.Component:
    """Ask what is looked for."""
    box = rx.el.input(
        id="search-everything",
        type="search",
        role="combobox",
        class_name="search-input",
        placeholder="Search people, programmes, sessions",
        auto_complete="off",
        max_length=200,
        on_change=on_type,
        custom_attrs={
            "aria-label": "Search people, programmes and sessions",
            "aria-autocomplete": "list",
            "aria-expanded": rx.cond(found.is_long_enough, "true", "false"),
            "aria-controls": "search-results",
            "spellCheck": "false",
            "enterKeyHint": "go",
        },
    )
    closer = icon_button("x", "Close the search", custom_attrs={"data-search-close": ""})
    return rx.el.div(icon("search", size=18), box, closer, class_name="search-line")


def results(found: Any, count_words: Any) -> rx.Component:
    """List what was found, or say what can be done."""
    nothing = (found.people.length() == 0) & (found.programs.length() == 0) & (found.sessions.length() == 0)
    hint = rx.el.p("Type at least two letters of a name, an e-mail address or a title.", class_name="search-hint")
    none = rx.el.p("Nothing was found. Try a part of the name, or the e-mail address.", class_name="search-hint")
    return rx.el.div(
        rx.el.div(
            group("People", found.people, person, found.more_people),
            group("Programmes", found.programs, program, found.more_programs),
            group("Sessions", found.sessions, session, found.more_sessions),
            role="listbox",
            id="search-results",
            aria_label="Results",
        ),
        rx.cond(found.is_long_enough, rx.cond(nothing, none, rx.fragment()), hint),
        rx.el.span(count_words, class_name="visually-hidden", role="status"),
        class_name="search-results",
    )


def group(title: str, hits: Any, show: Any, more: Any) -> rx.Component:
    """Show one kind of results under its name, if there are any; and that there are more, if there are."""
    name = f"search-{title.lower()}"
    listed = rx.el.div(
        rx.el.div(title, id=name, class_name="search-title", role="presentation"),
        rx.foreach(hits, show),
        rx.cond(more.words, rest(f"{name}-more", more), rx.fragment()),
        role="group",
        aria_labelledby=name,
    )
    return rx.cond(hits.length() > 0, listed, rx.fragment())


def rest(name: str, more: Any) -> rx.Component:
    """Say how many more there are: the last choice, where it leads to their list."""
    link = rx.el.a(
        more.words,
        icon("arrow-right"),
        href=more.href,
        id=name,
        role="option",
        tab_index=-1,
        aria_selected="false",
        class_name="option search-option search-more",
    )
    hint = rx.el.div(more.words, ": type more to find them.", class_name="search-more", role="presentation")
    return rx.cond(more.href, link, hint)


def person(hit: Any) -> rx.Component:
    """Show a person."""
    return option("person", hit, avatar(hit.initials))


def program(hit: Any) -> rx.Component:
    """Show a programme."""
    return option("program", hit, rx.el.span(icon("folder-open", size=18), class_name="search-mark"))


def session(hit: Any) -> rx.Component:
    """Show a session with its status."""
    mark = rx.el.span(icon("calendar", size=18), class_name="search-mark")
    return option("session", hit, mark, status_badge(hit.status, hit.status_word))


def option(kind: str, hit: Any, mark: rx.Component, *more: rx.Component) -> rx.Component:
    """Show one result as a link."""
    return rx.el.a(
        mark,
        rx.el.span(
            rx.el.span(hit.name, class_name="strong ellipsis"),
            rx.el.span(hit.note, class_name="muted small ellipsis"),
            class_name="stack-s grow tight",
        ),
        *more,
        href=hit.href,
        id=f"search-{kind}-{hit.id}",
        role="option",
        tab_index=-1,
        aria_selected="false",
        class_name="option search-option",
    )
