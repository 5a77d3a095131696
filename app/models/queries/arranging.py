"""What "Arrange all" would come to, date by date, in words for one viewer. Decides nothing and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session as Db

from app.models import spoken
from app.models.commands import arranging_all
from app.models.commands.arranging_all import Planned
from app.models.commands.dates import Verdict
from app.models.drafts.relationships import ArrangeAllDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.outlook import VERDICT_WORDS


@dataclass(frozen=True)
class PlannedDate:
    """One date: the session that gets it ("" for none), and how it would go."""

    session: str
    words: str
    verdict: str
    verdict_word: str
    messages: str


@dataclass(frozen=True)
class Foreseen:
    """Every date before anything is saved; `look` is good, warn or danger, and belongs to the headline."""

    headline: str = ""
    look: str = ""
    dates: list[PlannedDate] = field(default_factory=list[PlannedDate])
    can_skip: bool = False


def foresee(db: Db, viewer: Viewer, now: datetime, draft: ArrangeAllDraft) -> Foreseen:
    """Work out the dates. What refuses the whole is said in the headline. Raises NotFound for a stranger."""
    try:
        planned = arranging_all.preview(db, viewer, now, draft)
    except Refusal as refusal:
        return Foreseen(headline=str(refusal), look="danger")
    headline, look = _headline(planned, skips=draft.skips_clashes)
    skippable = (Verdict.CLASH, Verdict.MISSING)
    return Foreseen(
        headline=headline,
        look=look,
        dates=[_date(one, skips=draft.skips_clashes) for one in planned],
        can_skip=draft.skips_clashes or any(one.verdict in skippable for one in planned),
    )


def _headline(planned: Sequence[Planned], *, skips: bool) -> tuple[str, str]:
    if not planned:
        return "There is nothing to arrange.", "warn"
    free = sum(one.can_be_booked for one in planned)
    left = len(planned) - free
    if not left:
        return {1: "This date is free.", 2: "Both dates are free."}.get(free, f"All {free} dates are free."), "good"
    if skips:
        return f"{free} dates are free; {left} {'is' if left == 1 else 'are'} left out.", "good"
    return f"{left} of {len(planned)} dates cannot be had.", "danger"


def _date(one: Planned, *, skips: bool) -> PlannedDate:
    is_left_out = skips and not one.can_be_booked and one.verdict != Verdict.PAST
    return PlannedDate(
        session=f"Session {one.number}" if one.number else "",
        words=spoken.wall_moment(one.wall),
        verdict=one.verdict,
        verdict_word="Left out" if is_left_out else VERDICT_WORDS[one.verdict],
        messages=" ".join(one.messages),
    )
