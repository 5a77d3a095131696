"""The window that puts the selected people into a cohort. It knows no state."""

import reflex as rx

from app.components.basics import button, dialog, field, select, text_input
from app.components.people_filters import People


def cohort_window(box: People) -> rx.Component:
    """Ask for the cohort, and of which programme where there are several."""
    programs, errors = box.found.programs, box.cohort_errors
    several = programs.length() > 1
    foot = rx.el.div(
        button("Not now", on_click=box.close_cohort),
        button("Set cohort", look="primary", type="submit"),
        class_name="row form-foot",
    )
    return dialog(
        "Set cohort",
        rx.el.form(
            rx.el.p(rx.el.strong(box.picked.length()), " selected"),
            rx.cond(several, _program(box), rx.fragment()),
            field(
                "Cohort",
                _name(box),
                name="cohort-name",
                error=errors["cohort"],
                hint="Those who came together, such as Spring 2027. Empty takes them out of theirs.",
            ),
            rx.el.datalist(
                rx.foreach(box.found.cohorts, lambda one: rx.el.option(value=one.value)), id="known-cohorts"
            ),
            rx.el.p(errors["form"], class_name="form-error", role="alert"),
            foot,
            on_submit=box.set_cohort,
            reset_on_submit=False,
            class_name="stack",
            custom_attrs={"noValidate": True},
        ),
        is_open=box.asks_cohort,
        on_close=box.close_cohort,
    )


def _program(box: People) -> rx.Component:
    """Ask for the programme; where the list is narrowed to one, it is that."""
    error = box.cohort_errors["program_id"]
    choice = select(
        "cohort-program",
        rx.el.option("Choose …", value=""),
        rx.foreach(box.found.programs, lambda one: rx.el.option(one.label, value=one.value)),
        error=error,
        default_value=box.shown["program"],
        custom_attrs={"data-autofocus": ""},
    )
    return field("Programme", choice, name="cohort-program", error=error)


def _name(box: People) -> rx.Component:
    return text_input(
        "cohort-name",
        error=box.cohort_errors["cohort"],
        max_length=100,
        auto_complete="off",
        list="known-cohorts",
        custom_attrs={"data-autofocus": ""},
    )
