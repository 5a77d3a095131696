"""The people of a session's card: one's own place in a group, and the list of everybody for who runs it.

What is searched and which part of the list is shown stays in the browser (session.js).
"""

from typing import Any

import reflex as rx

from app.components.basics import avatar, button, icon, icon_button, note
from app.components.session_card_fields import FormActions, FormVars
from app.components.session_card_forms import form_dialog
from app.components.session_card_steps import shown_if

FEW = 8
"""A list that is longer can be searched."""


def can(card: Any, step: str) -> Any:
    """Tell whether a step about places is open, as a Var."""
    return card.room.steps.contains(step)


def own_place(card: Any, actions: Any, busy: Any) -> rx.Component:
    """Say where the viewer stands in a group, and let them in or out."""
    look = rx.match(
        card.room.standing, ("enrolled", "note good"), ("host", "note good"), ("waiting", "note pending"), "note"
    )
    sign = rx.match(
        card.room.standing,
        ("enrolled", icon("circle-check")),
        ("host", icon("circle-check")),
        ("waiting", icon("hourglass")),
        icon("mail-open"),
    )
    said = rx.el.div(sign, rx.el.p(card.room.standing_words, class_name="grow"), class_name=look, role="status")
    is_full = card.room.enrolled >= card.room.places
    join = rx.cond(is_full | (card.room.waiting > 0), "Join the waiting list", "Join")
    buttons = rx.el.div(
        shown_if(
            can(card, "accept_invitation"),
            button("Accept", look="primary", icon_name="check", on_click=actions.accept_invitation, disabled=busy),
        ),
        shown_if(
            can(card, "decline_invitation"),
            button("Decline", icon_name="x", on_click=actions.open_form("refuse")),
        ),
        shown_if(
            can(card, "take_place"), button(join, icon_name="user-plus", on_click=actions.take_place, disabled=busy)
        ),
        shown_if(
            can(card, "leave_place"),
            button("Leave", look="quiet", icon_name="log-out", on_click=actions.open_form("leave")),
        ),
        class_name="session-steps",
    )
    shown = rx.el.div(shown_if(card.room.standing_words, said), buttons, class_name="own-place stack-s")
    return shown_if(card.is_group & ((card.room.standing_words != "") | can(card, "take_place")), shown)


def person(one: Any) -> rx.Component:
    """Show one participant."""
    return rx.el.li(avatar(one.initials), named(one))


def named(one: Any) -> rx.Component:
    """Show who somebody is, which part they play, and whether they came."""
    name = rx.cond(
        one.href, rx.el.a(one.name, href=one.href, class_name="break"), rx.el.span(one.name, class_name="break")
    )
    return rx.el.div(
        rx.el.span(name, rx.cond(one.is_me, " (you)", "")),
        rx.el.span(
            one.part,
            rx.cond(one.seat, " · " + one.seat, ""),
            rx.cond(one.came, " · " + one.came, ""),
            class_name="muted small",
        ),
        class_name="stack-none grow",
    )


def roster(card: Any, actions: Any) -> rx.Component:
    """List everybody by where they stand, for the host and managers; a long list can be searched."""
    room = card.room
    mark = button("Attendance", icon_name="list-checks", on_click=actions.open_form("mark"))
    return rx.el.div(
        rx.el.div(
            rx.el.p(room.words, class_name="grow"),
            button("View list", icon_name="list", on_click=actions.view_list(card.id)),
            shown_if(card.steps.contains("mark_attendance"), mark),
            class_name="row",
        ),
        shown_if(room.warning, note(room.warning, look="warn", icon_name="triangle-alert")),
        shown_if(card.people.length() > FEW, roster_tools(room)),
        rx.el.ul(
            rx.foreach(card.people, lambda one: roster_line(one, card, actions)),
            class_name="session-people roster-list",
            tab_index=0,
            custom_attrs={"aria-label": "Participants"},
        ),
        nobody_found(),
        class_name="roster stack-s",
        custom_attrs={"data-roster": ""},
    )


def roster_tools(room: Any) -> rx.Component:
    """Search the list, or show one part of it."""

    def part(value: str, label: str, count: Any) -> rx.Component:
        pressed = "true" if value == "" else "false"
        choice = rx.el.button(
            label,
            " ",
            count,
            type="button",
            class_name="chip",
            custom_attrs={"data-part-choice": value, "aria-pressed": pressed},
        )
        return choice if value == "" else shown_if(count > 0, choice)

    chips = rx.el.div(
        part("", "All", ""),
        part("attending", "Attending", room.enrolled),
        part("invited", "Invited", room.invited),
        part("waiting", "Waiting", room.waiting),
        part("declined", "Declined", room.declined),
        part("left", "Left", room.left),
        class_name="row roster-parts",
        role="group",
        aria_label="Which participants",
    )
    return rx.fragment(search_box("Search participants"), chips)


def search_box(label: str) -> rx.Component:
    """Search a list in the browser. It has no name: what is searched belongs to no form."""
    attributes = {"data-search": "", "aria-label": label, "autoComplete": "off"}
    return rx.el.input(type="search", placeholder=label, class_name="input", custom_attrs=attributes)


def nobody_found() -> rx.Component:
    """Say that the search finds nobody; session.js shows it."""
    return rx.el.p("Nobody is found.", class_name="muted small", hidden=True, custom_attrs={"data-nobody": ""})


def roster_line(one: Any, card: Any, actions: Any) -> rx.Component:
    """Show one person of the list; who holds a place can be removed."""
    removes = icon_button(
        "user-minus", "Remove " + one.name, on_click=actions.ask_remove(one.id), custom_attrs={"data-remove": ""}
    )
    return rx.el.li(
        avatar(one.initials),
        named(one),
        shown_if(one.can_remove & can(card, "remove_person"), removes),
        key=one.id,
        custom_attrs={"data-name": one.name, "data-part": one.group},
    )


def leave_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Give up one's place; it says what becomes of it."""
    said = rx.el.p(card.room.leaving)
    return form_dialog(
        "leave", "Leave this session?", card, vars_, actions, said, send="Yes, leave", look="danger", back="Stay"
    )


def refuse_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Decline an invitation."""
    said = rx.el.p("You are not told of this session any more. The link in your mail lets you accept later.")
    return form_dialog(
        "refuse", "Decline the invitation?", card, vars_, actions, said, send="Decline", look="danger", back="Keep it"
    )


def remove_form(name: Any, card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Remove somebody; it says what follows."""
    follows = rx.cond(card.room.waiting > 0, "The first on the waiting list moves up.", "The place becomes free.")
    return form_dialog(
        "remove",
        "Remove a participant?",
        card,
        vars_,
        actions,
        rx.el.p(rx.el.strong(name, class_name="break"), " is told by e-mail. ", follows),
        send="Yes, remove",
        look="danger",
        back="Keep them",
    )


def mark_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Write down who came, many at once."""
    hint = rx.el.p("Whoever joined by the button is ticked already. Nobody is told.", class_name="muted small")
    return form_dialog(
        "mark", "Attendance", card, vars_, actions, hint, attendance("mark", card), send="Save attendance"
    )


def attendance(name: str, card: Any, *, everybody: bool = False) -> rx.Component:
    """Ask who came; `everybody` starts with all ticked. A long list can be searched and ticked at once."""

    def box(one: Any) -> rx.Component:
        ticked = True if everybody else one.attended
        there = rx.el.label(
            rx.el.input(type="checkbox", name=f"{name}_came_" + one.id.to_string(), default_checked=ticked),
            rx.el.span(one.name, rx.el.span(" · ", one.part, class_name="muted"), class_name="break"),
            class_name="check",
            key=one.id,
            custom_attrs={"data-name": one.name},
        )
        return rx.cond(one.seat, rx.fragment(), there)

    tools = rx.el.div(
        search_box("Search"),
        button("All came", icon_name="check-check", custom_attrs={"data-tick": "all"}),
        button("Nobody came", look="quiet", custom_attrs={"data-tick": "none"}),
        rx.el.span(class_name="muted small", role="status", custom_attrs={"data-ticked": ""}),
        class_name="row attendance-tools",
    )
    boxes = rx.el.div(rx.foreach(card.people, box), class_name="stack-none attendance-list")
    return rx.el.fieldset(
        rx.el.legend("Who came?", class_name="label"),
        shown_if(card.is_group, tools),
        boxes,
        nobody_found(),
        class_name="stack-s",
        custom_attrs={"data-roster": ""},
    )
