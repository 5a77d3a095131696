"""The form that takes a file of rows, what belongs in its columns, and the files taken lately. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, empty, icon, link_button, select
from app.components.shell import native_form
from app.components.upload import upload_status
from app.components.upload_texts import Texts


def upload_start(start: Any, problem: Any, texts: Texts) -> rx.Component:
    """Show the form with its samples, then the columns and the files taken lately."""
    form = rx.cond(start.programs.length() > 0, _form(start, problem, texts), _no_program())
    return rx.el.div(
        rx.el.div(form, _samples(texts), class_name="upload-start"),
        rx.cond(start.recent.length() > 0, _recent(start, texts.page), rx.fragment()),
        _columns(start),
        class_name="stack-l upload",
    )


def _no_program() -> rx.Component:
    first = empty(
        "blocks",
        "First a programme",
        "Every row belongs to a programme. Make the first one, then upload your file.",
        link_button("Make a programme", "/programs", look="primary", icon_name="plus"),
    )
    return rx.el.div(first, class_name="card")


def _form(start: Any, problem: Any, texts: Texts) -> rx.Component:
    return native_form(
        rx.el.h2("Choose a file"),
        rx.el.div(
            rx.el.label("CSV or XLSX file, up to 10 MB and 20,000 rows", html_for="upload-file", class_name="label"),
            rx.el.input(
                id="upload-file",
                name="file",
                type="file",
                required=True,
                accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                class_name="input file",
                custom_attrs={"aria-describedby": "upload-problem upload-hint"},
            ),
            rx.el.span(
                "Nothing is written before you have looked it through and confirmed.",
                class_name="hint",
                id="upload-hint",
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.el.label("Programme of the rows that name none", html_for="program"),
            select(
                "program",
                rx.el.option("Each row names its own", value=""),
                rx.foreach(start.programs, lambda one: rx.el.option(one.label, value=one.value)),
                default_value=rx.cond(start.programs.length() == 1, start.programs[0].value, ""),
            ),
            class_name="field",
        ),
        rx.el.p(problem, id="upload-problem", class_name="form-error", role="alert"),
        rx.el.div(
            button(texts.choose, type="submit", look="primary", icon_name="upload"),
            rx.el.progress(max=100, value=0, hidden=True, aria_label="Sending the file", class_name="upload-sending"),
            class_name="row",
        ),
        action=f"/uploads/{texts.kind}",
        method="post",
        enc_type="multipart/form-data",
        class_name="card stack",
        custom_attrs={"data-upload": str(10 * 1024 * 1024)},
    )


def _samples(texts: Texts) -> rx.Component:
    leaves: dict[str, Any] = {"custom_attrs": {"reloadDocument": True, "download": ""}}
    sample = f"/uploads/{texts.kind}/sample"
    return rx.el.div(
        rx.el.h2("Begin with the sample"),
        rx.el.p(
            texts.begin,
            class_name="muted",
        ),
        rx.el.div(
            link_button("Download sample CSV", f"{sample}.csv", icon_name="file-text", **leaves),
            link_button("Download sample XLSX", f"{sample}.xlsx", icon_name="file-spreadsheet", **leaves),
            class_name="row",
        ),
        rx.el.p(
            texts.rule,
            class_name="muted",
        ),
        class_name="card stack",
    )


def _columns(start: Any) -> rx.Component:
    def line(column: Any) -> rx.Component:
        return rx.fragment(
            rx.el.dt(column.title, rx.cond(column.is_needed, rx.el.span(" needed", class_name="upload-needed"), "")),
            rx.el.dd(column.hint),
        )

    return rx.el.section(
        rx.el.h2("The columns", id="upload-columns"),
        rx.el.p(
            "In any order; the first row holds the headings. Other columns are kept in the result.", class_name="muted"
        ),
        rx.el.dl(rx.foreach(start.columns, line), class_name="facts"),
        class_name="card stack",
        aria_labelledby="upload-columns",
    )


def _recent(start: Any, page: str) -> rx.Component:
    def line(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.a(
                icon("file-spreadsheet"),
                rx.el.span(one.file_name, class_name="strong break grow", dir="auto"),
                rx.el.span(one.row_count, rx.cond(one.row_count == 1, " row", " rows"), class_name="muted"),
                rx.el.span(one.by, " · ", one.at, class_name="muted small"),
                upload_status(one.status, one.word),
                href=f"{page}?id={one.id}",
                class_name="upload-line",
                custom_attrs={"reloadDocument": True},
            ),
            key=one.id,
        )

    return rx.el.section(
        rx.el.h2("Uploaded lately", id="upload-recent"),
        rx.el.ul(rx.foreach(start.recent, line), class_name="upload-lines"),
        class_name="stack",
        aria_labelledby="upload-recent",
    )
