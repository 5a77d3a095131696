"""Choosing whom to invite to a group session, and who is in it already. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import avatar, button, dialog, icon, icon_button, note, select
from app.components.people_search import Search, search_box


def invites(form: Any, acts: Any) -> rx.Component:
    """Ask for people by name, and for everybody of a cohort, a tag or the programme."""
    # Focus alone opens no list: it comes here after a choice and a refusal, and a list would hide what they say.
    search = Search(acts.search("invite"), acts.close_search, acts.invite, opens_on_focus=False)
    everybody = select(
        "invite_all",
        rx.el.option("Everybody of …", value=""),
        rx.foreach(form.everybody, lambda one: rx.el.option(one.label, value=one.value)),
        value="",
        on_change=acts.invite_everybody,
        custom_attrs={"aria-label": "Invite everybody of a cohort, a tag or the programme"},
    )
    hidden = ("people", "everybody", "host", "zone", "version")
    chosen = rx.el.ul(
        rx.foreach(form.groups, lambda one: chip("users", one.label, acts.leave_out_everybody(one.value), one.value)),
        rx.foreach(form.people, lambda one: chip("user", one.name, acts.leave_out(one.id), one.id)),
        class_name="row group-chosen",
        aria_label="Will be invited",
    )
    return rx.el.div(
        rx.el.label("Invite participants", html_for="invite-search"),
        rx.cond(
            form.program.id > 0,
            rx.el.div(
                search_box("invite", "Invite participants", form.finder, search, form.errors["invites"]),
                everybody,
                key=form.people.length(),  # what was typed to find somebody is gone once they are chosen
                class_name="group-two",
            ),
            rx.el.p("Choose the programme first.", class_name="muted", id="invite-search"),
        ),
        rx.cond(form.people.length() + form.groups.length() > 0, chosen, rx.fragment()),
        *(rx.el.input(type="hidden", name=name, value=form.shown[name], read_only=True) for name in hidden),
        rx.el.div(
            rx.cond(form.invited_words, outcome(form), rx.fragment()),
            role="status",
        ),
        rx.el.span(form.errors["invites"], class_name="error", id="invite-error", role="alert"),
        class_name="field group-invites",
    )


def outcome(form: Any) -> Any:
    """Say how many will be invited."""
    plain, warn = note(form.invited_words, icon_name="mail"), note(form.invited_words, look="warn", icon_name="users")
    danger = note(form.invited_words, look="danger", icon_name="circle-alert")
    return rx.match(form.invited_look, ("danger", danger), ("warn", warn), plain)


def chip(icon_name: str, label: Any, on_click: Any, key: Any) -> rx.Component:
    """Show one of the chosen, with the way to take them out."""
    return rx.el.li(
        rx.el.button(
            icon(icon_name),
            rx.el.span(label, class_name="break", dir="auto"),
            icon("x"),
            rx.el.span("Take out", class_name="visually-hidden"),
            type="button",
            class_name="chip",
            on_click=on_click,
        ),
        key=key,
    )


def seated(form: Any, acts: Any) -> rx.Component:
    """Show who has a seat, with the way to take it."""
    nobody = rx.el.p("Nobody is invited or enrolled yet.", class_name="muted")
    listed = rx.el.ul(rx.foreach(form.seats, lambda one: seat(one, acts)), class_name="list group-people")
    shown = rx.el.section(
        rx.el.h2("Invited and enrolled", rx.el.span(" ", form.seats.length(), class_name="muted"), id="seated-title"),
        rx.cond(form.seats.length() > 0, listed, nobody),
        class_name="card stack group-seated",
        custom_attrs={"aria-labelledby": "seated-title"},
    )
    return rx.fragment(rx.cond(form.editing > 0, shown, rx.fragment()), remove_dialog(form, acts))


def seat(one: Any, acts: Any) -> rx.Component:
    """Show one of them."""
    return rx.el.li(
        avatar(one.initials),
        rx.el.span(
            rx.el.span(one.name, class_name="strong break", dir="auto"),
            rx.el.span(one.email, class_name="muted small break"),
            class_name="stack-s grow",
        ),
        rx.el.span(one.word, class_name="small"),
        icon_button("user-minus", "Remove " + one.name, on_click=acts.ask_remove(one.id)),
        class_name="row-tight group-person",
        key=one.id,
    )


def remove_dialog(form: Any, acts: Any) -> rx.Component:
    """Ask once."""
    return dialog(
        "Remove " + form.leaving.name + "?",
        rx.el.p("They lose their place or their invitation and are told. Whoever waits longest moves up."),
        is_open=form.leaving.id > 0,
        on_close=acts.ask_remove(0),
        foot=[
            button("Back", on_click=acts.ask_remove(0)),
            button("Remove", look="danger", icon_name="user-minus", on_click=acts.remove),
        ],
    )
