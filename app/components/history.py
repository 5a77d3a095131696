"""What became of something: who did what, when and why. Knows no state."""

from typing import Any

import reflex as rx


def history(entries: Any, *, between: str = " ", class_name: str = "") -> rx.Component:
    """Show `HistoryEntry`s, folded away; `between` stands between who and what."""
    lines = rx.foreach(
        entries,
        lambda entry: rx.el.li(
            rx.el.p(rx.el.strong(entry.who), between, entry.what, class_name="break"),
            rx.cond(entry.reason, rx.el.p("“", entry.reason, "”", class_name="small prose"), rx.fragment()),
            rx.el.p(entry.at, class_name="muted small"),
        ),
    )
    return rx.el.details(
        rx.el.summary("History"),
        rx.cond(
            entries.length() > 0,
            rx.el.ol(lines, class_name="history"),
            rx.el.p("Nothing has happened yet.", class_name="muted small"),
        ),
        class_name=f"session-history {class_name}",
    )
