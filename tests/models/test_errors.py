"""What the domain says when it will not do a thing."""

from app.models.errors import NotFound, Problem, Refusal, Stale


def test_refusal_says_everything_that_is_wrong():
    refusal = Refusal(
        Problem("day", "The date is missing.", "Fill it in."), Problem("at", "No."), Problem("at", "Never.")
    )

    assert str(refusal) == "The date is missing. Fill it in. No. Never."
    assert refusal.by_field() == {"day": "The date is missing. Fill it in.", "at": "No. Never."}


def test_not_found_does_not_tell_why():
    assert str(NotFound("session")) == (
        "This session was not found. It may have been removed, or it is not yours to see."
    )
    assert str(Stale()).startswith("Somebody changed this session meanwhile.")


def test_refusal_of_no_field_is_said_where_the_form_wants_it():
    refusal = Refusal(Problem("password", "Short."), Problem("", "Wait."))
    assert refusal.by_field() == {"password": "Short.", "": "Wait."}
    assert refusal.by_field("password") == {"password": "Short. Wait."}


def test_refusal_is_said_at_the_fields_of_the_form():
    places = {"day": "date", "at": "date"}
    refusal = Refusal(Problem("day", "No day."), Problem("at", "No time."), Problem("rank", "No."))
    assert refusal.by_field("form", lambda name: places.get(name, "")) == {"date": "No day. No time.", "form": "No."}
    assert [problem.field for problem in refusal.renamed(lambda name: places.get(name, "")).problems] == [
        "date",
        "date",
        "",
    ]
