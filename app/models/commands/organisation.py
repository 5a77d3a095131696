"""What its managers change about the organisation (P7)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session as Db

from app.models import history
from app.models.drafts import OrganisationDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer, require_org_manager
from app.models.pictures import as_data_url
from app.models.queries.logins import token_hash
from app.models.tables import Notice, Organisation
from app.models.words import NoticeKind

LOGO_SIDE = 320
SECRETS = frozenset({"bbb_secret"})


def change_settings(
    db: Db, viewer: Viewer, now: datetime, draft: OrganisationDraft, *, keeps_secret: bool
) -> dict[str, Any]:
    """Change the settings. `keeps_secret` leaves the BigBlueButton secret as it is, for it is never shown."""
    require_org_manager(viewer)
    row = db.get_one(Organisation, 1)
    wanted: dict[str, Any] = draft.model_dump() | {"mail_sender": draft.mail_sender or ""}
    if keeps_secret:
        wanted["bbb_secret"] = row.bbb_secret
    if wanted["bbb_url"] and not wanted["bbb_secret"]:
        raise Refusal.of("bbb_secret", "BigBlueButton needs its secret too.", "Its administrator can look it up.")
    if not wanted["bbb_url"]:
        wanted["bbb_secret"] = ""
    before = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in wanted.items():
        setattr(row, name, value)
    if before:
        after = {name: wanted[name] for name in before}
        history.record(db, viewer, "settings", now=now, before=_told(before), after=_told(after))
    return {"changed": len(before)}


def change_logo(db: Db, viewer: Viewer, now: datetime, logo: str) -> dict[str, Any]:
    """Take a new logo as `logo_of` made it, "" for none."""
    require_org_manager(viewer)
    db.get_one(Organisation, 1).logo = logo
    history.record(db, viewer, "logo", now=now, after={"has_logo": bool(logo)})
    return {}


def logo_of(content: bytes) -> str:
    """Make a logo of an uploaded file, "" of an empty one. Raises Refusal.

    It may take a second, for which nobody else could write; so it is no part of the command.
    """
    return as_data_url(content, longest_side=LOGO_SIDE, field="logo") if content else ""


def send_test_mail(db: Db, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Write a mail to the viewer, to see whether mails arrive."""
    require_org_manager(viewer)
    key = token_hash(f"{viewer.person_id}:{now.isoformat()}")
    db.add(
        Notice(
            kind=NoticeKind.TEST_MAIL,
            person_id=viewer.person_id,
            dedupe_key=f"{NoticeKind.TEST_MAIL}:{key}",
            created_at=now,
            due_at=now,
            seen_at=now,
        )
    )
    history.record(db, viewer, "test_mail", now=now, person_id=viewer.person_id)
    return {}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: "…" if name in SECRETS else value for name, value in values.items()}
