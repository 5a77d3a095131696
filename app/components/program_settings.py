"""The settings of one programme: cards of one form. Knows no state.

The fields are uncontrolled, so that nothing typed is lost.
"""

from typing import Any

import reflex as rx

from app.components.basics import button, checkbox, field, icon_button, note, select, text_area, text_input
from app.components.latch import once
from app.components.settings import line, part
from app.models.words import PROGRAM_KIND_WORDS

WORDS = (
    ("mentor_word", "One who leads", "such as mentor"),
    ("mentors_word", "Several who lead", "such as mentors"),
    ("mentee_word", "One who takes part", "such as mentee"),
    ("mentees_word", "Several who take part", "such as mentees"),
)


def settings_form(program: Any, errors: Any, form: Any, acts: Any) -> rx.Component:
    """Ask for all settings. `form` and `acts` are the Vars and handlers of ProgramState."""
    shown = rx.el.form(
        basics(program, errors, form, acts),
        sessions(program, errors, form, acts),
        rules(program),
        groups(program),
        reminders(errors, form.reminders),
        rx.el.div(
            rx.el.p(errors["form"], class_name="form-error", role="alert"),
            rx.cond(form.is_stale, stale(acts.take_stored), rx.fragment()),
            button("Save", look="primary", type="submit", id="save"),
            class_name="save-bar",
        ),
        on_submit=acts.save,
        reset_on_submit=False,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )
    return once(form.drawn != "", shown, rx.fragment(), drawn=form.drawn)


def stale(on_take: Any) -> rx.Component:
    """Say that somebody else saved meanwhile, and offer what is stored."""
    return note(
        rx.el.div(
            "Somebody else changed these settings meanwhile.",
            button("Show what is stored", on_click=on_take),
            class_name="row-apart",
        ),
        look="warn",
        icon_name="users",
    )


def basics(program: Any, errors: Any, form: Any, acts: Any) -> rx.Component:
    """Ask for name, kind, words and description."""
    kinds = [rx.el.option(word, value=kind.value) for kind, word in PROGRAM_KIND_WORDS.items()]
    words = rx.el.div(
        *(
            line(name, label, form.words[name], errors, max_length=40, hint=hint, auto_complete="off")
            for name, label, hint in WORDS
        ),
        class_name="columns words",
        key=form.words_drawn,
    )
    return part(
        "Programme",
        "What it is, and what its people are called on every page and in every mail.",
        line("name", "Name", program.name, errors, max_length=400),
        field(
            "Kind",
            select("kind", *kinds, error=errors["kind"], default_value=program.kind, on_change=acts.propose_words),
            name="kind",
            error=errors["kind"],
            hint="Choosing a kind proposes its words below.",
        ),
        words,
        field(
            "Description",
            text_area("description", error=errors["description"], default_value=program.description),
            name="description",
            error=errors["description"],
        ),
    )


def sessions(program: Any, errors: Any, form: Any, acts: Any) -> rx.Component:
    """Ask how many sessions there are, how long, and of which types."""
    return part(
        "Sessions",
        "For what is booked from now on. Relationships and sessions that exist stay as they are.",
        rx.el.div(
            line(
                "session_count",
                "Sessions in a relationship",
                program.session_count.to_string(),
                errors,
                type="number",
                min=1,
                max=200,
                hint="More can be added to each.",
            ),
            line(
                "default_minutes",
                "Usual length in minutes",
                program.default_minutes.to_string(),
                errors,
                type="number",
                min=30,
                max=720,
                step=5,
                hint="From 30 minutes to 12 hours.",
            ),
            class_name="columns",
        ),
        rx.el.fieldset(
            rx.el.legend("Session types", class_name="label"),
            rx.el.ul(rx.foreach(form.types, lambda row, at: type_row(row, at, form.types, acts)), class_name="stack-s"),
            rx.el.span(errors["session_types"], class_name="error", id="session_types-error", role="alert"),
            rx.el.div(button("Add a type", icon_name="plus", id="types-add", on_click=acts.add_type)),
            rx.el.span(form.types_said, class_name="visually-hidden", role="status"),
            class_name="field types",
        ),
    )


def type_row(row: Any, at: Any, rows: Any, acts: Any) -> rx.Component:
    """Show one session type with its place in the order."""
    name, called = f"type-{row.key}", rx.cond(row.name, row.name, "the new type")

    def mover(icon_name: str, word: str, step: int, at_end: Any) -> rx.Component:
        return icon_button(
            icon_name,
            f"Move {called} {word}",
            id=f"{name}-{word}",
            disabled=at_end,
            on_click=acts.move_type(row.key, step),
        )

    return rx.el.li(
        rx.el.input(
            id=name,
            name=name,
            default_value=row.name,
            auto_focus=row.name == "",  # only one that was just added has no name
            max_length=60,
            class_name="input",
            auto_complete="off",
            custom_attrs={"aria-label": f"Session type {at + 1}", "aria-describedby": "session_types-error"},
        ),
        mover("arrow-up", "up", -1, at == 0),
        mover("arrow-down", "down", 1, at == rows.length() - 1),
        icon_button("trash-2", f"Remove {called}", on_click=acts.remove_type(row.key), disabled=rows.length() == 1),
        key=row.key.to_string(),
        class_name="type-row",
    )


def rules(program: Any) -> rx.Component:
    """Ask for the rules of booking."""
    return part(
        "Booking",
        "Sessions that are booked already are not asked about again.",
        told(
            "asks_confirmation",
            "The other person confirms a booking",
            "It is pending until they accept. What managers book needs no answer.",
            program.asks_confirmation,
        ),
        told(
            "allows_back_to_back",
            "Sessions may follow each other without a break",
            "Otherwise one that ends at 16:00 keeps the next from beginning at 16:00.",
            program.allows_back_to_back,
        ),
    )


def groups(program: Any) -> rx.Component:
    """Ask for the rules of group sessions."""
    policy = select(
        "below_minimum",
        rx.el.option("Keep it, and tell host and managers", value="keep"),
        rx.el.option("Cancel it, and tell everybody", value="cancel"),
        default_value=program.below_minimum,
    )
    return part(
        "Group sessions",
        "Those that exist remain, whatever is chosen here.",
        told(
            "allows_group_sessions",
            "Allow group sessions",
            "Managers, and those who lead, can create sessions for several people.",
            program.allows_group_sessions,
        ),
        told(
            "allows_visitors",
            "Visitors may register with the link of a public session",
            "Otherwise public means: the members of this programme.",
            program.allows_visitors,
        ),
        told(
            "confirms_visitors",
            "Visitors confirm from an e-mail",
            "Their place is held for 30 minutes until they do.",
            program.confirms_visitors,
        ),
        field("With too few people a day before", policy, name="below_minimum"),
    )


def reminders(errors: Any, fields: Any) -> rx.Component:
    """Ask when people are reminded."""
    return part(
        "Reminders",
        "By e-mail before each session, in the reader’s own time zone.",
        checkbox("A day before", name="reminder_day", default_checked=fields.day),
        checkbox("An hour before", name="reminder_hour", default_checked=fields.hour),
        field(
            "Others",
            text_input(
                "reminder_other",
                error=errors["reminder_minutes"],
                default_value=fields.other,
                placeholder="3 days, 30 minutes",
                auto_complete="off",
            ),
            name="reminder_other",
            error=errors["reminder_minutes"],
            hint="Minutes, hours, days or weeks before, with commas between them.",
        ),
    )


def told(name: str, label: str, text: str, is_on: Any) -> rx.Component:
    """Show a check box with what it means under it."""
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            id=name,
            name=name,
            default_checked=is_on,
            custom_attrs={"aria-describedby": f"{name}-hint"},
        ),
        rx.el.span(
            rx.el.span(label),
            rx.el.span(text, class_name="muted small", id=f"{name}-hint"),
            class_name="stack-s",
        ),
        class_name="check tells",
    )
