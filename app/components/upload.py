"""One uploaded file: how far it is, what it would do, and what can be chosen. It knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import answered_box, button, dialog, empty, link_button, note, select
from app.components.upload_rows import upload_rows
from app.components.upload_texts import Texts


@dataclass(frozen=True)
class Upload:
    """What is shown, as Vars of the like-named parts of the state, and what happens, as handlers."""

    shown: Any
    missing: Any
    shows: Any
    editing: Any
    asks: Any
    problem: Any
    said: Any
    mails_leave: Any
    filter_by: Any
    go_to: Any
    edit_row: Any
    correct: Any
    choose_program: Any
    choose_access: Any
    swap: Any
    ask: Any
    confirm: Any
    stop: Any
    undo: Any


def upload(box: Upload, texts: Texts) -> rx.Component:
    """Show the file, or that it is not for this person."""
    gone = empty(
        "file-x",
        "This upload was not found.",
        "It may have been removed, or it is not yours to see.",
        link_button("Upload a file", texts.page, custom_attrs={"reloadDocument": True}),
    )
    return rx.cond(box.missing, gone, rx.el.div(*_parts(box, texts), class_name="stack-l upload"))


def _parts(box: Upload, texts: Texts) -> list[Any]:
    shown = box.shown
    failed = note(shown.problem, look="danger", icon_name="circle-alert")
    return [
        _head(box, texts.page),
        rx.cond(shown.problem, failed, rx.fragment()),
        rx.el.p(box.problem, class_name="form-error", role="alert"),
        rx.match(
            shown.status,
            ("reading", _progress(box, "Checking each row")),
            ("applying", _progress(box, "Carrying the rows out")),
            ("ready", _choices(box, texts)),
            ("done", _outcome(box)),
            ("cancelled", _outcome(box)),
            ("failed", _outcome(box)),
            rx.fragment(),
        ),
        rx.cond(shown.status != "reading", upload_rows(box), rx.fragment()),
        rx.el.p(box.said, class_name="visually-hidden", role="status"),
        _asks_to_confirm(box, texts),
        _asks_to_stop(box),
    ]


def upload_status(status: Any, word: Any) -> rx.Component:
    """Show how far an upload or a row is, by icon, word and colour."""
    return rx.el.span(rx.el.span(class_name="status-icon"), word, class_name=f"status upload-is-{status}")


def _head(box: Upload, anew: str) -> rx.Component:
    shown = box.shown
    return rx.el.div(
        rx.el.div(
            rx.el.h2(shown.file_name, class_name="break", dir="auto"),
            rx.el.p(
                upload_status(shown.status, shown.status_word),
                rx.el.span(
                    shown.row_count,
                    rx.cond(shown.row_count == 1, " row · ", " rows · "),
                    shown.by,
                    " · ",
                    shown.at,
                    class_name="muted",
                ),
                class_name="row",
            ),
            class_name="stack-s grow",
        ),
        link_button("Upload another file", anew, icon_name="upload", custom_attrs={"reloadDocument": True}),
        class_name="row-apart",
    )


def _progress(box: Upload, what: str) -> rx.Component:
    shown = box.shown
    return rx.el.div(
        rx.el.div(
            rx.el.span(what, class_name="strong", id="upload-progress"),
            rx.el.span(shown.percent, " %", class_name="muted"),
            class_name="row-apart",
        ),
        rx.el.progress(value=shown.percent, max=100, aria_labelledby="upload-progress", class_name="upload-progress"),
        rx.el.p("You may leave this page: the work goes on, and is found here again.", class_name="muted"),
        rx.el.div(button("Stop", icon_name="square", on_click=box.ask("stop")), class_name="row"),
        class_name="card stack",
    )


def _figures(shown: Any) -> rx.Component:
    def figure(one: Any) -> rx.Component:
        return rx.el.div(rx.el.dt(one.label), rx.el.dd(one.count), class_name="upload-figure")

    invalid = rx.el.div(rx.el.dt("Invalid rows"), rx.el.dd(shown.invalid), class_name="upload-figure is-invalid")
    return rx.el.dl(
        rx.foreach(shown.totals, figure),
        rx.cond(shown.invalid > 0, invalid, rx.fragment()),
        class_name="upload-figures",
    )


def _choices(box: Upload, texts: Texts) -> rx.Component:
    shown = box.shown
    sends = rx.el.label(
        answered_box(shown.sends_access, id="sends-access", name="sends-access", on_change=box.choose_access),
        "Send each new person their first-access link by e-mail",
        class_name="check",
    )
    return rx.el.div(
        rx.el.p("This would happen. Nothing is written yet.", class_name="muted"),
        _figures(shown),
        rx.cond(shown.swapped.length() == 2, _swapped(box), rx.fragment()),
        rx.el.div(
            rx.el.div(
                rx.el.label("Programme of the rows that name none", html_for="chosen-program"),
                select(
                    "chosen-program",
                    rx.el.option("Each row names its own", value=""),
                    rx.foreach(shown.programs, lambda one: rx.el.option(one.label, value=one.value)),
                    value=shown.program_id,
                    on_change=box.choose_program,
                ),
                class_name="field",
            ),
            *([sends] if texts.says_access else []),
            class_name="upload-options",
        ),
        rx.el.div(
            button(
                rx.cond(shown.valid == 1, "Carry out 1 row", f"Carry out {shown.valid} rows"),
                look="primary",
                icon_name="check",
                on_click=box.ask("confirm"),
                disabled=shown.valid == 0,
            ),
            button("Put away", look="quiet", on_click=box.ask("stop")),
            class_name="row",
        ),
        class_name="card stack",
    )


def _swapped(box: Upload) -> rx.Component:
    one, other = box.shown.swapped[0], box.shown.swapped[1]
    return note(
        rx.el.div(
            rx.el.span("The columns ", rx.el.strong(one), " and ", rx.el.strong(other), " look swapped."),
            button("Swap them", icon_name="arrow-left-right", on_click=box.swap),
            class_name="row-apart",
        ),
        look="warn",
        icon_name="triangle-alert",
    )


def _outcome(box: Upload) -> rx.Component:
    shown = box.shown
    path = f"/uploads/{shown.id}/result"
    leaves: dict[str, Any] = {"custom_attrs": {"reloadDocument": True, "download": ""}}
    return rx.el.div(
        rx.el.h3("The result"),
        rx.el.p(
            "It has your columns, and what became of each row. Correct the invalid ones in it, and upload it again.",
            class_name="muted",
        ),
        rx.el.div(
            link_button("Download CSV", f"{path}.csv", icon_name="file-text", **leaves),
            link_button("Download XLSX", f"{path}.xlsx", icon_name="file-spreadsheet", **leaves),
            class_name="row",
        ),
        rx.cond(shown.can_be_undone, _undo(box), rx.fragment()),
        class_name="card stack",
    )


def _undo(box: Upload) -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "As long as none of its sessions has started, this upload can be taken back: what it created is deleted, "
            "what it edited gets its old values. What it deleted stays deleted. You see each row before anything is "
            "written.",
            class_name="muted",
        ),
        rx.el.div(button("Undo this upload", icon_name="undo-2", on_click=box.undo), class_name="row"),
    )


def _asks_to_confirm(box: Upload, texts: Texts) -> rx.Component:
    shown = box.shown
    access = rx.cond(
        shown.sends_access,
        rx.cond(
            box.mails_leave,
            note("Each new person gets their first-access link by e-mail.", icon_name="mail"),
            note(
                "No mail server is set, so no first-access link is sent now. You can copy each on the person’s page.",
                look="warn",
                icon_name="mail-x",
            ),
        ),
        note("Nobody gets a first-access link; you can send it later.", icon_name="mail-x"),
    )
    return dialog(
        "Carry these rows out?",
        _figures(shown),
        rx.cond(
            shown.invalid > 0,
            note("Invalid rows are left out. You find them in the result.", look="warn", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        access if texts.says_access else note(texts.told, icon_name="mail"),
        is_open=box.asks == "confirm",
        on_close=box.ask(""),
        foot=[
            button("Back", on_click=box.ask("")),
            button("Carry out", look="primary", on_click=box.confirm, custom_attrs={"data-autofocus": ""}),
        ],
    )


def _asks_to_stop(box: Upload) -> rx.Component:
    begun = "Rows that were carried out stay so; the rest is left out."
    not_begun = "Nothing of this file is written. To use it later, upload it again."
    return dialog(
        rx.cond(box.shown.status == "applying", "Stop carrying out?", "Put this file away?"),
        rx.el.p(rx.cond(box.shown.status == "applying", begun, not_begun)),
        is_open=box.asks == "stop",
        on_close=box.ask(""),
        foot=[
            button("Back", on_click=box.ask("")),
            button(
                rx.cond(box.shown.status == "applying", "Stop", "Put away"),
                look="danger",
                on_click=box.stop,
                custom_attrs={"data-autofocus": ""},
            ),
        ],
    )
