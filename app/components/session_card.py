"""A session's card: what it is, when, where, with whom, what can be done, and what became of it.

It shows the `SessionCard` it is given and calls the handlers it is given; it decides nothing.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import icon, icon_button, link_button, note, status_badge
from app.components.history import history
from app.components.session_card_people import own_place, person, roster
from app.components.session_card_rating import my_rating, ratings
from app.components.session_card_steps import bottom_steps, shown_if, top_steps


@dataclass(frozen=True)
class CardActions:
    """The handlers behind a card's buttons. `open_form` takes a form's name, `ask_remove` a person's id."""

    open_form: Any
    join: Any
    start: Any
    accept: Any
    take_place: Any
    accept_invitation: Any
    ask_remove: Any
    view_list: Any


def session_card(card: Any, actions: CardActions, *, busy: Any, error: Any) -> rx.Component:
    """Show a card's body; its title and status are in `card_head`."""
    return rx.el.div(
        rx.el.p(error, class_name="form-error", role="alert"),
        answer_note(card),
        cancel_note(card),
        own_place(card, actions, busy),
        my_rating(card, actions),
        rx.cond(
            card.image, rx.el.img(src=f"/pictures/{card.image}", alt="", class_name="session-picture"), rx.fragment()
        ),
        top_steps(card, actions, busy),
        when(card),
        where(card),
        people(card, actions),
        about(card),
        details(card),
        ratings(card),
        moves(card),
        rx.cond(card.closed_because, note(card.closed_because, icon_name="lock"), rx.fragment()),
        history(card.history),
        bottom_steps(card, actions),
        class_name="session-card",
    )


def card_head(
    card: Any, *, heading: Any = rx.el.h2, closer: rx.Component | None = None, word: Any = None
) -> rx.Component:
    """Show the title, what it belongs to, and the status in the top right corner; `word` names it otherwise."""
    return rx.el.div(
        rx.el.div(
            heading(card.title, id="session-title"),
            rx.el.p(
                rx.cond((card.number != "") & (card.number != card.title), card.number + " · ", ""),
                card.program,
                rx.cond(card.session_type, " · " + card.session_type, ""),
                class_name="muted small break",
            ),
            class_name="grow stack-s",
        ),
        status_badge(card.status, card.word if word is None else word),
        closer or rx.fragment(),
        class_name="session-head",
    )


def card_dialog(card: Any, body: rx.Component, *, is_open: Any, missing: Any, on_close: Any) -> rx.Component:
    """Show a card in a window over the page it was opened from: beside it on a desk, a sheet on a phone."""
    closer = icon_button("x", "Close", on_click=on_close, custom_attrs={"data-close": "", "data-autofocus": ""})
    page_link = rx.el.a(
        icon("maximize-2"),
        rx.el.span("Open as a page", class_name="visually-hidden"),
        href=f"/s/{card.id}",
        title="Open as a page",
        on_click=on_close,  # the page may be left again before it was read, and then never closes the card itself
        class_name="button icon-only quiet desk-only",
        custom_attrs={"data-leaves-card": ""},
    )
    known = rx.fragment(
        card_head(card, closer=rx.el.div(page_link, closer, class_name="row-tight closers")),
        rx.el.div(body, class_name="dialog-body"),
    )
    lost = rx.fragment(
        rx.el.div(rx.el.h2("Session"), closer, class_name="dialog-head"),
        rx.el.div(not_found(), class_name="dialog-body"),
    )
    window = rx.el.dialog(
        rx.cond(missing, lost, known),
        class_name="dialog session-dialog",
        custom_attrs={"data-modal": "", "aria-label": card.title},
    )
    return rx.cond(is_open, window, rx.fragment())


def not_found() -> rx.Component:
    """Say that the session is not there, in the same words whatever the reason."""
    return rx.el.div(
        icon("calendar-x-2"),
        rx.el.h2("This session was not found"),
        rx.el.p("It may have been removed, or it is not yours to see."),
        link_button("To the calendar", "/calendar", icon_name="calendar-days"),
        class_name="empty",
    )


def answer_note(card: Any) -> rx.Component:
    """Say whose answer a pending session waits for."""
    return rx.cond(card.waiting, note(card.waiting, look="pending", icon_name="circle-help"), rx.fragment())


def cancel_note(card: Any) -> rx.Component:
    """Give the reason of a cancellation."""
    said = rx.fragment(rx.el.strong("Reason: "), rx.el.span(card.cancel_reason, class_name="prose"))
    return rx.cond(card.cancel_reason, note(said, icon_name="circle-slash"), rx.fragment())


def fact(icon_name: str, label: str, *lines: rx.Component) -> rx.Component:
    """Show one fact with its icon; `label` is read out."""
    return rx.el.div(
        icon(icon_name, size=18),
        rx.el.h3(label, class_name="visually-hidden"),
        rx.el.div(*lines, class_name="grow stack-s"),
        class_name="fact",
    )


def when(card: Any) -> rx.Component:
    """Show day and hours in the viewer's zone, the session's own where it differs, and its series."""
    return fact(
        "calendar-clock",
        "When",
        rx.el.p(rx.el.strong(card.day), rx.cond(card.hours, ", ", ""), rx.el.strong(card.hours)),
        rx.cond(
            card.zone,
            rx.el.p(card.zone, " · ", card.duration, class_name="muted small"),
            rx.fragment(),
        ),
        rx.cond(
            card.own_time,
            rx.el.p("In the session’s own zone: ", card.own_time, class_name="muted small"),
            rx.fragment(),
        ),
        rx.cond(card.series, rx.el.p(icon("repeat", size=14), card.series, class_name="small series"), rx.fragment()),
    )


def where(card: Any) -> rx.Component:
    """Show how people meet: platform, link and passcode, or the address.

    Until the session runs, its people read the link but go in by Join, else nobody knows they came.
    """
    online = rx.fragment(
        rx.el.p(card.place, rx.cond(card.platform, " · " + card.platform, "")),
        rx.cond(
            card.link,
            rx.cond(
                card.is_participant & (card.status != "live"),
                rx.el.p(card.link, class_name="break small muted"),
                rx.el.p(
                    rx.el.a(card.link, href=card.link, target="_blank", rel="noopener noreferrer"),
                    class_name="break small",
                ),
            ),
            rx.fragment(),
        ),
        rx.cond(
            card.passcode,
            rx.el.p("Passcode: ", rx.el.code(card.passcode, class_name="break"), class_name="small"),
            rx.fragment(),
        ),
    )
    elsewhere = rx.fragment(rx.el.p(card.place), rx.el.p(linked(card.address), class_name="prose"))
    by_call = rx.cond(card.place_kind == "call", fact("phone", "Where", elsewhere), fact("map-pin", "Where", elsewhere))
    return rx.cond(card.place_kind == "online", fact("video", "Where", online), by_call)


def people(card: Any, actions: CardActions) -> rx.Component:
    """List who is in it: the two of a one-to-one, everybody of a group for who runs it, else the host and oneself."""
    plain = rx.fragment(
        shown_if(card.room.words, rx.el.p(card.room.words)),
        rx.el.ul(rx.foreach(card.people, person), class_name="session-people"),
        shown_if(
            card.hides_people,
            rx.el.p("The others are shown to the host and the managers only.", class_name="muted small"),
        ),
    )
    return fact("users", "Participants", rx.cond(card.room.runs, roster(card, actions), plain))


def about(card: Any) -> rx.Component:
    """Say what it is: its number and type, for whom, about what."""

    def one(each: Any) -> rx.Component:
        link = rx.el.a(each.words, href=each.href, custom_attrs={"reloadDocument": True})
        words = rx.cond(each.href, link, each.words)
        return rx.el.div(rx.el.dt(each.label), rx.el.dd(words, class_name="break", dir="auto"), key=each.label)

    shown = fact("tag", "About it", rx.el.dl(rx.foreach(card.about, one), class_name="session-about"))
    return rx.cond(card.about.length() > 0, shown, rx.fragment())


def details(card: Any) -> rx.Component:
    """Show the notes."""
    shown = fact("file-text", "Details", rx.el.p(linked(card.details), class_name="prose"))
    return rx.cond(card.details.length() > 0, shown, rx.fragment())


def moves(card: Any) -> rx.Component:
    """List the moves of a session: from when to when, by whom, and why."""
    shown = fact("move-right", "Rescheduled", rx.el.ul(rx.foreach(card.moves, one_move), class_name="stack"))
    return rx.cond(card.moves.length() > 0, shown, rx.fragment())


def one_move(move: Any) -> rx.Component:
    """Show one move, the old time struck out."""
    return rx.el.li(
        rx.el.p(
            rx.el.strong("Rescheduled"),
            " by ",
            move.who,
            rx.el.span(" · ", move.at, class_name="muted small"),
        ),
        rx.el.p(rx.el.span("from ", class_name="visually-hidden"), rx.el.s(move.old), class_name="small muted"),
        rx.el.p("→ ", move.new, class_name="small"),
        rx.cond(move.reason, rx.el.p("“", move.reason, "”", class_name="small prose"), rx.fragment()),
        class_name="stack-none",
    )


def linked(pieces: Any) -> rx.Component:
    """Show a text whose web addresses can be clicked; they open beside the page and learn nothing of it."""
    return rx.foreach(
        pieces,
        lambda piece: rx.cond(
            piece.href,
            rx.el.a(piece.text, href=piece.href, target="_blank", rel="noopener noreferrer nofollow"),
            rx.el.span(piece.text),
        ),
    )
