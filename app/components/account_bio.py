"""What one tells the world of oneself, on the account page. It knows no state."""

from typing import Any

import reflex as rx

from app.components.basics import button, field, text_area
from app.components.settings import part


def bio_form(bio: Any, profile: Any, error: Any, *, on_save: Any) -> rx.Component:
    """Ask for a few sentences, and show where they are read."""
    link = rx.el.a("Open your public profile", href=profile, custom_attrs={"reloadDocument": True})
    return rx.el.form(
        part(
            "About you",
            "A few sentences for those you work with. Of people who host sessions, they stand on the public profile.",
            field(
                "About you",
                text_area("bio", error=error, default_value=bio, rows=5, max_length=2000, key=bio),
                name="bio",
                error=error,
            ),
            rx.el.div(button("Save", type="submit"), rx.cond(profile, link, rx.fragment()), class_name="row"),
            anchor="about",
        ),
        on_submit=on_save,
        custom_attrs={"noValidate": True},
    )
