"""What a session is, in the words of its list and its files: its number, its type, for whom and about what."""

from dataclasses import dataclass

from app.models.permissions import Access
from app.models.queries.session_list_rows import TYPE_WORDS
from app.models.words import Audience, Kind, Part


@dataclass(frozen=True)
class CardFact:
    """One thing that is said of a session. `href` leads to a page about it, "" nowhere."""

    label: str
    words: str
    href: str = ""


def about_session(access: Access) -> list[CardFact]:
    """Say what is said of it; its ID, which files ask for, only to a manager or its host. Reads nothing."""
    session, is_group = access.session, access.session.kind == Kind.GROUP
    said = {
        "ID": str(session.id) if access.parts & {Part.MANAGER, Part.HOST} else "",
        "Type": TYPE_WORDS[session.audience] if is_group else "",
        "Recommended for": ", ".join(session.recommended_for),
        "Categories": ", ".join(session.categories),
        "Medium": ", ".join(session.medium),
    }
    facts = [CardFact(label, words) for label, words in said.items() if words]
    if is_group and session.audience == Audience.PUBLIC and session.slug:
        facts.append(CardFact("Public page", "Open it, with its QR code", f"/g/{session.slug}"))
    if is_group and Part.MANAGER in access.parts:
        facts.append(
            CardFact("Announcement", "Write to everybody who takes part", f"/announcements?session={session.id}")
        )
    return facts
