"""The house of an organisation, for tests whose words or rights come from it too. Import the fixture to have it."""

import pytest

from tests.models.factories import House, make_house, make_organisation


@pytest.fixture
def house(empty: None) -> House:
    """A programme of an organisation, with a manager and a pair, and nothing booked."""
    make_organisation()
    return make_house()
