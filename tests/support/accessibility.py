"""Asks axe-core what it finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


def assert_accessible(page: Page) -> None:
    """Fail on anything serious or critical, naming the rule and the elements."""
    found = Axe().run(page).response["violations"]
    grave = [violation for violation in found if violation["impact"] in GRAVE]
    assert not grave, "\n".join(describe(violation) for violation in grave)


def describe(violation: dict) -> str:
    """Say what is wrong and where."""
    where = "\n".join(f"    {node['html'][:160]}" for node in violation["nodes"][:5])
    return f"{violation['impact']}: {violation['id']}: {violation['help']}\n{where}"
