"""What the account page says of a refusal."""

from datetime import timedelta

from app.models.commands.guessing import TooManyTries
from app.models.errors import Problem, Refusal
from app.state.account import NO_ERRORS, errors_of


def test_refusal_of_a_field_is_said_at_the_field() -> None:
    assert errors_of(Refusal.of("zone", "No zone."), "first_name") == NO_ERRORS | {"zone": "No zone."}


def test_refusal_of_no_field_is_said_where_it_is_seen() -> None:
    said = "There were too many tries. Wait 15 seconds, then try again."
    assert errors_of(TooManyTries(timedelta(seconds=15)), "password") == NO_ERRORS | {"password": said}
    both = Refusal(Problem("password", "Short."), Problem("", "Wait."))
    assert errors_of(both, "password") == NO_ERRORS | {"password": "Wait. Short."}
