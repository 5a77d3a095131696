"""The first step of the wizard for a new person: who they are, and where they take part. Knows no state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import field, note, select, text_input
from app.components.person_access import AccessVars
from app.components.program_choice import program_choice
from app.models.clock import known_zones


@dataclass(frozen=True)
class NewPerson:
    """What is shown, as Vars of the like-named parts of the state, and what happens, as handlers."""

    shown: Any
    version: Any
    errors: Any
    steps: Any
    options: Any
    program: Any
    finder: Any
    taken_href: Any
    mails_leave: Any
    added: Any
    change: Any
    submit: Any
    search: Any
    close_search: Any
    add: Any
    remove: Any
    go_back: Any
    start_again: Any
    access: AccessVars


def heading(name: str, text: Any) -> rx.Component:
    """Head a step; the focus goes there when it is turned to."""
    return rx.el.h2(text, id=f"step-{name}", tab_index=-1)


def details(box: NewPerson) -> rx.Component:
    """Ask for the person's own facts, role and programme."""
    return rx.fragment(
        heading("details", "Details"),
        _role(box),
        _program(box),
        rx.el.div(
            _text(box, "first_name", "First name"),
            _text(box, "last_name", "Last name"),
            class_name="wizard-two",
        ),
        rx.el.div(_email(box), _zone(box), class_name="wizard-two"),
        rx.el.div(_cohort(box), _tags(box), class_name="wizard-two"),
    )


def _role(box: NewPerson) -> rx.Component:
    def one(value: str, label: Any) -> rx.Component:
        tick = rx.el.input(
            type="radio",
            name="role",
            id=f"role-{value}",
            value=value,
            default_checked=box.shown["role"] == value,
        )
        return rx.el.label(tick, label, class_name="check wizard-role")

    return rx.el.fieldset(
        rx.el.legend("They are", class_name="label"),
        rx.el.div(
            one("mentee", box.program.mentee.to(str).capitalize()),
            one("mentor", box.program.mentor.to(str).capitalize()),
            one("manager", "Manager of the programme"),
            rx.cond(box.options.may_make_managers, one("org_manager", "Manager of the organisation"), rx.fragment()),
            key=box.version,
            class_name="row wizard-roles",
        ),
        rx.el.span(box.errors["role"], class_name="error", id="role-error", role="alert"),
        class_name="field",
    )


def _program(box: NewPerson) -> rx.Component:
    chosen = program_choice(box, box.options.programs, key=box.version, default_value=box.shown["program"])
    return rx.cond(
        box.shown["role"] == "org_manager",
        note("They may do everything in the organisation, as you may.", icon_name="shield-check"),
        chosen,
    )


def _text(box: NewPerson, name: str, label: str, **props: Any) -> rx.Component:
    hint = props.pop("hint", "")
    typed = text_input(
        name, error=box.errors[name], key=box.version, default_value=box.shown[name], auto_complete="off", **props
    )
    return field(label, typed, name=name, error=box.errors[name], hint=hint)


def _email(box: NewPerson) -> rx.Component:
    opens = rx.el.a("Open their page", href=box.taken_href, class_name="small")
    return rx.el.div(
        _text(box, "email", "E-mail", type="email", input_mode="email"),
        rx.cond(box.taken_href, opens, rx.fragment()),
        class_name="stack-s",
    )


def _zone(box: NewPerson) -> rx.Component:
    zones = [rx.el.option(zone.replace("_", " "), value=zone) for zone in known_zones()]
    first = rx.el.option("As their browser says", value="")
    control = select("zone", first, *zones, error=box.errors["zone"], key=box.version, default_value=box.shown["zone"])
    return field("Time zone", control, name="zone", error=box.errors["zone"])


def _cohort(box: NewPerson) -> rx.Component:
    known = rx.foreach(box.options.cohorts, lambda one: rx.el.option(value=one.value))
    typed = _text(box, "cohort", "Cohort", hint="Optional, such as Spring 2027.", list="known-cohorts")
    wanted = rx.el.div(typed, rx.el.datalist(known, id="known-cohorts"))
    return rx.cond(box.shown["role"] == "org_manager", rx.fragment(), wanted)


def _tags(box: NewPerson) -> rx.Component:
    return _text(box, "tags", "Tags", hint="Optional; several are parted by commas.")
