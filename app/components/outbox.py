"""The pieces of the Mail page: filters, the list, one mail to read. They know no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, empty, icon, note


@dataclass(frozen=True)
class Outbox:
    """What is shown, as Vars, and what happens, as handlers."""

    rows: Any
    chips: Any
    status: Any
    typed: Any
    page: Any
    pages: Any
    notice: Any
    missing: Any
    is_open: Any
    shown: Any
    part: Any
    choose_status: Any
    search: Any
    go_to: Any
    open: Any
    close: Any
    show_part: Any
    retry: Any


def outbox(box: Outbox) -> rx.Component:
    """Show the outbox, or that it is not for this person."""
    gone = empty("mail-x", "This page was not found.", "It may have been removed, or it is not yours to see.")
    return rx.cond(box.missing, gone, rx.el.div(*_page(box), class_name="stack outbox"))


def _page(box: Outbox) -> list[rx.Component]:
    return [
        rx.cond(box.notice, note(box.notice, look="warn", icon_name="mail-warning"), rx.fragment()),
        rx.el.div(_filters(box), _search(box), class_name="row-apart"),
        rx.cond(box.rows.length() > 0, _list(box), _nothing(box)),
        rx.cond(box.pages > 1, _pager(box), rx.fragment()),
        _reader(box),
    ]


def _filters(box: Outbox) -> rx.Component:
    def chip(one: Any) -> rx.Component:
        return rx.el.button(
            one.label,
            rx.el.span(one.count, class_name="mail-count"),
            type="button",
            on_click=box.choose_status(one.value),
            class_name="chip",
            custom_attrs={"aria-pressed": rx.cond(one.is_on, "true", "false")},
        )

    return rx.el.div(rx.foreach(box.chips, chip), class_name="row", role="group", aria_label="Show mails")


def _search(box: Outbox) -> rx.Component:
    return rx.el.div(
        rx.el.label("Search by recipient", html_for="recipient", class_name="visually-hidden"),
        rx.el.input(
            id="recipient",
            type="search",
            placeholder="Search by recipient",
            default_value=box.typed,
            on_change=box.search.debounce(300),
            class_name="input",
            auto_complete="off",
        ),
        class_name="outbox-search",
    )


def _list(box: Outbox) -> rx.Component:
    def row(mail: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(mail.reader, class_name="strong ellipsis mail-to"),
                rx.el.span(mail.subject, class_name="mail-subject"),
                rx.el.span(mail.at, class_name="muted small mail-at"),
                mail_status(mail.status, mail.status_word),
                type="button",
                on_click=box.open(mail.id),
                class_name="mail-row",
            ),
            key=mail.id,
        )

    return rx.el.ul(rx.foreach(box.rows, row), class_name="mails", aria_label="Mails, newest first")


def mail_status(status: Any, word: Any) -> rx.Component:
    """Show where a mail stands by icon, word and colour."""
    return rx.el.span(rx.el.span(class_name="status-icon"), word, class_name=f"status mail-{status}")


def _nothing(box: Outbox) -> rx.Component:
    filtered = (box.status != "") | (box.typed != "")
    return rx.cond(
        filtered,
        empty("mail-search", "No mail matches.", "Choose another filter, or search for somebody else."),
        empty("mail", "No mail yet.", "What people are told by e-mail is listed here."),
    )


def _pager(box: Outbox) -> rx.Component:
    return rx.el.nav(
        button("Newer", icon_name="chevron-left", on_click=box.go_to(box.page - 1), disabled=box.page <= 1),
        rx.el.span("Page ", box.page, " of ", box.pages, class_name="muted"),
        button("Older", icon_name="chevron-right", on_click=box.go_to(box.page + 1), disabled=box.page >= box.pages),
        class_name="row pager",
        aria_label="Pages",
    )


def _reader(box: Outbox) -> rx.Component:
    mail = box.shown
    again = button("Try again", look="primary", icon_name="rotate-cw", on_click=box.retry)
    return dialog(
        mail.subject,
        rx.el.dl(
            _fact("To", mail.reader),
            rx.el.dt("Status"),
            rx.el.dd(mail_status(mail.status, mail.status_word)),
            _fact("Written", mail.written),
            rx.cond(mail.standing, _fact("Since then", mail.standing), rx.fragment()),
            class_name="facts",
        ),
        rx.cond(mail.error, note(mail.error, look="danger", icon_name="circle-alert"), rx.fragment()),
        rx.cond(mail.is_private, _private(), _parts(box)),
        is_open=box.is_open,
        on_close=box.close,
        foot=[rx.cond(mail.can_retry, again, rx.fragment()), button("Close", on_click=box.close)],
        look="wide mail",
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.fragment(rx.el.dt(label), rx.el.dd(value, dir="auto"))


def _private() -> rx.Component:
    return note("What it says is for its reader alone, for it carries a personal link.", icon_name="lock")


def _parts(box: Outbox) -> rx.Component:
    mail = box.shown

    def tab(part: str, label: str, icon_name: str) -> rx.Component:
        return rx.el.button(
            icon(icon_name),
            label,
            type="button",
            on_click=box.show_part(part),
            class_name="button",
            custom_attrs={"aria-pressed": rx.cond(box.part == part, "true", "false")},
        )

    return rx.el.div(
        rx.el.div(
            tab("preview", "Mail", "mail-open"),
            tab("text", "Plain text", "text"),
            rx.cond(mail.calendars.length() > 0, tab("calendar", "Calendar", "calendar"), rx.fragment()),
            class_name="segmented",
            role="group",
            aria_label="What to show",
        ),
        rx.match(
            box.part,
            ("text", _plain(mail.text, "Plain text of the mail")),
            ("calendar", rx.foreach(mail.calendars, lambda one: _plain(one, "Calendar file"))),
            _picture(mail.html),
        ),
        class_name="stack",
    )


def _plain(text: Any, label: str) -> rx.Component:
    return rx.el.pre(text, class_name="mail-text", tab_index=0, role="region", aria_label=label, dir="auto")


def _picture(html: Any) -> rx.Component:
    # An empty sandbox: nothing in it runs, submits or leaves.
    return rx.el.iframe(src_doc=html, sandbox="", title="The mail as it is shown", class_name="mail-picture")
