"""People, and how a browser is known to be theirs."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.models.tables.base import (
    instant,
    long_text,
    maybe_instant,
    primary_key,
    to,
    word,
)
from app.models.words import Rank


class Person(SQLModel, table=True):
    """Anybody Meridian knows. Without password and roles it is a visitor who registered.

    `email` is case-folded and unique. `zone` "" means: as the browser says.
    `search_text` is the folded name and e-mail that type-aheads look in.
    """

    id: int | None = primary_key()
    email: str = Field(unique=True, max_length=254)
    first_name: str = Field(default="", max_length=400)
    last_name: str = Field(default="", max_length=400)
    search_text: str = long_text()
    password_hash: str | None = None
    rank: str = word(Rank.NONE)
    zone: str = ""
    browser_zone: str = ""
    bio: str = long_text()
    slug: str = Field(unique=True)
    mails_messages: bool = True  # whether unread messages are told by e-mail
    feed_number: int = 0  # part of the secret in their calendar feed links; a new number voids the old links
    deactivated_at: datetime | None = maybe_instant()
    created_at: datetime = instant()

    @property
    def name(self) -> str:
        """First and last name; the e-mail where there is neither."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


class PersonTag(SQLModel, table=True):
    """A word managers put on people to find them together; one row a person and word."""

    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: int | None = primary_key()
    person_id: int = to("person.id", index=False)
    name: str = Field(max_length=100, index=True)


class Login(SQLModel, table=True):
    """A signed-in browser. Only the SHA-256 of its cookie is kept."""

    id: int | None = primary_key()
    person_id: int = to("person.id")
    token_hash: str = Field(unique=True)
    browser: str = Field(default="", max_length=400)
    created_at: datetime = instant()
    expires_at: datetime = instant()


class MailedLink(SQLModel, table=True):
    """A one-time link for one purpose. Only the SHA-256 of its token is kept; `person_id` is None for set-up."""

    id: int | None = primary_key()
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    purpose: str
    token_hash: str = Field(unique=True)
    created_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = maybe_instant()


class Attempt(SQLModel, table=True):
    """A failed try to sign in, kept to slow down guessing. `key` is a hash of the e-mail or of the address."""

    id: int | None = primary_key()
    key: str = Field(index=True)
    at: datetime = instant(index=True)
