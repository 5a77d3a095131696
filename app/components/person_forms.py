"""The windows about one person: edit and deactivate. Inputs are uncontrolled."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, dialog, field, select, text_area, text_input
from app.components.person_coming import coming_sessions, reason_field
from app.models.clock import known_zones


@dataclass(frozen=True)
class Forms:
    """What the windows show, as Vars, and what they can do."""

    window: Any
    person: Any
    key: Any
    form: Any
    coming: Any
    errors: Any
    submit_edit: Any
    submit_deactivate: Any
    close: Any
    hand_over: Any


def windows(forms: Forms) -> rx.Component:
    """Hold the windows; at most one is open."""
    return rx.fragment(edit_window(forms), deactivate_window(forms))


def hidden(forms: Forms) -> rx.Component:
    """Say in a form whom it is about and which request it is."""
    return rx.fragment(
        rx.el.input(type="hidden", name="person_id", value=forms.person.id.to_string(use_json=False), read_only=True),
        rx.el.input(type="hidden", name="key", value=forms.key, read_only=True),
    )


def edit_window(forms: Forms) -> rx.Component:
    """Ask for the facts, the tags and the roles."""
    form, errors = forms.form, forms.errors
    body = rx.el.form(
        hidden(forms),
        rx.el.div(
            line("first_name", "First name", form.first_name, errors, required=True),
            line("last_name", "Last name", form.last_name, errors),
            class_name="person-two",
        ),
        line("email", "E-mail", form.email, errors, type="email", required=True),
        zone_choice(form, errors),
        about(form, errors),
        tags_line(form, errors),
        rank_choice(form, errors),
        roles_choice(form, errors),
        rx.el.p(errors["form"], class_name="form-error", role="alert", id="edit-error", tab_index=-1),
        id="person-edit-form",
        on_submit=forms.submit_edit,
        class_name="stack",
        custom_attrs={"noValidate": True, "autoComplete": "off"},
    )
    foot = [
        button("Close", on_click=forms.close),
        button("Save", look="primary", type="submit", form="person-edit-form"),
    ]
    return dialog("Edit details", body, is_open=forms.window == "edit", on_close=forms.close, foot=foot, look="wide")


def line(name: str, label: str, value: Any, errors: Any, *, hint: str = "", **props: Any) -> rx.Component:
    """Ask for one line of text."""
    typed = text_input(name, error=errors[name], default_value=value, **props)
    return field(label, typed, name=name, error=errors[name], hint=hint)


def zone_choice(form: Any, errors: Any) -> rx.Component:
    """Ask for the zone they live by; usually their browser says it."""
    options = [rx.el.option(zone.replace("_", " "), value=zone) for zone in known_zones()]
    first = rx.el.option("As their browser says", value="")
    chooser = select("zone", first, *options, error=errors["zone"], default_value=form.zone)
    return field("Time zone", chooser, name="zone", error=errors["zone"])


def about(form: Any, errors: Any) -> rx.Component:
    """Ask for what others should know about them."""
    typed = text_area("bio", error=errors["bio"], default_value=form.bio, rows="3")
    hint = "Those they work with read it."
    return field("About them", typed, name="bio", error=errors["bio"], hint=hint)


def tags_line(form: Any, errors: Any) -> rx.Component:
    """Ask for the tags, and offer those in use."""
    hint = rx.cond(form.tags.length() > 0, f"Parted by commas. In use: {form.tags.join(', ')}", "Parted by commas.")
    typed = text_input("tags", error=errors["tags"], default_value=form.own_tags)
    return field("Tags", typed, name="tags", error=errors["tags"], hint=hint)


def rank_choice(form: Any, errors: Any) -> rx.Component:
    """Ask what they are in the organisation, of whoever has a say in it."""
    option = lambda rank: rx.el.option(rx.cond(rank, rank.capitalize(), "No part in its management"), value=rank)  # noqa: E731
    chooser = select("rank", rx.foreach(form.ranks, option), error=errors["rank"], default_value=form.rank)
    asked = field("In the organisation", chooser, name="rank", error=errors["rank"])
    return rx.cond(form.ranks.length() > 0, asked, rx.fragment())


def roles_choice(form: Any, errors: Any) -> rx.Component:
    """Ask what they are in each programme, and with which cohort; what they are already stands first."""
    cohorts = rx.el.datalist(rx.foreach(form.cohorts, lambda one: rx.el.option(value=one)), id="cohorts-known")
    return rx.el.fieldset(
        rx.el.legend("Roles", class_name="label"),
        rx.el.ul(rx.foreach(form.roles, role_line), class_name="list roles"),
        cohorts,
        rx.el.span(errors["roles"], class_name="error", role="alert", id="roles", tab_index=-1),
        class_name="field",
    )


def role_line(role: Any) -> rx.Component:
    """Offer one role in one programme."""
    box = rx.el.input(type="checkbox", name=f"role-{role.name}", id=f"role-{role.name}", default_checked=role.is_on)
    cohort = rx.el.input(
        name=f"cohort-{role.name}",
        id=f"cohort-{role.name}",
        class_name="input",
        placeholder="Cohort",
        default_value=role.cohort,
        custom_attrs={"list": "cohorts-known", "aria-label": f"Cohort as {role.label} in {role.program}"},
    )
    words = rx.el.span(role.label, " in ", role.program, class_name="break")
    return rx.el.li(rx.el.label(box, words, class_name="check grow"), cohort, class_name="role-line", key=role.name)


def deactivate_window(forms: Forms) -> rx.Component:
    """List what lies ahead of them; it is cancelled here, or handed over first."""
    person = forms.person
    over = button("Hand over first", icon_name="arrow-right-left", on_click=[forms.close, forms.hand_over(person.id)])
    first = rx.el.div(over, class_name="row")
    body = rx.el.form(
        hidden(forms),
        rx.el.p("They can no longer sign in, and nothing can be booked with them. What they did is kept."),
        rx.cond(person.hands_over & (forms.coming.length() > 0), first, rx.fragment()),
        coming_sessions(
            forms.coming, "Sessions still to come", "Each must be cancelled here, or moved or handed over first."
        ),
        reason_field(forms.errors["reason"], "The others read it. Needed where a session is cancelled."),
        rx.el.p(forms.errors["form"], class_name="form-error", role="alert", id="deactivate-error", tab_index=-1),
        id="deactivate-form",
        on_submit=forms.submit_deactivate,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )
    foot = [
        button("Keep them", on_click=forms.close),
        button("Deactivate", look="danger", type="submit", form="deactivate-form"),
    ]
    title = f"Deactivate {person.name}?"
    return dialog(title, body, is_open=forms.window == "deactivate", on_close=forms.close, foot=foot)
