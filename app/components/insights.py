"""The insights page: what is chosen, five parts, each with its file. It knows no state and decides nothing."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from app.components.basics import button, empty, field, icon, link_button, select
from app.components.plot import plot, sheet

COUNTED = (
    "Of the seats of completed and missed sessions: both people of a one-to-one session, and in a group session "
    "everybody who had a place, the host not counted. Where nobody noted who came, a seat counts as taken in a "
    "completed session and as a no-show in a missed one."
)


@dataclass(frozen=True)
class Filters:
    """What is chosen, as Vars, and what happens, as handlers."""

    problem: Any
    choose_program: Any
    choose_days: Any


def insights(page: Any, box: Filters) -> rx.Component:
    """Show everything. `page` is a Var of queries.insights_page.InsightsPage."""
    whole = rx.el.div(
        filters(page, box),
        rx.el.p(page.period_words, class_name="muted small", role="status"),
        weeks_part(page),
        attendance_part(page),
        rx.el.div(hours_part(page), waiting_part(page), class_name="insights-pair"),
        programs_part(page),
        class_name="insights stack",
    )
    return rx.cond(page.choices.length() > 0, whole, nothing_yet())


def nothing_yet() -> rx.Component:
    """Say to whoever has just begun what there will be."""
    way = link_button("Go to Programmes", "/programs", look="primary", icon_name="folder-open")
    text = "Once there is a programme and its sessions take place, you see here how they go."
    return rx.el.div(empty("chart-column", "There is nothing to count yet.", text, way), class_name="card")


def filters(page: Any, box: Filters) -> rx.Component:
    """Choose the period and the programme."""
    programs = rx.foreach(page.choices, lambda one: rx.el.option(one.name, value=one.id.to_string()))
    chosen = select(
        "insights-program",
        rx.el.option("All programmes", value=""),
        programs,
        value=page.program,
        on_change=box.choose_program,
    )
    return rx.el.div(
        rx.el.nav(rx.foreach(page.ways, way), class_name="segmented insights-ways", aria_label="Period"),
        days(page, box),
        field("Programme", chosen, name="insights-program", class_name="insights-program"),
        class_name="insights-filters card",
    )


def way(one: Any) -> rx.Component:
    """Lead to a period."""
    return rx.cond(
        one.is_here,
        rx.el.a(one.word, href=one.href, class_name="button", custom_attrs={"aria-current": "true"}),
        rx.el.a(one.word, href=one.href, class_name="button"),
    )


def days(page: Any, box: Filters) -> rx.Component:
    """Choose two days."""

    def day(label: str, name: str, value: Any) -> rx.Component:
        control = rx.el.input(
            type="date", id=f"insights-{name}", name=name, default_value=value, key=value, class_name="input"
        )
        return rx.el.div(rx.el.label(label, html_for=f"insights-{name}"), control, class_name="field")

    return rx.el.form(
        day("From", "from", page.first),
        day("To", "to", page.last),
        button("Show", type="submit"),
        rx.el.p(box.problem, class_name="form-error", role="alert"),
        on_submit=box.choose_days,
        class_name="insights-days",
        aria_label="Other days",
    )


def part(title: Any, name: str, page: Any, *content: rx.Component, hint: Any = "") -> rx.Component:
    """Show one part with its file."""
    file = rx.el.a(
        icon("download"),
        "Download CSV",
        rx.el.span(" of ", title, class_name="visually-hidden"),
        href=page.files[name],
        class_name="button",
        custom_attrs={"reloadDocument": True},
    )
    head = rx.el.div(rx.el.h2(title), file, class_name="row-apart")
    said = rx.el.p(hint, class_name="muted small insights-hint") if hint else rx.fragment()
    return rx.el.section(head, said, *content, class_name=f"card stack insights-{name}", aria_label=title)


def weeks_part(page: Any) -> rx.Component:
    """Show the sessions of each week by status."""
    none = empty("calendar", "No sessions in this time.", "Choose another period, or all programmes.")
    drawn = rx.fragment(plot(page.weeks), sheet(page.weeks_sheet, "Sessions by week and status"))
    hint = "Each session counts in the week it starts in, as it stands now. Deleted sessions do not count."
    shown = rx.cond(page.weeks.boxes.length() > 0, drawn, none)
    return part("Sessions by week and status", "weeks", page, shown, hint=hint)


def attendance_part(page: Any) -> rx.Component:
    """Show who came, one-to-one and in groups."""
    none = empty("user-check", "Nobody was expected in this time.", "It is counted once sessions are over.")
    figures = rx.el.dl(rx.foreach(page.figures, figure), class_name="figures")
    drawn = rx.fragment(figures, plot(page.attendance), sheet(page.attendance_sheet, "Attendance by week"))
    shown = rx.cond(page.attendance.dots.length() > 0, drawn, none)
    return part("Attendance and no-shows", "attendance", page, shown, hint=COUNTED)


def figure(one: Any) -> rx.Component:
    """Show one number."""
    return rx.el.div(
        rx.el.dt(one.label),
        rx.el.dd(one.value, class_name="figure-value"),
        rx.el.dd(one.note, class_name="muted small"),
    )


def hours_part(page: Any) -> rx.Component:
    """Show who gave how many hours."""
    none = empty("clock", "Nothing was held in this time.", "The planned hours of completed sessions count.")
    keys = rx.el.ul(
        rx.el.li(rx.el.span(class_name="plot-swatch look-one_to_one", aria_hidden="true"), "One-to-one"),
        rx.el.li(rx.el.span(class_name="plot-swatch look-group", aria_hidden="true"), "Group"),
        class_name="plot-keys",
    )
    drawn = rx.fragment(
        keys,
        rx.el.ol(rx.foreach(page.hours, hours_row), class_name="hours-list"),
        more(page.hours_more),
        sheet(page.hours_sheet, "Hours", sums=False),
    )
    shown = rx.cond(page.hours.length() > 0, drawn, none)
    return part(page.hours_title, "hours", page, shown, hint="The planned length of completed sessions.")


def hours_row(one: Any) -> rx.Component:
    """Show one person's bar."""
    bars = rx.el.svg(
        rx.el.svg.rect(x="0", y="0", width=one.alone, height="12", class_name="plot-box look-one_to_one"),
        rx.el.svg.rect(x=one.group_x, y="0", width=one.group, height="12", class_name="plot-box look-group"),
        height="12",
        class_name="hours-bar",
        custom_attrs={"aria-hidden": "true"},
    )
    return rx.el.li(
        rx.el.a(one.name, href=one.href, class_name="ellipsis"), bars, rx.el.span(one.words, class_name="hours-words")
    )


def waiting_part(page: Any) -> rx.Component:
    """List the relationships with nothing arranged."""
    none = empty("circle-check", "Nobody is waiting.", "Every active relationship has a next session or is completed.")
    heads = ("Relationship", "Completed", "Last session", "Waits")
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
        rx.el.tbody(rx.foreach(page.waiting, waiting_row)),
        class_name="waiting",
    )
    shown = rx.cond(page.waiting.length() > 0, rx.fragment(table, more(page.waiting_more)), none)
    hint = "As it is today, whatever period is chosen: active, not completed, nothing arranged. The longest wait first."
    return part("Relationships without a next session", "relationships", page, shown, hint=hint)


def waiting_row(one: Any) -> rx.Component:
    """Show one relationship."""
    return rx.el.tr(
        rx.el.th(
            rx.el.a(one.pair, href=one.href, class_name="break"),
            rx.el.span(one.program, class_name="muted small break"),
            scope="row",
        ),
        rx.el.td(one.progress, custom_attrs={"data-head": "Completed"}),
        rx.el.td(one.last, custom_attrs={"data-head": "Last session"}),
        rx.el.td(one.since, custom_attrs={"data-head": "Waits"}),
    )


def programs_part(page: Any) -> rx.Component:
    """Show each programme in numbers."""
    none = empty("folder-open", "No programme is running.", "Archived ones are shown for times they had sessions in.")
    heads = ("Programme", "People", "Active relationships", "Sessions held", "Completion", "Average rating")
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
        rx.el.tbody(rx.foreach(page.programs, program_row)),
        class_name="waiting glances",
    )
    shown = rx.cond(page.programs.length() > 0, table, none)
    hint = (
        "People and relationships as they are today. Held are the completed sessions of the period; "
        "completion is their share of the completed, missed and cancelled ones."
    )
    return part("Programmes at a glance", "programmes", page, shown, hint=hint)


def program_row(one: Any) -> rx.Component:
    """Show one programme."""
    return rx.el.tr(
        rx.el.th(rx.el.a(one.name, href=one.href, class_name="break"), scope="row"),
        rx.el.td(one.people, custom_attrs={"data-head": "People"}),
        rx.el.td(one.pairs, custom_attrs={"data-head": "Active relationships"}),
        rx.el.td(one.held, custom_attrs={"data-head": "Sessions held"}),
        rx.el.td(one.completion, custom_attrs={"data-head": "Completion"}),
        rx.el.td(one.rating, custom_attrs={"data-head": "Average rating"}),
    )


def more(words: Any) -> rx.Component:
    """Say that a list goes on in its file."""
    return rx.cond(words, rx.el.p(words, class_name="muted small"), rx.fragment())


def missing() -> rx.Component:
    """Say that the programme of the address is not there for the reader."""
    way_back = link_button("All programmes", "/insights", look="primary")
    return rx.el.div(
        empty("search-x", "This programme was not found.", "It may be one that you do not manage.", way_back),
        class_name="card",
    )


def not_for_you() -> rx.Component:
    """Say to a mentor or mentee that there is no such page for them."""
    gone = empty("search-x", "This page was not found.", "It may have been removed, or it is not yours to see.")
    return rx.el.div(gone, class_name="card")
