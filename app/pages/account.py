"""One's own account. It must not decide anything: it only composes components."""

import reflex as rx

from app.components.account_bio import bio_form
from app.components.account_feeds import feeds_part
from app.components.latch import once
from app.components.person_privacy import own_data_part
from app.components.settings import browsers_part, mails_part, password_form, self_form
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.account import AccountState
from app.state.account_bio import AccountBioState
from app.state.account_feeds import FeedState
from app.state.shell import LoginState

ROUTE = "/account"
TITLE = "Account · Meridian"
ON_LOAD = [AccountState.open_account, AccountBioState.open_bio, FeedState.open_feeds]
STYLESHEETS = ["/settings.css"]


def page() -> rx.Component:
    """Show names, mails, calendar links, password and browsers."""
    shown, errors = AccountState.shown, AccountState.errors
    content = rx.el.div(
        self_form(shown, errors, drawn=AccountState.drawn, on_save=AccountState.save_self),
        rx.cond(AccountBioState.is_ready, about_you(), rx.fragment()),
        mails_part(shown, on_change=AccountState.choose_message_mails),
        feeds_part(FeedState.feeds, FeedState.asked, FeedState),
        password_form(shown, errors, on_save=AccountState.save_password),
        browsers_part(shown, on_sign_out=AccountState.sign_out_one),
        own_data_part(LoginState.person_id),
        class_name="settings stack",
    )
    return shell(once(AccountState.is_ready, content, skeleton()), title="Account", here="/account")


def about_you() -> rx.Component:
    """Let them say a few words about themself."""
    about = AccountBioState
    return bio_form(about.bio, about.profile, about.error, on_save=about.save_bio)
