"""What the tests of the commands begin with."""

import pytest

from tests.models.factories import House, make_house


@pytest.fixture
def house() -> House:
    """A programme with a manager and a pair, and nothing booked."""
    return make_house()
