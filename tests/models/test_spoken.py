"""Times, names, recurrences and texts as sentences."""

from datetime import timedelta

import pytest

from app.models import spoken
from app.models.period import Period
from app.models.spoken import Piece
from tests.models.factories import BERLIN, at, wall


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("No link.", [Piece("No link.")]),
        ("See https://a.example/x?y=1&z=2.", [Piece("See "), Piece(*["https://a.example/x?y=1&z=2"] * 2), Piece(".")]),
        ("(http://a.example/b)", [Piece("("), Piece(*["http://a.example/b"] * 2), Piece(")")]),
        ("javascript:alert(1)", [Piece("javascript:alert(1)")]),
        ('https://a.example/"onclick=x', [Piece(*["https://a.example/"] * 2), Piece('"onclick=x')]),
        ("(www.a.example/b)", [Piece("("), Piece("www.a.example/b", "https://www.a.example/b"), Piece(")")]),
        ("m@www.a.example awww.b www. www..", [Piece("m@www.a.example awww.b www. www..")]),
        ("data:text/html,x ftp://a.example", [Piece("data:text/html,x ftp://a.example")]),
    ],
)
def test_pieces_make_links_of_web_addresses_only(text: str, cut: list[Piece]) -> None:
    assert spoken.pieces(text) == cut


def test_pieces_lose_no_letter() -> None:
    text = "a https://b.example/c, d\nhttps://e.example/f"
    assert "".join(piece.text for piece in spoken.pieces(text)) == text


def test_hours_name_the_day_where_a_session_ends_on_another() -> None:
    assert spoken.hours(Period.lasting(at(1, 17), 90), BERLIN) == "17:00–18:30"
    assert spoken.hours(Period.lasting(at(1, 23, 30), 60), BERLIN) == "23:30 – Wednesday 4 March, 00:30"


def test_span_names_the_zone_as_it_is_then() -> None:
    summer = Period.lasting(at(1, 17) + timedelta(days=90), 60)
    assert spoken.span(summer, BERLIN) == "Mon 1 Jun 2026, 18:00–19:00 (Berlin time, UTC+2)"


def test_brief_moment_names_the_year_where_it_is_another() -> None:
    assert spoken.brief_moment(at(2, 17), BERLIN, at(1)) == "Wed 4 Mar, 17:00"
    assert spoken.brief_moment(at(2, 17), BERLIN, at(1) + timedelta(days=365)) == "Wed 4 Mar 2026, 17:00"


@pytest.mark.parametrize(
    ("minutes", "said"), [(30, "30 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (120, "2 hours")]
)
def test_duration_is_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert spoken.duration(minutes) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], ""),
        (["Ann"], "Ann"),
        (["Ann", "Tom"], "Ann and Tom"),
        (["Ann", "Tom", "Eve"], "Ann, Tom and Eve"),
        (["Ann", "Tom", "Eve", "Jo", "Li"], "Ann, Tom, Eve and 2 others"),
    ],
)
def test_names_are_joined_and_counted(people: list[str], said: str) -> None:
    assert spoken.names(people) == said


@pytest.mark.parametrize(
    ("rrule", "said"),
    [
        ("FREQ=WEEKLY;COUNT=12", "Weekly on Tuesdays until 19 May 2026"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=8", "Every 2 weeks on Tuesdays and Thursdays until 19 May 2026"),
        ("FREQ=DAILY;COUNT=3", "Daily until 19 May 2026"),
        ("FREQ=MONTHLY;INTERVAL=3;COUNT=3", "Every 3 months until 19 May 2026"),
    ],
)
def test_recurrence_is_said_as_people_do(rrule: str, said: str) -> None:
    assert spoken.recurrence(rrule, wall(2026, 3, 3, 17), wall(2026, 5, 19, 17)) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann", "A"),
        ("Bea Kowalski", "BK"),
        ("Maria Anna Weber", "MW"),
        ("(Jo) öz", "Ö"),
        ("p@example.org", "P"),
        ("", "?"),
    ],
)
def test_initials_are_those_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert spoken.initials(name) == letters


@pytest.mark.parametrize(
    ("start", "minutes", "end"), [("17:00", 90, "18:30"), ("23:30", 60, "00:30"), ("09:05", 0, "09:05")]
)
def test_later_is_an_hour_on_the_clock(start: str, minutes: int, end: str) -> None:
    assert spoken.later(start, minutes) == end
