"""The sign-in page: a native form, so that the cookie is set by HTTP and no script ever sees it."""

import reflex as rx

from app.components.basics import field, note, text_input
from app.components.shell import native_form
from app.pages.shell import plain_shell
from app.state.shell import LoginState
from app.state.sign_in import SignInState

ROUTE = "/sign-in"
TITLE = "Sign in · Meridian"
IS_PUBLIC = True
ON_LOAD = [SignInState.open_sign_in]


def page() -> rx.Component:
    """Ask for e-mail and password, or send a link."""
    return plain_shell(
        rx.el.section(
            rx.el.h1("Sign in"),
            rx.cond(LoginState.is_set_up, rx.fragment(), not_set_up()),
            rx.cond(SignInState.said, note(SignInState.said, look="good", icon_name="check"), rx.fragment()),
            rx.el.p(SignInState.problem, class_name="form-error", role="alert", id="problem"),
            form(),
            class_name="sheet",
        )
    )


def form() -> rx.Component:
    """One form with two ways out: the password, or a link by e-mail."""
    return native_form(
        field(
            "E-mail address",
            text_input(
                "email",
                type="email",
                auto_complete="username",
                required=True,
                max_length=254,
                auto_focus=True,
            ),
            name="email",
        ),
        field(
            "Password",
            text_input("password", type="password", auto_complete="current-password"),
            name="password",
        ),
        rx.el.button("Sign in", type="submit", class_name="button primary"),
        rx.el.span("or", class_name="or"),
        rx.el.button(
            "E-mail me a link instead",
            type="submit",
            class_name="button",
            custom_attrs={"formAction": "/sign-in/link"},
        ),
        action="/sign-in",
        method="post",
        custom_attrs={"data-leaves": ""},
    )


def not_set_up() -> rx.Component:
    """Tell whoever started an empty installation where to begin."""
    return note("This Meridian is new. Open the set-up link that was printed where it was started.", look="warn")
