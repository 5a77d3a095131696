"""What is said of a booking that was made."""

from datetime import date, time

from app.models.drafts import BookingDraft, Repetition
from app.models.queries.booking import Party
from app.models.words import Repeat
from app.state.book_booked import Booked, booked_from

ME = Party(id=2, name="Max Mentor", first_name="Max", is_me=True)
MIA = Party(id=3, name="Mia Mentee", first_name="Mia")


def booked(ids: list[int], skipped: tuple[str, ...] = (), *, asks: bool = False, times: int = 0) -> Booked:
    draft = BookingDraft(
        day=date(2026, 11, 26),
        at=time(8),
        zone="Europe/Berlin",
        minutes=60,
        program_id=1,
        mentor_id=2,
        mentee_id=3,
        repetition=Repetition(repeat=Repeat.WEEKLY, times=times) if times else Repetition(),
    )
    return booked_from(draft, {"session_ids": ids, "skipped": list(skipped)}, ME, MIA, asks=asks)


def test_booked_names_the_people_and_the_time() -> None:
    made = booked([7])
    assert (made.title, made.session_href, made.calendar_href) == (
        "The session is booked",
        "/s/7",
        "/calendar?date=2026-11-26",
    )
    assert made.words == "For you and Mia Mentee, on Thursday 26 November 2026, 08:00 (Berlin time, UTC+1)."


def test_booked_series_starts_with_the_first_date_that_was_not_skipped() -> None:
    made = booked([7, 8], ("2026-11-26T08:00",), times=3)
    assert (made.title, made.calendar_href) == ("2 sessions are booked", "/calendar?date=2026-12-03")
    assert "first on Thursday 3 December 2026" in made.words
    assert made.skipped == ["Thu 26 Nov 2026, 08:00"]


def test_booked_says_who_is_asked_to_confirm() -> None:
    assert booked([7], asks=True).words.endswith("(Berlin time, UTC+1). Mia is asked to confirm.")
