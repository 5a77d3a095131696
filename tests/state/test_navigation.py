"""The navigation leads to pages that there are, and a phone's bottom keeps to five."""

import pytest

from app.app import PAGES
from app.components.navigation import MANAGERS, PERSONAL, TOP, Entry

GROUPS = {"managers": MANAGERS, "personal": PERSONAL}


@pytest.mark.parametrize("entry", [*MANAGERS, *PERSONAL, TOP], ids=lambda entry: entry.href)
def test_every_entry_leads_to_a_page(entry: Entry) -> None:
    assert entry.href in [module.ROUTE for module in PAGES]


@pytest.mark.parametrize("group", GROUPS)
def test_bottom_of_a_phone_has_room_for_its_tabs_and_the_menu(group: str) -> None:
    assert len([entry for entry in GROUPS[group] if entry.short]) <= 4
