"""The parts of a group session's form: what, when, how many, where. Each takes the form and the acts of the whole."""

from typing import Any

import reflex as rx

from app.components.basics import field, finding, icon, note, text_area, text_input
from app.components.book_where import in_person, online, places
from app.components.group_invites import invites
from app.components.group_picture import picture
from app.components.people_search import Search, chosen_person, search_box
from app.components.program_choice import program_choice
from app.models.words import Place


def section(name: str, title: str, *children: rx.Component, key: Any = "") -> rx.Component:
    """Put a part of the form under its heading."""
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title"),
        *children,
        key=key,
        class_name="card stack",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )


def needed(label: str) -> Any:
    """Mark a label as one that must be filled in."""
    return rx.fragment(label, rx.el.span(" *", aria_hidden="true", class_name="needed"))


def what(form: Any, acts: Any) -> rx.Component:
    """Ask for programme, host, title and description."""
    title = text_input("title", error=form.errors["title"], default_value=form.shown["title"], max_length=400)
    details = text_area("details", error=form.errors["details"], default_value=form.shown["details"], rows="5")
    return section(
        "what",
        "Session information",
        rx.el.p("* is needed.", class_name="small muted"),
        rx.el.div(program(form), host(form, acts), class_name="group-two"),
        field(needed("Title"), title, name="title", error=form.errors["title"]),
        field(
            needed("Description"),
            details,
            name="details",
            error=form.errors["details"],
            hint="What it is about, and for whom. Everybody who has the link reads this.",
        ),
        key=form.version,
    )


def program(form: Any) -> rx.Component:
    """Ask for the programme; after publishing it stays."""
    label, asks, chosen = needed("Programme"), form.editing == 0, form.shown["program"]
    return program_choice(form, form.programs, label=label, asks=asks, default_value=chosen)


def host(form: Any, acts: Any) -> rx.Component:
    """Say who hosts; a manager may choose somebody else while it is not published."""
    may_change = form.program.may_choose_host & (form.editing == 0)
    search = Search(acts.search("host"), acts.close_search, acts.choose_host)
    begin = Search(search.on_type, search.on_close, lambda _: acts.open_search("host"))
    return rx.el.div(
        rx.el.label("Host", html_for="host-search"),
        rx.cond(
            form.finder.where == "host",
            search_box("host", "Host", form.finder, search, form.errors["host"]),
            chosen_person("host", "host", form.host, begin, may_change),
        ),
        rx.cond(
            form.editing > 0,
            rx.el.span("Stays as published.", class_name="hint"),
            rx.el.span("The host counts as one participant, there or not.", class_name="hint"),
        ),
        rx.el.span(form.errors["host"], class_name="error", id="host-error", role="alert"),
        class_name="field",
    )


def when(form: Any) -> rx.Component:
    """Ask for start and duration, and say at once how it fits the host's calendar."""
    start = rx.el.fieldset(
        rx.el.legend(needed("Start time")),
        rx.el.div(
            typed("date", "Date", form, type="date"),
            typed("time", "Time", form, type="time", step="300"),
            class_name="group-two",
        ),
        rx.el.span("In your time zone: ", form.foresight.zone_words, ".", class_name="hint"),
        class_name="field",
    )
    length = rx.el.fieldset(
        rx.el.legend(needed("Duration")),
        rx.el.div(
            typed("hours", "Hours", form, type="number", min="0", max="12", input_mode="numeric"),
            typed("minutes", "Minutes", form, type="number", min="0", max="59", step="5", input_mode="numeric"),
            class_name="group-two",
        ),
        class_name="field",
    )
    asked = rx.el.div(start, length, key=form.version, class_name="group-two")
    return section("when", "When", asked, fits(form.foresight))


def typed(name: str, label: Any, form: Any, *, hint: Any = "", **props: Any) -> rx.Component:
    """Make a field of one line."""
    control = text_input(name, error=form.errors[name], default_value=form.shown[name], **props)
    return field(label, control, name=name, hint=hint, error=form.errors[name])


def fits(foresight: Any) -> rx.Component:
    """Say how the time would go, and what is in its way."""
    said = finding(
        foresight.look,
        rx.el.p(rx.el.strong(foresight.headline), " ", foresight.summary),
        rx.el.ul(rx.foreach(foresight.problems, rx.el.li), class_name="bullets break"),
    )
    return rx.el.div(rx.cond(foresight.headline, said, rx.fragment()), role="status", id="fits")


def participants(form: Any, acts: Any) -> rx.Component:
    """Ask who may come, how many, and whom to invite."""
    sizes = rx.el.div(
        typed(
            "minimum",
            needed("Minimum participants"),
            form,
            type="number",
            min="1",
            input_mode="numeric",
            hint="So many are needed for it to be held.",
        ),
        typed(
            "maximum",
            needed("Maximum participants"),
            form,
            type="number",
            min="2",
            input_mode="numeric",
            hint="The host counts as one of them.",
        ),
        key=form.version,
        class_name="group-two",
    )
    resized = rx.cond(form.resize_words, note(form.resize_words, look="warn", icon_name="users"), rx.fragment())
    return section("participants", "Participants", audience(form), sizes, resized, invites(form, acts))


def audience(form: Any) -> rx.Component:
    """Ask who may register; after publishing it stays."""

    def choice(value: str, icon_name: str, label: str) -> rx.Component:
        radio = rx.el.input(
            type="radio",
            name="audience",
            value=value,
            id=f"audience-{value}",
            default_checked=form.shown["audience"] == value,
        )
        return rx.el.label(radio, icon(icon_name), label, class_name="button")

    is_private = form.shown["audience"] == "private"
    public_hint = rx.cond(
        form.program.allows_visitors,
        "Everybody of the programme, and visitors who have the link. Inviting does not make it exclusive.",
        "Everybody of the programme. Inviting does not make it exclusive.",
    )
    hint = rx.cond(is_private, "Only those you invite. An invitation keeps a place.", public_hint)
    chosen = rx.el.fieldset(
        rx.el.legend("Type"),
        rx.el.div(
            choice("public", "globe", "Public"), choice("private", "lock", "Private"), class_name="segmented radios"
        ),
        rx.el.span(hint, class_name="hint"),
        rx.el.span(form.errors["audience"], class_name="error", role="alert"),
        key=form.version,
        class_name="field",
    )
    kept = rx.el.div(
        rx.el.span("Type", class_name="label"),
        rx.el.span(rx.cond(is_private, "Private", "Public"), ". Stays as published."),
        class_name="field",
    )
    return rx.cond(form.editing > 0, kept, chosen)


def where(form: Any) -> rx.Component:
    """Ask how they meet. What belongs to another place is only hidden, so that nothing typed is lost."""
    place = form.shown["place"]
    return section(
        "where",
        "Meeting",
        places(form),
        rx.el.div(online(form), hidden=place != Place.ONLINE.value),
        rx.el.div(in_person(form), hidden=place != Place.IN_PERSON.value),
        rx.el.p("Put the phone number into the description.", class_name="small muted", hidden=place != "call"),
        key=form.version,
    )


def more(form: Any) -> rx.Component:
    """Ask for what helps people to find it."""
    commas = "Several with commas between."
    return section(
        "more",
        "More",
        picture(form),
        rx.el.div(
            typed("recommended_for", "Recommended for", form, hint=commas),
            typed("categories", "Categories", form, hint=commas),
            typed("medium", "Medium", form, hint="The languages it is held in."),
            class_name="group-three",
        ),
        key=form.version,
    )
