"""The wizard for a new person: its steps, and what became of it. Knows no state; takes Vars and handlers."""

from typing import Any

import reflex as rx

from app.components.basics import (
    avatar,
    button,
    checkbox,
    empty,
    icon,
    icon_button,
    link_button,
)
from app.components.book import watched_form
from app.components.people_new_details import NewPerson, details, heading
from app.components.people_search import Search, search_box
from app.components.person_access import link_window


def new_person(box: NewPerson) -> rx.Component:
    """Show the wizard, who was added, or that a programme is needed first."""
    return rx.cond(
        box.added.id != 0,
        _added(box),
        rx.cond(box.options.programs.length() > 0, _wizard(box), _no_program(box)),
    )


def _no_program(box: NewPerson) -> rx.Component:
    make = link_button("Make a programme", "/programs", look="primary", icon_name="plus")
    first = empty(
        "blocks", "First a programme", "People belong to programmes. Make the first one, then add them.", make
    )
    waits = empty("blocks", "There is no programme yet", "A manager of your organisation makes it.")
    return rx.el.div(rx.cond(box.options.may_add_programs, first, waits), class_name="card")


def _wizard(box: NewPerson) -> rx.Component:
    step = box.shown["step"]
    return rx.el.div(
        _steps(box),
        watched_form(
            *(rx.el.input(type="hidden", name=one, value=box.shown[one], read_only=True) for one in ("key", "step")),
            rx.el.input(type="hidden", name="chosen", value=box.shown["chosen"], read_only=True),
            rx.el.section(details(box), hidden=step != "details", class_name="card stack"),
            rx.el.section(_choose(box), hidden=step != "choose", class_name="card stack"),
            rx.el.section(_check(box), hidden=step != "check", class_name="card stack"),
            rx.el.p(box.errors["form"], class_name="form-error", id="form", role="alert", tab_index=-1),
            _buttons(box),
            on_submit=box.submit,
            on_change=box.change,
            no_validate=True,
            class_name="stack",
            custom_attrs={"data-draft": "", "autoComplete": "off", "aria-label": "New person"},
        ),
        class_name="wizard stack",
    )


def _step_name(box: NewPerson, step: Any) -> Any:
    return rx.match(step, ("details", "Details"), ("choose", "Choose " + _others(box)), "Check and create")


def _others(box: NewPerson) -> Any:
    """Name whom the new person is assigned to, as "Instructors"."""
    return rx.cond(box.shown["role"] == "mentor", box.program.mentees, box.program.mentors).to(str).capitalize()


def _steps(box: NewPerson) -> rx.Component:
    def one(step: Any, number: Any) -> rx.Component:
        name = rx.fragment(
            rx.el.span(number + 1, class_name="wizard-number", aria_hidden="true"),
            rx.el.span(_step_name(box, step)),
        )
        is_now = step == box.shown["step"]
        is_before = (box.shown["step"] == "check") & (step != "check") | (
            (box.shown["step"] == "choose") & (step == "details")
        )
        return rx.el.li(
            rx.cond(
                is_before,
                rx.el.button(name, type="button", on_click=box.go_back(step), class_name="wizard-step is-done"),
                rx.el.span(
                    name, class_name="wizard-step", custom_attrs={"aria-current": rx.cond(is_now, "step", "false")}
                ),
            ),
            key=step,
        )

    return rx.el.ol(rx.foreach(box.steps, one), class_name="wizard-steps", aria_label="Steps")


def _choose(box: NewPerson) -> rx.Component:
    others = _others(box)
    search = search_box(
        "other", others, box.finder, Search(box.search, box.close_search, box.add), box.errors["chosen"]
    )
    lead = rx.cond(
        box.shown["role"] == "mentor",
        "Whom will they work with? Add one or several. You can also do this later.",
        "Who will work with them? Add one or several. You can also do this later.",
    )
    return rx.fragment(
        heading("choose", "Choose " + others),
        rx.el.p(lead, class_name="muted"),
        rx.el.div(
            rx.el.label("Search " + others.to(str), html_for="other-search"),
            search,
            rx.el.span(box.errors["chosen"], class_name="error", id="other-error", role="alert"),
            class_name="field",
        ),
        _chosen(box),
    )


def _chosen(box: NewPerson) -> rx.Component:
    def one(person: Any) -> rx.Component:
        return rx.el.li(
            avatar(person.initials),
            rx.el.span(
                rx.el.span(person.name, class_name="strong break"),
                rx.el.span(person.email, class_name="muted small break"),
                class_name="stack-s tight grow",
            ),
            icon_button("x", f"Remove {person.name}", on_click=box.remove(person.id)),
            key=person.id,
            class_name="wizard-person",
        )

    some = rx.el.ul(rx.foreach(box.options.chosen, one), class_name="wizard-people", aria_label="Added")
    none = rx.el.p("Nobody is added yet.", class_name="muted")
    count = rx.el.span(box.options.chosen.length(), " added", class_name="visually-hidden", role="status")
    return rx.fragment(count, rx.cond(box.options.chosen.length() > 0, some, none))


def _check(box: NewPerson) -> rx.Component:
    shown = box.shown
    role = rx.match(
        shown["role"],
        ("mentee", box.program.mentee.to(str).capitalize()),
        ("mentor", box.program.mentor.to(str).capitalize()),
        ("manager", "Manager of the programme"),
        "Manager of the organisation",
    )
    in_program = shown["role"] != "org_manager"
    facts = rx.el.dl(
        _fact("Name", shown["first_name"] + " " + shown["last_name"]),
        _fact("E-mail", shown["email"]),
        _fact("Role", role),
        rx.cond(in_program, _fact("Programme", box.program.name), rx.fragment()),
        rx.cond(in_program & (shown["cohort"] != ""), _fact("Cohort", shown["cohort"]), rx.fragment()),
        rx.cond(shown["tags"], _fact("Tags", shown["tags"]), rx.fragment()),
        _fact("Time zone", rx.cond(shown["zone"], shown["zone"], "As their browser says")),
        rx.cond(box.steps.contains("choose"), _fact(_others(box), _names(box)), rx.fragment()),
        class_name="facts",
    )
    mail = rx.el.div(
        checkbox(
            "Send first-access link by e-mail",
            name="sends_access",
            key=box.version,
            default_checked=shown["sends_access"] == "on",
            custom_attrs={"aria-describedby": "access-hint"},
        ),
        rx.el.span(
            rx.cond(
                box.mails_leave,
                "With it they choose a password and see their page. You can also send or copy it later.",
                "No mail server is set, so no mail is sent now. You can copy the link as soon as they are added.",
            ),
            class_name="hint",
            id="access-hint",
        ),
        class_name="field",
    )
    return rx.fragment(heading("check", "Check and create"), facts, mail)


def _fact(label: Any, value: Any) -> rx.Component:
    return rx.fragment(rx.el.dt(label), rx.el.dd(value))


def _names(box: NewPerson) -> rx.Component:
    some = rx.el.ul(rx.foreach(box.options.chosen, lambda one: rx.el.li(one.name)))
    return rx.cond(box.options.chosen.length() > 0, some, "Nobody yet")


def _buttons(box: NewPerson) -> rx.Component:
    step = box.shown["step"]
    before = rx.cond((step == "check") & box.steps.contains("choose"), "choose", "details")
    back = button("Back", icon_name="arrow-left", on_click=box.go_back(before))
    go_on = button("Next", look="primary", type="submit")
    create = button("Create", look="primary", type="submit", icon_name="user-plus")
    return rx.el.div(
        rx.cond(step == "details", link_button("Back to the list", "/people", look="quiet"), back),
        rx.cond(step == "check", create, go_on),
        class_name="row-apart wizard-buttons",
    )


def _added(box: NewPerson) -> rx.Component:
    done = box.added
    book = link_button("Book a session", done.book_href, icon_name="calendar-plus")
    copy = button("Copy link", icon_name="link", on_click=box.access.show_link(done.id))
    return rx.el.section(
        rx.el.span(icon("check", size=28), class_name="booked-mark"),
        rx.el.h2(done.name, " was added", id="added", tab_index=-1, class_name="break"),
        rx.el.p(done.words, class_name="break"),
        rx.el.div(
            link_button("Open their page", f"/people/{done.id}", look="primary", icon_name="arrow-right"),
            rx.cond(done.offers_link, copy, rx.fragment()),
            rx.cond(done.book_href, book, rx.fragment()),
            button("Add another", on_click=box.start_again, icon_name="user-plus"),
            class_name="row book-buttons",
        ),
        link_window(done, box.access),
        class_name="card stack booked",
        aria_label="Added",
    )
