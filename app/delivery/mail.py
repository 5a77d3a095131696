"""Makes the e-mail of a notice: headers, text, HTML, logo and calendar parts. Sends nothing.

One calendar object travels as an alternative of the text, which calendars offer to take over
(RFC 6047 §2.4), and as a file; several travel as files only, one for each UID.
"""

import base64
import binascii
import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from jinja2 import TemplateError

from app.delivery.invitations import Invitation, invitations, sender_address
from app.delivery.rendering import render
from app.delivery.texts import Message, message_of
from app.delivery.who import one_line
from app.models.letters import House, Letter

UNWRITABLE = (ValueError, LookupError, TypeError, AttributeError, TemplateError)
"""What making a mail may raise where a notice's facts are not as they should be."""
NO_WORDS = "This mail could not be written"
LOGO_ID = "logo@meridian"
WHOLE_HEADERS = frozenset({"List-Unsubscribe"})
_IS_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_IS_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=]+)")


class MailPolicy(EmailPolicy):
    """SMTP's own, save that an address in a header stays whole: Python would encode a long one as if it were words."""

    def fold(self, name: str, value: str) -> str:
        """Give a header's lines."""
        return f"{name}: {value}{self.linesep}" if name in WHOLE_HEADERS else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """Give a header's lines as they are sent."""
        return self.fold(name, value).encode("ascii") if name in WHOLE_HEADERS else super().fold_binary(name, value)


POLICY = MailPolicy(linesep=SMTP.linesep)


@dataclass(frozen=True)
class Preview:
    """A mail as a page shows it; `calendars` are the texts of its calendar objects."""

    subject: str
    text: str
    html: str
    calendars: tuple[str, ...]


def compose(letter: Letter, now: datetime) -> EmailMessage:
    """Make the message. Raises ValueError where the reader's address cannot be written in a header."""
    words, objects = message_of(letter), invitations(letter)
    logo = _logo(letter.house)
    mail = EmailMessage(policy=POLICY)
    _address(mail, letter, words, now)
    mail.set_content(_text(letter, words), cte="quoted-printable")
    html = _html(letter, words, f"cid:{LOGO_ID}" if logo else "")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if logo:
        body = mail.get_body(("html",))
        assert isinstance(body, EmailMessage)
        body.add_related(logo[1], "image", logo[0], cid=f"<{LOGO_ID}>", filename=f"logo.{logo[0]}")
    _attach(mail, objects)
    return mail


def subject_of(letter: Letter) -> str:
    """Give the subject; of a notice that cannot be put into words, that."""
    try:
        return one_line(message_of(letter).subject)
    except UNWRITABLE:
        return NO_WORDS


def preview(letter: Letter) -> Preview:
    """Show what would be sent, the logo written into the HTML, without the links that act for their reader."""
    try:
        return _preview(replace(letter, house=replace(letter.house, secret="")))
    except UNWRITABLE:
        return Preview(NO_WORDS, "", "", ())


def _preview(letter: Letter) -> Preview:
    words = message_of(letter)
    logo = letter.house.logo if _logo(letter.house) else ""
    calendars = tuple(made.text for made in invitations(letter))
    return Preview(words.subject, _text(letter, words), _html(letter, words, logo), calendars)


def _address(mail: EmailMessage, letter: Letter, words: Message, now: datetime) -> None:
    house, sender = letter.house, sender_address(letter)
    mail["From"] = _header_address(house.mail_sender_name or house.name, sender)
    mail["To"] = _header_address(letter.reader.name, letter.reader.email)
    mail["Subject"] = one_line(words.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if words.stop:
        # One click in the mail program stops these mails (RFC 8058).
        mail["List-Unsubscribe"] = f"<{words.stop.url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    contact = _IS_EMAIL.search(house.public_contact)
    if contact and contact[0] != sender:
        mail["Reply-To"] = _header_address(house.name, contact[0])


def _header_address(name: str, email: str) -> Address:
    local, _, domain = email.rpartition("@")
    # A domain with other letters travels as punycode (RFC 5891); a local part cannot.
    return Address(one_line(name, 120), addr_spec=f"{local}@{domain.encode('idna').decode()}")


def _text(letter: Letter, words: Message) -> str:
    return render("mail.txt", m=words, house=letter.house)


def _html(letter: Letter, words: Message, logo: str) -> str:
    return render("mail.html", m=words, house=letter.house, logo=logo)


def _logo(house: House) -> tuple[str, bytes] | None:
    """Give the picture's subtype and bytes; a damaged one is left out, for the news matters more."""
    match = _IS_IMAGE.fullmatch(house.logo)
    try:
        return (match[1], base64.b64decode(match[2], validate=True)) if match else None
    except binascii.Error:
        return None


def _attach(mail: EmailMessage, objects: list[Invitation]) -> None:
    if len(objects) == 1:
        made = objects[0]
        mail.add_alternative(made.text, subtype="calendar", cte="base64", params={"method": made.method})
        mail.add_attachment(made.text.encode(), "application", "ics", filename="invite.ics")
        return
    for number, made in enumerate(objects, 1):
        name, method = f"session-{number}.ics", {"method": made.method}
        mail.add_attachment(made.text, subtype="calendar", cte="base64", params=method, filename=name)
