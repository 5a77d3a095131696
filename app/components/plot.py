"""Draws plots as inline SVG, from what `models.plots` laid out. No library, no script: bars, lines and letters.

Across in percent, down in pixels, so that the letters keep their size on a phone. Colours are the tokens'.
"""

from typing import Any

import reflex as rx

from app.models.plots import HEIGHT

BELOW = 36
"""Room for the labels, in pixels."""


def plot(drawn: Any) -> rx.Component:
    """Show a plot with its legend. `drawn` is a Var of models.plots.Plot; its words say the same."""
    picture = rx.el.svg(
        patterns(),
        rx.foreach(drawn.ticks, tick),
        rx.foreach(drawn.boxes, box),
        rx.foreach(drawn.strokes, stroke),
        rx.foreach(drawn.dots, dot),
        rx.foreach(drawn.labels, label),
        class_name="plot-picture",
        role="img",
        height=str(HEIGHT + BELOW),
        custom_attrs={"aria-label": drawn.words},
    )
    return rx.el.figure(rx.el.ul(rx.foreach(drawn.legend, key), class_name="plot-keys"), picture, class_name="plot")


def patterns() -> rx.Component:
    """Define the stripes that tell pieces apart for who does not see their colour."""

    def stripes(name: str, angle: int) -> rx.Component:
        ground = rx.el.svg.rect(width="6", height="6", class_name=f"stripe-ground of-{name}")
        line = rx.el.svg.rect(width="2.4", height="6", class_name=f"stripe of-{name}")
        turned = {"patternUnits": "userSpaceOnUse", "patternTransform": f"rotate({angle})"}
        return rx.el.svg.pattern(ground, line, id=f"stripes-{name}", width="6", height="6", custom_attrs=turned)

    return rx.el.svg.defs(stripes("cancelled", 45), stripes("pending", -45))


def tick(one: Any) -> rx.Component:
    """Draw a line across, with its number."""
    return rx.el.svg.g(
        rx.el.svg.line(x1="0", x2="100%", y1=one.y, y2=one.y, class_name="plot-line"),
        rx.el.svg.text(one.word, x="0", y=one.y, custom_attrs={"dx": "-8", "dy": "4"}, class_name="plot-word at-end"),
    )


def box(one: Any) -> rx.Component:
    """Draw a piece of a bar."""
    return rx.el.svg.rect(
        rx.el.svg.title(one.words),
        x=one.x,
        y=one.y,
        width=one.width,
        height=one.height,
        class_name="plot-box look-" + one.look,
    )


def stroke(one: Any) -> rx.Component:
    """Draw a line between two points."""
    return rx.el.svg.line(x1=one.x1, y1=one.y1, x2=one.x2, y2=one.y2, class_name="plot-stroke look-" + one.look)


def dot(one: Any) -> rx.Component:
    """Draw a point: a ring for a group, so that colour does not tell alone."""
    return rx.el.svg.circle(
        rx.el.svg.title(one.words), cx=one.x, cy=one.y, r="4", class_name="plot-dot look-" + one.look
    )


def label(one: Any) -> rx.Component:
    """Draw a word below, and the year where it begins."""
    return rx.el.svg.g(
        rx.el.svg.text(one.word, x=one.x, y=str(HEIGHT + 18), class_name="plot-word"),
        rx.el.svg.text(one.year, x=one.x, y=str(HEIGHT + 33), class_name="plot-word"),
    )


def key(one: Any) -> rx.Component:
    """Show one entry of the legend."""
    return rx.el.li(
        rx.el.span(class_name="plot-swatch look-" + one.look, aria_hidden="true"),
        one.word,
        rx.cond(one.count, rx.el.span(one.count, class_name="strong"), rx.fragment()),
    )


def sheet(shown: Any, name: str, *, sums: bool = True) -> rx.Component:
    """Show the numbers of a plot as a table, behind a toggle of the browser's own."""
    heads = rx.el.tr(rx.foreach(shown.headings, lambda text: rx.el.th(text, scope="col")))
    look = "plot-sheet has-sums" if sums else "plot-sheet"
    table = rx.el.table(
        rx.el.caption(name, class_name="visually-hidden"),
        rx.el.thead(heads),
        rx.el.tbody(rx.foreach(shown.rows, sheet_row)),
        class_name=look,
    )
    scroller = rx.el.div(table, class_name="sheet-scroll", tab_index=0, role="region", aria_label=f"{name}: table")
    toggle = rx.el.summary("Show as table", rx.el.span(f": {name}", class_name="visually-hidden"))
    return rx.el.details(toggle, scroller, class_name="as-table")


def sheet_row(cells: Any) -> rx.Component:
    """Show one row; its first cell is its heading."""
    return rx.el.tr(
        rx.foreach(cells, lambda text, place: rx.cond(place == 0, rx.el.th(text, scope="row"), rx.el.td(text)))
    )
