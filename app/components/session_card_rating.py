"""What participants say of a session afterwards: their own rating to give, and all of them for host and managers."""

from typing import Any

import reflex as rx

from app.components.basics import button, icon
from app.components.session_card_fields import FormActions, FormVars, lines
from app.components.session_card_forms import form_dialog
from app.components.session_card_steps import shown_if

STARS = ((1, "1 star"), (2, "2 stars"), (3, "3 stars"), (4, "4 stars"), (5, "5 stars"))


def my_rating(card: Any, actions: Any) -> rx.Component:
    """Ask a participant how it was, or show what they said."""
    rating = card.rating
    ask = rx.el.div(
        rx.el.p("How was it? You can say so until ", rating.until, ".", class_name="grow"),
        button("Rate this session", look="primary", icon_name="star", on_click=actions.open_form("rate")),
        class_name="rating-mine row",
    )
    change = button("Change", look="link", on_click=actions.open_form("rate"))
    said = rx.el.div(
        rx.el.p("Your rating: ", stars(rating.mine), class_name="grow"),
        shown_if(rating.may_rate, change),
        class_name="rating-mine row",
    )
    return rx.cond(rating.mine > 0, said, shown_if(rating.may_rate, ask))


def stars(count: Any) -> rx.Component:
    """Show so many of five stars, in words for who does not see."""

    def one(number: int) -> rx.Component:
        return rx.el.span(icon("star"), class_name=rx.cond(count >= number, "star on", "star"))

    return rx.el.span(
        *(one(number) for number, _ in STARS),
        rx.el.span(count, " of 5 stars", class_name="visually-hidden"),
        class_name="stars",
    )


def ratings(card: Any) -> rx.Component:
    """Show what all said, for host and managers."""
    rating = card.rating
    nothing = rx.el.p("Nobody has rated it yet.", class_name="muted")
    said = rx.fragment(
        rx.el.p(rx.el.strong(rating.words)),
        rx.el.ul(rx.foreach(rating.bars, bar), class_name="rating-bars"),
        shown_if(
            rating.comments.length() > 0, rx.el.ul(rx.foreach(rating.comments, comment), class_name="rating-comments")
        ),
        shown_if(
            ~rating.names_who & (rating.comments.length() > 0),
            rx.el.p("The host reads the comments without names.", class_name="muted small"),
        ),
    )
    shown = rx.el.section(
        icon("star", size=18),
        rx.el.div(
            rx.el.h3("Rating", class_name="visually-hidden"),
            rx.cond(rating.words, said, nothing),
            class_name="grow stack-s",
        ),
        class_name="fact",
    )
    return shown_if(rating.shows_all, shown)


def bar(one: Any) -> rx.Component:
    """Show how many gave so many stars."""
    return rx.el.li(
        rx.el.span(one.stars, icon("star", size=12), class_name="rating-stars", aria_hidden="true"),
        rx.el.span(
            rx.el.span(style={"width": one.share.to_string() + "%"}), class_name="rating-bar", aria_hidden="true"
        ),
        rx.el.span(one.count, class_name="muted small", aria_hidden="true"),
        rx.el.span(one.stars, " stars: ", one.count, class_name="visually-hidden"),
    )


def comment(one: Any) -> rx.Component:
    """Show one comment, with its name where the reader may know it."""
    return rx.el.li(
        stars(one.stars),
        rx.el.p(one.text, class_name="prose", dir="auto"),
        shown_if(one.who, rx.el.p(one.who, class_name="muted small break")),
        class_name="stack-none",
    )


def rate_form(card: Any, vars_: FormVars, actions: FormActions) -> rx.Component:
    """Give stars and a comment."""
    choices = [
        rx.el.label(
            rx.el.input(
                type="radio",
                name="rate_rating",
                value=str(number),
                default_checked=card.rating.mine == number,
                custom_attrs={"aria-label": word, **({"data-autofocus": ""} if number == 1 else {})},
            ),
            icon("star", size=28),
            title=word,
        )
        for number, word in STARS
    ]
    who_reads = (
        "The host sees the stars and reads your words without your name; in a small group they may guess. "
        "The managers of the programme see who wrote what."
    )
    return form_dialog(
        "rate",
        "How was it?",
        card,
        vars_,
        actions,
        rx.el.fieldset(
            rx.el.legend("Stars", class_name="label"),
            rx.el.div(*choices, class_name="star-choices"),
            rx.el.span(vars_.errors["rating"], class_name="error form-error", role="alert"),
            class_name="stack-s",
        ),
        lines("rate", "comment", "Comment (optional)", vars_, rows="4", default_value=card.rating.my_comment),
        rx.el.p(rx.cond(card.is_group, who_reads, "The others of this session see it."), class_name="muted small"),
        send="Save rating",
    )
