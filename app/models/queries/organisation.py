"""Reading the organisation: what everybody sees of it, and its settings for those who manage it."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session as Db

from app.models.database import reading
from app.models.permissions import Viewer, require_org_manager
from app.models.tables import Organisation
from app.models.words import KIND_WORDS, ProgramKind, ProgramWords


@dataclass(frozen=True)
class House:
    """What anybody may see of the organisation. `logo` is the address of its picture, or ""."""

    name: str = "Meridian"
    logo: str = ""
    zone: str = "UTC"
    public_contact: str = ""
    is_set_up: bool = False
    is_demo: bool = False


@dataclass(frozen=True)
class Settings:
    """What a manager of the organisation may change. The BigBlueButton secret never leaves the server."""

    name: str
    zone: str
    kind: str
    logo: str
    mail_sender: str
    mail_sender_name: str
    consent_text: str
    public_contact: str
    bbb_url: str
    has_bbb_secret: bool


def logo_address(logo: str) -> str:
    """Give where a picture is served; it changes with the picture, so that it can be cached."""
    return f"/logo/{hashed(logo)}" if logo else ""


def hashed(logo: str) -> str:
    """Give a short name for exactly this picture."""
    return hashlib.sha256(logo.encode()).hexdigest()[:16]


def read_house(db: Db) -> House:
    """Read what anybody may see; before the set-up it is Meridian's own."""
    row = db.get(Organisation, 1)
    if row is None:
        return House()
    return House(row.name, logo_address(row.logo), row.zone, row.public_contact, True, row.is_demo)


def read_settings(db: Db, viewer: Viewer) -> Settings:
    """Read the settings. Raises NotFound for anybody but owner and managers."""
    require_org_manager(viewer)
    row = db.get_one(Organisation, 1)
    return Settings(
        name=row.name,
        zone=row.zone,
        kind=row.kind,
        logo=logo_address(row.logo),
        mail_sender=row.mail_sender,
        mail_sender_name=row.mail_sender_name,
        consent_text=row.consent_text,
        public_contact=row.public_contact,
        bbb_url=row.bbb_url,
        has_bbb_secret=bool(row.bbb_secret),
    )


def usual_words(row: Organisation | None) -> ProgramWords:
    """Give what the organisation mostly calls its people, for pages that speak of several programmes."""
    return KIND_WORDS[ProgramKind(row.kind)] if row else ProgramWords()


def read_logo(db: Db) -> str:
    """Give the organisation's picture as a data: URL, "" for none."""
    row = db.get(Organisation, 1)
    return row.logo if row else ""


def database_answers() -> bool:
    """Whether the database can be read now."""
    try:
        with reading() as db:
            db.get(Organisation, 1)
    except SQLAlchemyError:
        return False
    return True
