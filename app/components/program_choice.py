"""Which programme a form is about. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import Text, field, select


def program_choice(
    form: Any, programs: Any, *, label: Any = "Programme", hint: Text = "", asks: Any = True, **props: Any
) -> rx.Component:
    """Let a programme be chosen where there are several (if it `asks` at all); name it where there is one.

    `props` are the select's.
    """
    error = form.errors["program"]
    options = rx.foreach(programs, lambda one: rx.el.option(one.name, value=one.id.to_string(use_json=False)))
    first = rx.el.option("Choose a programme …", value="")
    control = select("program", first, options, error=error, **props)
    several = field(label, control, name="program", hint=hint, error=error)
    only = rx.el.div(
        rx.el.span("Programme", class_name="label"),
        rx.el.span(form.program.name, class_name="break"),
        rx.el.input(type="hidden", name="program", value=form.shown["program"], read_only=True),
        rx.el.span(error, class_name="error", role="alert"),
        class_name="field",
    )
    return rx.cond((programs.length() > 1) & asks, several, only)
