"""The pieces of the settings page and the account page: cards of a form."""

from typing import Any

import reflex as rx

from app.components.basics import answered_box, button, field, select, text_area, text_input
from app.components.latch import once
from app.components.shell import native_form
from app.models.clock import known_zones
from app.models.words import KIND_WORDS


def part(title: str, text: str, *children: rx.Component, anchor: str = "") -> rx.Component:
    """Show one subject of a settings page: what it is on the left, its fields on the right."""
    words = rx.el.div(rx.el.h2(title), rx.el.p(text, class_name="muted small"), class_name="stack-s")
    return rx.el.section(words, rx.el.div(*children, class_name="stack"), class_name="card part", id=anchor or None)


def zone_select(name: str, chosen: Any, *, error: Any, label: str, first: rx.Component | None = None) -> rx.Component:
    """Choose a time zone; `first` stands before the list."""
    options = [rx.el.option(zone.replace("_", " "), value=zone) for zone in known_zones()]
    return field(
        label,
        select(name, *([first] if first is not None else []), *options, error=error, default_value=chosen),
        name=name,
        error=error,
    )


def line(name: str, label: str, value: Any, errors: Any, *, hint: str = "", **props: Any) -> rx.Component:
    """Ask for one line of text. It is uncontrolled: a lost connection takes nothing that was typed."""
    box = text_input(name, error=errors[name], default_value=value, **props)
    return field(label, box, name=name, error=errors[name], hint=hint)


def words_select(kind: Any, *, error: Any) -> rx.Component:
    """Ask what people are called where a page speaks of several programmes."""
    options = [
        rx.el.option(f"{words.mentors.capitalize()} and {words.mentees}", value=kind.value)
        for kind, words in KIND_WORDS.items()
    ]
    return field(
        "What you call your people",
        select("kind", *options, error=error, default_value=kind),
        name="kind",
        error=error,
        hint="Used where a page speaks of several programmes; each programme has its own words.",
    )


def organisation_form(shown: Any, errors: Any, *, on_save: Any, on_test: Any) -> rx.Component:
    """Ask for everything but the logo."""
    return rx.el.form(
        part(
            "Organisation",
            "Shown on pages and in mails.",
            line("name", "Name", shown.name, errors, required=True, max_length=400),
            zone_select("zone", shown.zone, error=errors["zone"], label="Time zone of the organisation"),
            words_select(shown.kind, error=errors["kind"]),
            line(
                "public_contact",
                "Public contact",
                shown.public_contact,
                errors,
                hint="How anybody can reach you, such as an e-mail address or a telephone number.",
            ),
            field(
                "Consent text",
                text_area("consent_text", error=errors["consent_text"], default_value=shown.consent_text),
                name="consent_text",
                error=errors["consent_text"],
                hint="What people agree to when they register for a session.",
            ),
        ),
        part(
            "Mail",
            "Whose name mails carry. Which server sends them is set where Meridian is started (MERIDIAN_SMTP_URL).",
            line("mail_sender_name", "Sender’s name", shown.mail_sender_name, errors),
            line("mail_sender", "Sender’s address", shown.mail_sender, errors, type="email"),
            rx.el.div(button("Send a test e-mail to me", icon_name="send", on_click=on_test)),
        ),
        part(
            "BigBlueButton",
            "With a server, a meeting room is made when somebody joins. Without one, each online session has a link.",
            line("bbb_url", "Server address", shown.bbb_url, errors, placeholder="https://"),
            line(
                "bbb_secret",
                "Shared secret",
                "",
                errors,
                type="password",
                auto_complete="off",
                placeholder=rx.cond(shown.has_bbb_secret, "Kept; type to replace it", ""),
            ),
        ),
        rx.el.div(
            rx.el.p(errors["form"], class_name="form-error", role="alert"),
            button("Save", look="primary", type="submit"),
            class_name="save-bar",
        ),
        on_submit=on_save,
        class_name="stack",
        custom_attrs={"noValidate": True},
    )


def logo_part(shown: Any, problem: Any) -> rx.Component:
    """Show and change the logo. A native form: the file goes by HTTP, not over the socket."""
    shown_logo = rx.cond(
        shown.logo,
        rx.el.img(src=shown.logo, alt="The logo now", class_name="logo-now"),
        rx.el.p("No logo yet.", class_name="muted"),
    )
    upload = native_form(
        rx.el.div(
            rx.el.label("Picture file", html_for="logo-file", class_name="label"),
            rx.el.input(
                type="file",
                name="logo",
                id="logo-file",
                required=True,
                accept="image/png,image/jpeg,image/webp,image/gif",
                class_name="input file",
                custom_attrs={"aria-describedby": "logo-problem logo-hint"},
            ),
            rx.el.span("PNG, JPEG, WebP or GIF, up to 2 MB.", class_name="hint", id="logo-hint"),
            rx.el.span(problem, class_name="error", id="logo-problem", role="alert"),
            class_name="field",
        ),
        rx.el.div(button("Upload", type="submit"), class_name="row"),
        action="/settings/logo",
        method="post",
        enc_type="multipart/form-data",
        class_name="stack",
        custom_attrs={"data-busy": "Uploading …"},
    )
    remove = native_form(
        button("Remove the logo", look="quiet", type="submit", icon_name="trash-2"),
        action="/settings/logo",
        method="post",
    )
    return part(
        "Logo",
        "Beside the name, on pages and in mails.",
        shown_logo,
        upload,
        rx.cond(shown.logo, remove, rx.fragment()),
        anchor="logo",
    )


def self_form(shown: Any, errors: Any, *, drawn: Any, on_save: Any) -> rx.Component:
    """Ask for one's own names and zone."""
    follow = rx.el.option(f"As my browser says ({shown.browser_zone})", value="")
    form = rx.el.form(
        part(
            "You",
            "Your e-mail address is how you sign in; a manager can change it.",
            rx.el.div(
                line("first_name", "First name", shown.first_name, errors, max_length=400, auto_complete="given-name"),
                line("last_name", "Last name", shown.last_name, errors, max_length=400, auto_complete="family-name"),
                class_name="columns",
            ),
            field(
                "E-mail address",
                text_input("email", value=shown.email, read_only=True),
                name="email",
            ),
            rx.el.div(
                zone_select("zone", shown.zone, error=errors["zone"], label="Time zone", first=follow), id="zone-part"
            ),
            rx.el.div(button("Save", look="primary", type="submit")),
        ),
        on_submit=on_save,
        custom_attrs={"noValidate": True},
    )
    return once(drawn != "", form, rx.fragment(), drawn=drawn)


def password_form(shown: Any, errors: Any, *, on_save: Any) -> rx.Component:
    """Ask for a new password."""
    old = line("old_password", "Your password now", "", errors, type="password", auto_complete="current-password")
    return rx.el.form(
        part(
            "Password",
            "A new password signs your other browsers out.",
            rx.cond(shown.asks_old_password, old, rx.fragment()),
            line(
                "password",
                "New password",
                "",
                errors,
                type="password",
                auto_complete="new-password",
                hint="At least 10 characters. A few words are good.",
            ),
            line("password_again", "The same again", "", errors, type="password", auto_complete="new-password"),
            rx.el.div(button("Change the password", type="submit")),
        ),
        on_submit=on_save,
        reset_on_submit=False,
        custom_attrs={"noValidate": True},
    )


def mails_part(shown: Any, *, on_change: Any) -> rx.Component:
    """Ask which mails one wants; kept at once."""
    return part(
        "Mails",
        "What concerns your sessions is always mailed. A message you have read in time is never mailed.",
        rx.el.label(
            answered_box(shown.mails_messages, id="mails_messages", name="mails_messages", on_change=on_change),
            "E-mail me when messages wait for me",
            class_name="check",
        ),
        anchor="mails",
    )


def browsers_part(shown: Any, *, on_sign_out: Any) -> rx.Component:
    """List where one is signed in, with a way out of each and of all."""

    def browser(found: Any) -> rx.Component:
        way_out = rx.cond(
            found.is_this,
            rx.el.span("This browser", class_name="muted small"),
            button("Sign out", on_click=on_sign_out(found.id), custom_attrs={"aria-label": f"Sign out {found.name}"}),
        )
        words = rx.el.div(
            rx.el.span(found.name, class_name="strong"),
            rx.el.span("since ", found.since, class_name="muted small"),
            class_name="stack-s",
        )
        return rx.el.li(words, way_out, class_name="row-apart browser")

    return part(
        "Where you are signed in",
        "Something you do not know? Sign out everywhere and change your password.",
        rx.el.ul(rx.foreach(shown.browsers, browser), class_name="stack"),
        native_form(
            button("Sign out everywhere", look="danger", icon_name="log-out", type="submit"),
            action="/sign-out/everywhere",
            method="post",
            custom_attrs={"data-leaves": ""},
        ),
    )
