"""What the tests of the insights count by hand, and the month they look at."""

from datetime import date

from sqlmodel import Session as Db

from app.models.database import reading, transaction
from app.models.insights import Asked
from app.models.permissions import Viewer
from app.models.queries.insights import Insights, open_insights
from app.models.queries.insights_page import InsightsPage, load_insights
from app.models.tables import Seat
from app.models.words import Shown
from tests.models.factories import (
    NOW,
    seats,
)
from tests.models.organised import house

__all__ = ["house"]

MARCH = Asked(first=date(2026, 3, 2), last=date(2026, 3, 29))


def counted(who: Viewer, asked: Asked = MARCH) -> list[dict[Shown, int]]:
    with reading() as db:
        return open_insights(db, who, NOW, asked).by_week()


def page(who: Viewer, asked: Asked = MARCH) -> InsightsPage:
    with reading() as db:
        return load_insights(db, who, NOW, asked)


def opened(db: Db, who: Viewer, asked: Asked = MARCH) -> Insights:
    return open_insights(db, who, NOW, asked)


def attend(session_id: int, **attended: bool | None) -> None:
    """Note who came, by `p<person id>`; of the others it is not known."""
    with transaction() as db:
        for person_id, seat in seats(session_id).items():
            db.get_one(Seat, seat.id).attended = attended.get(f"p{person_id}")
