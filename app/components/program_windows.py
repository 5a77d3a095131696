"""The windows over a programme's members: add, change a cohort, remove, rename a cohort. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field, select, text_input
from app.components.people_search import Search, people_search

COHORTS = "cohorts-known"


def windows(found: Any, form: Any, acts: Any) -> rx.Component:
    """Give all four; `form.asked` says which is open."""
    known = rx.el.datalist(rx.foreach(found.cohorts, lambda one: rx.el.option(value=one.name)), id=COHORTS)
    return rx.fragment(known, add(found, form, acts), cohort(form, acts), remove(form, acts), rename(form, acts))


def add(found: Any, form: Any, acts: Any) -> rx.Component:
    """Bring somebody in."""
    who = people_search(
        "person_id",
        "Person",
        chosen=form.chosen,
        finder=form.finder,
        search=Search(acts.search, acts.close_search, acts.choose),
        error=form.errors["person_id"],
    )
    roles = select(
        "role",
        rx.foreach(found.roles, lambda one: rx.el.option(one.label, value=one.name)),
        error=form.errors["role"],
        default_value="mentee",
    )
    return dialog(
        "Add member",
        rx.el.form(
            who,
            field("Joins the", roles, name="role", error=form.errors["role"]),
            cohort_field(form, ""),
            foot(form, acts, "Add"),
            on_submit=acts.add,
            reset_on_submit=False,
            class_name="stack",
            custom_attrs={"noValidate": True},
        ),
        is_open=form.asked.what == "add",
        on_close=acts.close,
    )


def cohort(form: Any, acts: Any) -> rx.Component:
    """Put a member into another cohort."""
    return dialog(
        "Change cohort",
        rx.el.form(
            rx.el.p(form.asked.member.name, ", ", form.asked.member.role_word, class_name="strong break"),
            cohort_field(form, form.asked.member.cohort),
            foot(form, acts, "Save"),
            on_submit=acts.save_cohort,
            reset_on_submit=False,
            class_name="stack",
        ),
        is_open=form.asked.what == "cohort",
        on_close=acts.close,
    )


def remove(form: Any, acts: Any) -> rx.Component:
    """Ask whether a member shall leave."""
    return dialog(
        "Remove from this programme?",
        rx.el.p(form.asked.member.name, ", ", form.asked.member.role_word, class_name="strong break"),
        rx.el.p("They stay known to the organisation. Past sessions and the history are kept.", class_name="muted"),
        rx.el.p(form.errors["form"], class_name="form-error", role="alert"),
        is_open=form.asked.what == "remove",
        on_close=acts.close,
        foot=[
            button("Keep", on_click=acts.close),
            button("Remove", look="danger", icon_name="user-minus", on_click=acts.remove),
        ],
    )


def rename(form: Any, acts: Any) -> rx.Component:
    """Give a cohort another name."""
    name = text_input(
        "name",
        error=form.errors["name"],
        default_value=form.asked.cohort,
        max_length=100,
        auto_complete="off",
        list=COHORTS,
        custom_attrs={"data-autofocus": ""},
    )
    return dialog(
        "Rename cohort",
        rx.el.form(
            field(
                "Name",
                name,
                name="name",
                error=form.errors["name"],
                hint="The name of another cohort unites the two. Empty dissolves it; its people stay.",
            ),
            foot(form, acts, "Save"),
            on_submit=acts.rename,
            reset_on_submit=False,
            class_name="stack",
        ),
        is_open=form.asked.what == "rename",
        on_close=acts.close,
    )


def cohort_field(form: Any, value: Any) -> rx.Component:
    """Ask for a cohort, known or new."""
    box = text_input(
        "cohort", error=form.errors["cohort"], default_value=value, max_length=100, auto_complete="off", list=COHORTS
    )
    hint = "Those who came together, such as Spring 2027. Empty for none."
    return field("Cohort", box, name="cohort", error=form.errors["cohort"], hint=hint)


def foot(form: Any, acts: Any, word: str) -> rx.Component:
    """Show what belongs to no field, and the way out and on."""
    return rx.fragment(
        rx.el.p(form.errors["form"], class_name="form-error", role="alert"),
        rx.el.div(
            button("Not now", on_click=acts.close),
            button(word, look="primary", type="submit"),
            class_name="row form-foot",
        ),
    )
