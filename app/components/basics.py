"""The pieces every page is made of. They know their looks and their accessibility, and nothing else."""

from typing import Any

import reflex as rx

Text = str | rx.Var[str]
Label = Text | rx.Component


def icon(name: str, **props: Any) -> rx.Component:
    """Show a lucide icon that says nothing by itself; the word stands beside it."""
    return rx.icon(name, size=props.pop("size", 16), aria_hidden="true", **props)


def button(label: Label, *, look: str = "", icon_name: str = "", **props: Any) -> rx.Component:
    """Show a button; `look` is "", primary, quiet or danger."""
    props.setdefault("type", "button")
    shown = [icon(icon_name)] if icon_name else []
    return rx.el.button(*shown, label, class_name=f"button {look} {props.pop('class_name', '')}", **props)


def icon_button(icon_name: str, label: Text, *, look: str = "quiet", **props: Any) -> rx.Component:
    """Show a button that is only an icon; `label` is its name."""
    props.setdefault("type", "button")
    attributes = {"aria-label": label, "title": label} | props.pop("custom_attrs", {})
    return rx.el.button(
        icon(icon_name),
        class_name=f"button icon-only {look} {props.pop('class_name', '')}",
        custom_attrs=attributes,
        **props,
    )


def link_button(label: Text, href: Text, *, look: str = "", icon_name: str = "", **props: Any) -> rx.Component:
    """Show a link that looks like a button."""
    shown = [icon(icon_name)] if icon_name else []
    return rx.el.a(*shown, label, href=href, class_name=f"button {look} {props.pop('class_name', '')}", **props)


def field(
    label: Text,
    control: rx.Component,
    *,
    name: str,
    error: Text = "",
    hint: Text = "",
    class_name: str = "",
) -> rx.Component:
    """Put a label above `control` (whose id is `name`), a hint and the error below it."""
    return rx.el.div(
        rx.el.label(label, html_for=name),
        control,
        rx.cond(hint, rx.el.span(hint, class_name="hint", id=f"{name}-hint"), rx.fragment()),
        rx.el.span(error, class_name="error", id=f"{name}-error", role="alert"),
        class_name=f"field {class_name}",
    )


def text_input(name: str, *, error: Text = "", **props: Any) -> rx.Component:
    """Make a single-line input, described by its field's hint and error."""
    return rx.el.input(id=name, name=name, class_name="input", custom_attrs=_described(name, error, props), **props)


def text_area(name: str, *, error: Text = "", **props: Any) -> rx.Component:
    """Make an input of several lines."""
    return rx.el.textarea(id=name, name=name, class_name="input", custom_attrs=_described(name, error, props), **props)


def select(name: str, *options: rx.Component, error: Text = "", **props: Any) -> rx.Component:
    """Make a native select of `rx.el.option`s."""
    attributes = _described(name, error, props)
    return rx.el.select(*options, id=name, name=name, class_name="input", custom_attrs=attributes, **props)


def checkbox(label: Text, *, name: str, **props: Any) -> rx.Component:
    """Make a check box with its words beside it."""
    return rx.el.label(rx.el.input(type="checkbox", id=name, name=name, **props), label, class_name="check")


def answered_box(checked: Any, **props: Any) -> rx.Component:
    """Make a check box (or `type="radio"`) that is as the server answers; `checked` is its Var.

    A click shows at once, and is taken back only where the server does not agree (meridian.js).
    """
    props.setdefault("type", "checkbox")
    said = {"data-answered": rx.cond(checked, "true", "false")}
    return rx.el.input(checked=checked, custom_attrs=said | props.pop("custom_attrs", {}), **props)


def dialog(
    title: Text,
    *children: rx.Component,
    is_open: Any,
    on_close: Any,
    foot: list[rx.Component] | None = None,
    look: str = "",
) -> rx.Component:
    """Show a modal window while `is_open`; Escape, the cross and a click outside call `on_close`.

    The browser traps and returns the focus (meridian.js). On phones it is a sheet at the bottom.
    """
    closer = icon_button("x", "Close", on_click=on_close, custom_attrs={"data-close": ""})
    window = rx.el.dialog(
        rx.el.div(rx.el.h2(title), closer, class_name="dialog-head"),
        rx.el.div(*children, class_name="dialog-body"),
        rx.el.div(*foot, class_name="dialog-foot") if foot else rx.fragment(),
        class_name=f"dialog {look}",
        custom_attrs={"data-modal": "", "aria-label": title},
    )
    return rx.cond(is_open, window, rx.fragment())


def status_badge(status: Text, word: Text) -> rx.Component:
    """Show a status by icon, word and colour; `status` is a value of words.Shown or words.Status."""
    return rx.el.span(rx.el.span(class_name="status-icon"), word, class_name=f"status is-{status}")


def note(text: Any, *, look: str = "", icon_name: str = "info") -> rx.Component:
    """Show a remark; `look` is "", warn, danger or good."""
    return rx.el.div(icon(icon_name), rx.el.div(text, class_name="grow"), class_name=f"note {look}")


def finding(look: Any, *said: Any) -> rx.Component:
    """Say how something would go; `look` is good, warn or danger, and shown by an icon too."""
    mark = rx.match(look, ("good", icon("circle-check")), ("warn", icon("triangle-alert")), icon("circle-alert"))
    return rx.el.div(mark, rx.el.div(*said, class_name="grow stack-s"), class_name=f"note {look}")


def empty(icon_name: str, title: Text, text: Text, *actions: rx.Component) -> rx.Component:
    """Say that there is nothing, why, and what can be done."""
    return rx.el.div(icon(icon_name), rx.el.h2(title), rx.el.p(text), *actions, class_name="empty")


def avatar(initials: Text) -> rx.Component:
    """Show a person's initials in a circle."""
    return rx.el.span(initials, class_name="avatar", aria_hidden="true")


def _described(name: str, error: Text, props: dict[str, Any]) -> dict[str, Any]:
    invalid = rx.cond(error, "true", "false")
    return {"aria-describedby": f"{name}-hint {name}-error", "aria-invalid": invalid} | props.pop("custom_attrs", {})
