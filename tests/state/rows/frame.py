"""The frame of the pages, signing in, the dashboard, settings, accounts and mail."""

from app.state.login import MANAGER as MANAGERS
from app.state.login import PUBLIC, SIGNED_IN
from tests.state.callers import MANAGER
from tests.state.rows.base import Row

MANAGERS_LOGIN = 3

ROWS: dict[str, Row] = {
    "LoginState.enter": Row(PUBLIC),
    "LoginState.look": Row(PUBLIC),
    "LoginState.page_broke": Row(PUBLIC, ("Error", "here")),
    "LoginState.stay": Row(SIGNED_IN),
    "SignInState.open_sign_in": Row(PUBLIC),
    "HomeState.follow": Row(SIGNED_IN),
    "SettingsState.open_settings": Row(MANAGERS),
    "SettingsState.save": Row(
        MANAGERS, ({"name": "Taken over", "zone": "UTC", "kind": "coaching"},), works_for=MANAGER
    ),
    "SettingsState.test_mail": Row(MANAGERS, works_for=MANAGER),
    "AccountState.open_account": Row(SIGNED_IN),
    "AccountState.save_self": Row(SIGNED_IN, ({"first_name": ""},)),
    "AccountState.save_password": Row(SIGNED_IN, ({"password": "short"},)),
    "AccountState.choose_message_mails": Row(SIGNED_IN, (True,)),
    "AccountState.sign_out_one": Row(SIGNED_IN, (MANAGERS_LOGIN,)),
    "OutboxState.load": Row(MANAGERS),
    "OutboxState.follow": Row(MANAGERS),
    "OutboxState.choose_status": Row(MANAGERS, ("failed",)),
    "OutboxState.search": Row(MANAGERS, ("Mia",)),
    "OutboxState.go_to": Row(MANAGERS, (1,)),
    "OutboxState.open": Row(MANAGERS, (1,)),
    "OutboxState.show_part": Row(MANAGERS, ("text",)),
    "OutboxState.close": Row(MANAGERS),
    "OutboxState.retry": Row(MANAGERS),
}
