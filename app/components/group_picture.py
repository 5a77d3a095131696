"""Choosing a session's picture. The browser sends the file (groups.js); the form keeps only its key. Knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import icon


def picture(form: Any) -> rx.Component:
    """Show the picture, and the ways to choose, shift and remove it."""
    image = form.shown["image"]
    return rx.el.fieldset(
        rx.el.legend("Picture"),
        rx.el.input(
            type="text",
            name="image",
            default_value=image,
            tab_index=-1,
            class_name="visually-hidden",
            aria_hidden="true",
            custom_attrs={"data-picture-key": ""},
        ),
        rx.cond(
            image, rx.el.img(src=f"/pictures/{image}", alt="The session’s picture", class_name="group-frame"), blank()
        ),
        rx.el.div(
            chooser("Choose a picture", "image-up", "library"),
            rx.el.span(chooser("Take a photo", "camera", "camera", capture="environment"), class_name="touch-only"),
            rx.cond(
                image,
                rx.el.button(
                    icon("trash-2"),
                    "Remove",
                    type="button",
                    class_name="button quiet",
                    custom_attrs={"data-picture-remove": ""},
                ),
                rx.fragment(),
            ),
            class_name="row",
        ),
        shifter(),
        rx.el.span("PNG, JPEG, WebP or GIF, up to 8 MB. Where it was taken is not kept.", class_name="hint"),
        rx.el.span(class_name="small", role="status", custom_attrs={"data-picture-status": ""}),
        rx.el.span(form.errors["image"], class_name="error", id="image-error", role="alert"),
        rx.el.span(class_name="error", role="alert", custom_attrs={"data-picture-problem": ""}),
        class_name="field group-picture",
        custom_attrs={"data-picture": str(8 * 1024 * 1024)},
    )


def blank() -> rx.Component:
    """Show where the picture will be."""
    return rx.el.div(icon("image", size=28), aria_hidden="true", class_name="group-frame blank")


def chooser(label: str, icon_name: str, name: str, **attributes: str) -> rx.Component:
    """Offer one way to a file; the camera only where there is likely one."""
    return rx.el.label(
        rx.el.input(
            type="file",
            accept="image/*",
            id=f"picture-{name}",
            class_name="visually-hidden",
            custom_attrs={"data-picture-file": "", **attributes},
        ),
        icon(icon_name),
        label,
        class_name="button",
    )


def shifter() -> rx.Component:
    """Choose which part is seen, after a file was chosen; groups.js shows it."""
    return rx.el.label(
        rx.el.span("Part that is seen"),
        rx.el.input(
            type="range", min="0", max="100", step="5", default_value="50", custom_attrs={"data-picture-position": ""}
        ),
        hidden=True,
        class_name="group-shift",
        custom_attrs={"data-picture-shift": ""},
    )
