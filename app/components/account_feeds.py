"""One's private calendar links on the account page, and the questions before they stop working. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, dialog
from app.components.settings import part


def feeds_part(feeds: Any, asked: Any, acts: Any) -> rx.Component:
    """Show one's private calendar links, to be copied, replaced and given up. `acts` has the handlers."""

    shown = rx.el.div(
        rx.el.ul(rx.foreach(feeds, line), class_name="stack"),
        rx.el.p(
            "Add it in your calendar program as a calendar from the internet, by its address.", class_name="muted small"
        ),
        rx.el.div(
            button("Replace by new links", icon_name="refresh-cw", on_click=acts.ask("replace")),
            button("Give them up", look="danger", icon_name="trash-2", on_click=acts.ask("revoke")),
            class_name="row",
        ),
        class_name="stack",
    )
    make = rx.el.div(button("Make a private link", icon_name="calendar-plus", on_click=acts.make(False)))
    return part(
        "Private calendar link",
        "Your own calendar program can follow your sessions. Whoever has the link can read them: keep it to yourself.",
        rx.cond(feeds.length() > 0, shown, make),
        replacing(asked, acts),
        giving_up(asked, acts),
        anchor="feeds",
    )


def line(found: Any) -> rx.Component:
    """Show one link, to be copied."""
    box = rx.el.input(
        read_only=True,
        value=found.address,
        class_name="input",
        custom_attrs={"aria-label": "Link of " + found.name},
    )
    names = {"data-copy": found.address, "aria-label": "Copy the link of " + found.name}
    copy = button("Copy", icon_name="copy", custom_attrs=names)
    return rx.el.li(
        rx.el.span(found.name, class_name="strong"),
        rx.el.div(box, copy, class_name="feed-line"),
        class_name="stack-s",
    )


def replacing(asked: Any, acts: Any) -> rx.Component:
    """Ask whether new links shall stand in the place of those that are in use."""
    return question(
        "Replace the links?",
        "The present links stop working at once, in every calendar program that follows them.",
        "To go on following your sessions there, add the new links by hand.",
        button("Replace by new links", look="primary", icon_name="refresh-cw", on_click=acts.make(True)),
        is_open=asked == "replace",
        on_close=acts.close,
    )


def giving_up(asked: Any, acts: Any) -> rx.Component:
    """Ask whether the links shall stop working."""
    return question(
        "Give the links up?",
        "They stop working at once. Calendar programs that follow them get no more of your sessions.",
        "You can make new links later; these do not come back.",
        button("Give them up", look="danger", icon_name="trash-2", on_click=acts.revoke),
        is_open=asked == "revoke",
        on_close=acts.close,
    )


def question(title: str, does: str, then: str, act: rx.Component, *, is_open: Any, on_close: Any) -> rx.Component:
    """Ask once, saying what it does, and what can be done after it."""
    texts = rx.el.p(does), rx.el.p(then, class_name="muted")
    return dialog(title, *texts, is_open=is_open, on_close=on_close, foot=[button("Keep", on_click=on_close), act])
