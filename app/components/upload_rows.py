"""The rows of an uploaded file: filters, a table, cells that can be corrected in place. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, empty, icon, icon_button


def upload_rows(box: Any) -> rx.Component:
    """Show the filters and the rows they leave."""
    nothing = empty("list-filter", "No row is like this.", "Choose another filter.")
    return rx.el.section(
        rx.el.h2("Rows", class_name="visually-hidden", id="upload-rows"),
        _filters(box),
        rx.cond(box.shown.rows.length() > 0, _table(box), nothing),
        rx.cond(box.shown.pages > 1, _pager(box), rx.fragment()),
        class_name="stack",
        aria_labelledby="upload-rows",
    )


def _filters(box: Any) -> rx.Component:
    def chip(one: Any) -> rx.Component:
        return rx.el.button(
            one.label,
            rx.el.span(one.count, class_name="muted"),
            type="button",
            on_click=box.filter_by(one.value),
            class_name="chip",
            custom_attrs={"aria-pressed": rx.cond(box.shows == one.value, "true", "false")},
        )

    return rx.el.div(rx.foreach(box.shown.filters, chip), class_name="row", role="group", aria_label="Show rows")


def _table(box: Any) -> rx.Component:
    head = rx.el.tr(
        rx.el.th("Row", scope="col", class_name="upload-number"),
        rx.el.th("Status", scope="col"),
        rx.foreach(box.shown.columns, lambda column: rx.el.th(column, scope="col", dir="auto")),
    )
    return rx.el.div(
        rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(box.shown.rows, lambda row: _row(box, row)))),
        class_name="upload-table",
        tab_index=0,
        role="region",
        aria_label="Rows of the file",
    )


def _row(box: Any, row: Any) -> rx.Component:
    is_open = box.editing == row.id
    pencil = icon_button(
        "pencil",
        f"Edit row {row.number}",
        on_click=box.edit_row(row.id),
        custom_attrs={"aria-expanded": rx.cond(is_open, "true", "false")},
    )
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.number),
            rx.cond(box.shown.status == "ready", pencil, rx.fragment()),
            scope="row",
            class_name="upload-number",
        ),
        rx.el.td(
            rx.el.span(rx.el.span(class_name="status-icon"), row.word, class_name=f"status upload-is-{row.status}"),
            rx.cond(row.says, rx.el.p(row.says, class_name="small muted break", dir="auto"), rx.fragment()),
            rx.foreach(row.remarks, _flaw),
            class_name="upload-says",
        ),
        rx.foreach(row.cells, lambda cell: _cell(box, row, cell, is_open)),
        key=row.id,
        class_name=f"upload-row is-{row.status}",
    )


def _cell(box: Any, row: Any, cell: Any, is_open: Any) -> rx.Component:
    is_asked = (box.shown.status == "ready") & ((cell.level == "error") | is_open)
    name = f"cell-{row.id}-{cell.column}"
    entry = rx.el.input(
        default_value=cell.text,
        on_blur=lambda text: box.correct(row.id, cell.column, text),
        class_name="input",
        dir="auto",
        auto_complete="off",
        key=f"{name}-{cell.text}",
        custom_attrs={
            "aria-label": f"{cell.column}, row {row.number}",
            "aria-invalid": rx.cond(cell.level == "error", "true", "false"),
            "data-cell": "",
        },
    )
    return rx.el.td(
        rx.cond(is_asked, entry, rx.el.span(cell.text, class_name="break upload-text", dir="auto")),
        rx.cond(cell.message, _flaw(cell), rx.fragment()),
        class_name=rx.cond(
            is_asked | (cell.text != "") | (cell.message != ""), f"upload-cell is-{cell.level}", "upload-cell is-empty"
        ),
        custom_attrs={"data-column": cell.column},
    )


def _flaw(cell: Any) -> rx.Component:
    return rx.el.p(
        rx.cond(cell.level == "error", icon("circle-alert", size=14), icon("triangle-alert", size=14)),
        rx.el.span(
            rx.el.span(rx.cond(cell.level == "error", "Wrong: ", "Look: "), class_name="visually-hidden"),
            rx.el.span(cell.message, class_name="strong"),
            " ",
            cell.remedy,
        ),
        class_name=f"upload-flaw is-{cell.level}",
        dir="auto",
    )


def _pager(box: Any) -> rx.Component:
    shown = box.shown
    return rx.el.nav(
        button("Previous", icon_name="chevron-left", on_click=box.go_to(shown.page - 1), disabled=shown.page <= 1),
        rx.el.span("Page ", shown.page, " of ", shown.pages, class_name="muted"),
        button(
            "Next", icon_name="chevron-right", on_click=box.go_to(shown.page + 1), disabled=shown.page >= shown.pages
        ),
        class_name="row pager",
        aria_label="Pages of rows",
    )
