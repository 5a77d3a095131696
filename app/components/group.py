"""A group session's public page, live. The same content and classes as `delivery/templates/group.html`.

It knows no state: the page comes as a Var of `PublicPage`.
"""

from typing import Any

import reflex as rx

from app.components.basics import status_badge
from app.components.quiet import plain
from app.components.shell import native_form

BUSY = {"data-busy": "One moment …"}
DOCUMENT = {"reloadDocument": True}


def group_view(screen: Any, organisation: Any, logo: Any) -> rx.Component:
    """Show the session, or say why not. `assets/first.js` waits for this to take the first HTML's place."""
    content = rx.cond(screen.missing, missing(screen.title, screen.missing, screen.sign_in), article(screen.page))
    return live_view(content, screen.missing, screen.page, organisation, logo)


def live_view(content: rx.Component, is_missing: Any, page: Any, organisation: Any, logo: Any) -> rx.Component:
    """Frame a live public page; one that is not there is framed by the house alone."""
    return rx.el.div(
        plain(
            content,
            organisation=rx.cond(is_missing, organisation, page.organisation),
            logo=rx.cond(is_missing, logo, page.logo),
        ),
        custom_attrs={"data-live-view": ""},
    )


def missing(title: Any, text: Any, sign_in_href: Any) -> rx.Component:
    """Say that there is nothing to see here."""
    return rx.el.section(
        rx.el.h1(title),
        rx.el.p(text, class_name="muted break"),
        rx.cond(sign_in_href, rx.el.a("Sign in", href=sign_in_href, class_name="button primary"), rx.fragment()),
        class_name="sheet",
    )


def article(page: Any) -> rx.Component:
    """Lay the page out: what it is, where one stands, and what it is about."""
    return rx.el.article(head(page), stand(page), body(page), class_name="group")


def head(page: Any) -> rx.Component:
    """Show picture, status, title and facts."""
    return rx.el.div(
        rx.cond(page.image, rx.el.img(src=page.image, alt="", class_name="group-image"), rx.fragment()),
        status_badge(page.status, page.status_word),
        rx.el.h1(page.title, class_name="break", dir="auto"),
        rx.el.dl(
            *fact("When", when(page)),
            *fact("Where", page.place),
            *fact("Host", rx.cond(page.host_href, rx.el.a(page.host, href=page.host_href), rx.el.span(page.host))),
            rx.cond(page.places, rx.fragment(*fact("Places", places(page))), rx.fragment()),
            class_name="group-facts",
        ),
        class_name="group-head stack",
    )


def fact(label: str, value: Any) -> tuple[rx.Component, rx.Component]:
    """Show a fact with its name."""
    return rx.el.dt(label), rx.el.dd(value, class_name="break", dir="auto")


def when(page: Any) -> rx.Component:
    """Show the time in the reader's zone, the session's own where it differs, and what to mind."""
    time = page.time
    return rx.fragment(
        rx.el.time(rx.el.strong(time.day), rx.el.br(), rx.el.span(time.hours), date_time=page.start_iso),
        rx.el.span(f" ({time.zone_words})", class_name="muted"),
        rx.cond(time.own, rx.el.p(time.own, class_name="muted small"), rx.fragment()),
        rx.cond(time.note, rx.el.p(time.note, class_name="group-note small"), rx.fragment()),
    )


def places(page: Any) -> rx.Component:
    """Show the places left and who waits; said aloud when it changes."""
    return rx.el.div(
        rx.el.strong(page.places),
        rx.cond(page.waiting, rx.fragment(rx.el.br(), rx.el.span(page.waiting, class_name="muted")), rx.fragment()),
        role="status",
        custom_attrs={"data-places": ""},
    )


def stand(page: Any) -> rx.Component:
    """Show where the reader stands, and what they can do about it."""
    stands = page.stand
    words = rx.el.div(
        rx.el.h2(stands.title, id="stand"),
        rx.cond(stands.text, rx.el.p(stands.text, class_name="break"), rx.fragment()),
        class_name=f"group-stand-words {stands.kind}",
    )
    return rx.el.section(
        words,
        rx.el.p(class_name="form-error", role="alert", id="form-error"),
        rx.cond(stands.enters, enter_form(page), rx.fragment()),
        rx.cond(stands.join, join_form(page), rx.fragment()),
        rx.cond(stands.has_calendar | stands.leave | stands.manage, actions(page), rx.fragment()),
        rx.cond(stands.sign_in, sign_in(page), rx.fragment()),
        class_name="sheet group-stand",
        aria_labelledby="stand",
    )


def enter_form(page: Any) -> rx.Component:
    """Go into the meeting: attendance is known by this button."""
    return native_form(
        rx.el.button("Join the meeting", type="submit", class_name="button primary"),
        action=f"/g/{page.slug}/enter",
        method="post",
        custom_attrs=BUSY,
    )


def join_form(page: Any) -> rx.Component:
    """Register or join: a form that the browser itself sends."""
    return native_form(
        rx.cond(page.stand.asks_name, visitor_fields(page), rx.fragment()),
        rx.el.button(page.stand.join, type="submit", class_name="button primary"),
        action=f"/g/{page.slug}",
        method="post",
        custom_attrs=BUSY,
    )


def visitor_fields(page: Any) -> rx.Component:
    """Ask a visitor who they are. Uncontrolled, so that nothing typed is ever taken away."""
    consent = rx.el.div(
        rx.el.label(
            rx.el.input(type="checkbox", id="consents", name="consents", value="yes", required=True),
            rx.el.span(page.consent, class_name="break", dir="auto"),
            class_name="check group-consent",
        ),
        error("consents"),
        class_name="field",
    )
    trap = rx.el.div(
        rx.el.label("Leave this empty", html_for="fax_number"),
        rx.el.input(id="fax_number", name="fax_number", tab_index=-1, auto_complete="off"),
        class_name="group-trap",
        aria_hidden="true",
    )
    return rx.fragment(
        rx.el.input(type="hidden", id="key", name="key"),  # `first.js` brings the first HTML's
        typed("name", "Your name", auto_complete="name", max_length=200),
        typed("email", "Your e-mail address", type="email", auto_complete="email", max_length=254),
        rx.cond(page.consent, consent, rx.fragment()),
        trap,
    )


def typed(name: str, label: str, **props: Any) -> rx.Component:
    """Show a required field."""
    described = {"aria-describedby": f"{name}-error"}
    box = rx.el.input(id=name, name=name, required=True, class_name="input", custom_attrs=described, **props)
    return rx.el.div(rx.el.label(label, html_for=name), box, error(name), class_name="field")


def error(name: str) -> rx.Component:
    """Hold the place of what is wrong with a field: the server's answer has it, `first.js` carries it over."""
    return rx.el.span(id=f"{name}-error", class_name="error", role="alert")


def actions(page: Any) -> rx.Component:
    """Show what those who take part can do."""
    stands = page.stand
    file = rx.el.a(
        "Add to calendar",
        href=f"/g/{page.slug}/calendar.ics",
        class_name="button",
        custom_attrs=DOCUMENT | {"download": ""},
    )
    leave = native_form(
        rx.el.button(stands.leave, type="submit", class_name="button"),
        action=f"/g/{page.slug}/leave",
        method="post",
        custom_attrs=BUSY,
    )
    manage = rx.el.a("Open the session", href=stands.manage, class_name="button")
    return rx.el.div(
        rx.cond(stands.has_calendar, file, rx.fragment()),
        rx.cond(stands.manage, manage, rx.fragment()),
        rx.cond(stands.leave, leave, rx.fragment()),
        class_name="group-actions",
    )


def sign_in(page: Any) -> rx.Component:
    """Show people with an account the way in, and whom to ask."""
    return rx.el.p(
        rx.cond(page.stand.join, "Have an account? ", ""),
        rx.el.a("Sign in", href=f"/sign-in?next=/g/{page.slug}"),
        rx.cond(page.contact, contact(page), rx.fragment()),
        class_name="muted small",
    )


def contact(page: Any) -> rx.Component:
    """Say whom to ask."""
    return rx.fragment(" · Questions? ", rx.el.span(page.contact, class_name="break"))


def body(page: Any) -> rx.Component:
    """Show what it is about, and its address as a picture."""
    return rx.el.div(
        rx.el.h2("About this session"),
        rx.el.p(rx.foreach(page.details, piece), class_name="prose", dir="auto"),
        rx.el.ul(rx.foreach(page.topics, lambda topic: rx.el.li(topic, class_name="chip")), class_name="row"),
        rx.el.details(
            rx.el.summary("Share this session"),
            rx.el.img(
                src=f"/g/{page.slug}/qr.svg",
                alt="QR code of this page’s address",
                width="200",
                height="200",
                loading="lazy",
            ),
            class_name="group-share",
        ),
        class_name="group-body stack",
    )


def piece(part: Any) -> rx.Component:
    """Show a stretch of the description; an address in it can be clicked."""
    link = rx.el.a(part.text, href=part.href, rel="noopener nofollow", custom_attrs=DOCUMENT)
    return rx.cond(part.href, link, rx.el.span(part.text))
