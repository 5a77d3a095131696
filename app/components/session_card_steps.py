"""The buttons of a session's card: exactly the steps that are open to its viewer, and no others."""

from typing import Any

import reflex as rx

from app.components.basics import button, icon, link_button


def may(card: Any, step: str) -> Any:
    """Tell whether a step is open, as a Var."""
    return card.steps.contains(step)


def shown_if(condition: Any, *children: rx.Component) -> rx.Component:
    """Show the children only while the condition holds."""
    return rx.cond(condition, rx.fragment(*children), rx.fragment())


def top_steps(card: Any, actions: Any, busy: Any) -> rx.Component:
    """Show what is to be done now: go in, answer, arrange, record."""

    def form(step: str, label: Any, name: str, icon_name: str, look: str = "") -> rx.Component:
        return shown_if(
            may(card, step), button(label, look=look, icon_name=icon_name, on_click=actions.open_form(name))
        )

    return rx.el.div(
        join(card, actions, busy),
        shown_if(
            may(card, "start") & ~may(card, "enter"),
            button("Start session", look="primary big", icon_name="play", on_click=actions.start, disabled=busy),
        ),
        shown_if(
            may(card, "accept"),
            button("Accept", look="primary", icon_name="check", on_click=actions.accept, disabled=busy),
        ),
        form("decline", "Decline", "decline", "x"),
        form("propose", "Propose another time", "propose", "calendar-clock"),
        form("record", "Record outcome", "record", "pen-line", "primary"),
        form("finish", "End session", "finish", "square"),
        form("edit_meeting", "Edit meeting details", "meeting", "settings-2"),
        form(
            "arrange",
            rx.cond(card.status == "to_be_arranged", "Arrange session", "Arrange again"),
            "arrange",
            "calendar-plus",
            "primary",
        ),
        form(
            "reactivate",
            rx.cond(card.number, "Reactivate " + card.number, "Reactivate session"),
            "reactivate",
            "undo-2",
        ),
        form("arrange_again", "Arrange again", "again", "calendar-plus", "primary"),
        blocked(card),
        class_name="session-steps",
    )


def join(card: Any, actions: Any, busy: Any) -> rx.Component:
    """Show the way in, or when it opens."""
    open_now = rx.el.div(
        button("Join", look="primary big", icon_name="video", on_click=actions.join, disabled=busy),
        class_name="join",
    )
    later = rx.el.div(
        button("Join", look="big", icon_name="video", disabled=True, custom_attrs={"aria-describedby": "join-hint"}),
        rx.el.p(icon("clock", size=14), card.join_hint, id="join-hint", class_name="small muted series"),
        class_name="join",
    )
    return rx.cond(may(card, "enter"), open_now, shown_if(card.join_hint, later))


def blocked(card: Any) -> rx.Component:
    """Show a plain link to those who are inside, for browsers that block new windows."""
    link = rx.el.a("open the meeting", href=card.link, target="_blank", rel="noopener noreferrer")
    line = rx.el.p("If no new tab opened: ", link, class_name="small muted blocked")
    return shown_if(may(card, "enter") & (card.status == "live") & (card.link != ""), line)


def bottom_steps(card: Any, actions: Any) -> rx.Component:
    """Show what changes or ends it, and what is written down afterwards."""

    def form(step: str, label: str, name: str, icon_name: str, look: str = "") -> rx.Component:
        return shown_if(
            may(card, step), button(label, look=look, icon_name=icon_name, on_click=actions.open_form(name))
        )

    afterwards = button(
        "Post-Session details",
        look="link",
        icon_name="notebook-pen",
        on_click=actions.open_form("after"),
    )
    return rx.el.div(
        shown_if(card.status == "completed", afterwards),
        form("correct", "Correct", "correct", "pencil-ruler"),
        form("delete", "Delete", "delete", "trash-2", "quiet"),
        form("cancel", "Cancel Session", "cancel", "circle-slash", "danger"),
        rx.cond(card.is_group, group_steps(card), form("edit", "Edit Session", "edit", "pencil")),
        class_name="session-foot",
    )


def group_steps(card: Any) -> rx.Component:
    """Lead whoever runs a group session to its form, and to its other dates."""
    again = link_button("Duplicate", f"/sessions?duplicate={card.id}", look="quiet", icon_name="copy-plus")
    edit = link_button("Edit Session", f"/sessions/{card.id}/edit", icon_name="pencil")
    copy = button("Copy link", look="quiet", icon_name="link", custom_attrs={"data-copy": card.room.link})
    return rx.fragment(
        shown_if(card.room.link, copy), shown_if(card.room.runs, again), shown_if(may(card, "edit"), edit)
    )
