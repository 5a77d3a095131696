"""The members of one programme, its cohorts and tags. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import avatar, button, empty, icon_button, link_button, select


def members_part(found: Any, wanted: Any, acts: Any, is_archived: Any) -> rx.Component:
    """Show the members beside the cohorts and tags in use."""
    is_narrowed = (wanted.typed != "") | (wanted.role != "") | (wanted.cohort != "")
    nobody = empty(
        "users",
        "Nobody is here yet",
        "Bring in people who are known already, or add new ones first.",
        button("Add member", look="primary", icon_name="user-plus", on_click=acts.ask("add", 0, "")),
        rx.el.div(
            link_button("New person", "/people/new", icon_name="plus"),
            link_button("Upload people", "/people/upload", icon_name="upload"),
            class_name="row",
        ),
    )
    none = empty("search-x", "Nobody is found", "Try a part of the name, or the e-mail.")
    people = rx.el.section(
        rx.el.div(
            rx.el.h2("Members"),
            rx.cond(
                is_archived,
                rx.fragment(),
                button("Add member", icon_name="user-plus", on_click=acts.ask("add", 0, "")),
            ),
            class_name="row-apart",
        ),
        rx.cond((found.total > 0) | is_narrowed, filters(found, wanted, acts), rx.fragment()),
        rx.cond(
            found.total > 0,
            rx.fragment(table(found, acts), pager(found, acts)),
            rx.cond(is_narrowed, none, nobody),
        ),
        class_name="card stack grow",
        aria_label="Members",
    )
    aside = rx.el.div(cohorts(found, acts), tags(found), class_name="stack members-aside")
    return rx.el.div(people, aside, class_name="members")


def filters(found: Any, wanted: Any, acts: Any) -> rx.Component:
    """Narrow the list."""
    return rx.el.div(
        rx.el.input(
            type="search",
            id="members-search",
            class_name="input",
            placeholder="Name or e-mail",
            default_value=wanted.typed,
            on_change=acts.look_for,
            auto_complete="off",
            custom_attrs={"aria-label": "Search members by name or e-mail"},
        ),
        select(
            "members-role",
            rx.el.option("All roles", value=""),
            rx.foreach(found.roles, lambda one: rx.el.option(f"{one.label} ({one.count})", value=one.name)),
            value=wanted.role,
            on_change=acts.choose_role,
            custom_attrs={"aria-label": "Role"},
        ),
        rx.cond(
            found.cohorts.length() > 0,
            select(
                "members-cohort",
                rx.el.option("All cohorts", value=""),
                rx.foreach(found.cohorts, lambda one: rx.el.option(f"{one.label} ({one.count})", value=one.name)),
                value=wanted.cohort,
                on_change=acts.choose_cohort,
                custom_attrs={"aria-label": "Cohort"},
            ),
            rx.fragment(),
        ),
        class_name="members-filters",
    )


def table(found: Any, acts: Any) -> rx.Component:
    """Show the members of this page; on a phone each is a card."""
    heads = [rx.el.th(text, scope="col") for text in ("Name", "Role", "Cohort", "Works with")]
    return rx.el.div(
        rx.el.span(found.total, " found", class_name="visually-hidden", role="status"),
        rx.el.table(
            rx.el.thead(rx.el.tr(*heads, rx.el.th(rx.el.span("Change", class_name="visually-hidden"), scope="col"))),
            rx.el.tbody(rx.foreach(found.rows, lambda row: line(row, acts))),
            class_name="rows members-table",
        ),
    )


def line(row: Any, acts: Any) -> rx.Component:
    """Show one member."""
    return rx.el.tr(
        rx.el.th(
            rx.el.span(
                avatar(row.initials),
                rx.el.span(
                    rx.el.a(row.name, href=row.href, class_name="strong break"),
                    rx.el.span(row.email, class_name="muted small ellipsis", title=row.email),
                    rx.cond(row.is_deactivated, rx.el.span("Deactivated", class_name="small muted"), rx.fragment()),
                    class_name="stack-s tight",
                ),
                class_name="row-tight",
            ),
            scope="row",
        ),
        rx.el.td(row.role_word),
        rx.el.td(
            rx.cond(row.cohort, rx.el.span(row.cohort, class_name="break"), rx.el.span("–", class_name="muted nothing"))
        ),
        rx.el.td(rx.cond(row.works_with, row.works_with, rx.el.span("–", class_name="muted nothing"))),
        rx.el.td(
            icon_button(
                "pencil", f"Change the cohort of {row.name}, {row.role_word}", on_click=acts.ask("cohort", row.id, "")
            ),
            icon_button("user-minus", f"Remove {row.name}, {row.role_word}", on_click=acts.ask("remove", row.id, "")),
            class_name="line-acts",
        ),
        key=row.id.to_string(),
    )


def pager(found: Any, acts: Any) -> rx.Component:
    """Turn the pages."""
    shown = rx.el.nav(
        button("Previous", on_click=acts.go_to(found.page - 1), disabled=found.page == 1),
        rx.el.span("Page ", found.page, " of ", found.pages, class_name="muted"),
        button("Next", on_click=acts.go_to(found.page + 1), disabled=found.page == found.pages),
        class_name="row pager",
        aria_label="Pages of members",
    )
    return rx.cond(found.pages > 1, shown, rx.fragment())


def cohorts(found: Any, acts: Any) -> rx.Component:
    """List the cohorts in use."""

    def cohort(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.name, class_name="grow break"),
            rx.el.span(one.count, class_name="part-count"),
            icon_button("pencil", f"Rename {one.name}", on_click=acts.ask("rename", 0, one.name)),
            class_name="row-tight",
        )

    none = rx.el.p("None yet. A cohort is a word for those who came together, such as Spring 2027.", class_name="muted")
    listed = rx.el.ul(rx.foreach(found.cohorts, cohort), class_name="stack-s")
    return rx.el.section(
        rx.el.h2("Cohorts"), rx.cond(found.cohorts.length() > 0, listed, none), class_name="card stack"
    )


def tags(found: Any) -> rx.Component:
    """List the tags its people have; they are put on people, not on programmes."""

    def tag(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.name, class_name="break"), rx.el.span(one.count, class_name="muted"), class_name="chip"
        )

    none = rx.el.p("None yet. Tags are given on a person’s own page.", class_name="muted")
    listed = rx.el.ul(rx.foreach(found.tags, tag), class_name="row")
    return rx.el.section(
        rx.el.h2("Tags in use"), rx.cond(found.tags.length() > 0, listed, none), class_name="card stack"
    )
