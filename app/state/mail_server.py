"""Whether mails leave: what a page promises depends on it. It sends nothing."""

from app.delivery import settings


def mails_leave() -> bool:
    """Whether a mail server is set that can be read; without one every mail waits."""
    try:
        return settings.mail_server() is not None
    except settings.BadMailServer:
        return False
