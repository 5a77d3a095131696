"""Asks axe-core what it finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


SCHEMES = ("light", "dark")
WEARS = """async (scheme) => {
  const worn = document.documentElement.classList;
  if ((worn.contains("light") || worn.contains("dark")) && !worn.contains(scheme)) return false;
  await Promise.allSettled(document.getAnimations().map((moves) => moves.finished));
  return true;
}"""
"""Whether the page wears this scheme, with every change of colour at its end."""


def assert_accessible(page: Page) -> None:
    """Fail on anything serious or critical, light and dark, naming the rule and the elements."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(WEARS, arg=scheme)
        found = Axe().run(page).response["violations"]
        grave = [violation for violation in found if violation["impact"] in GRAVE]
        assert not grave, "\n".join([f"{scheme}:", *map(describe, grave)])


def describe(violation: dict) -> str:
    """Say what is wrong and where."""
    where = "\n".join(f"    {node['html'][:160]}" for node in violation["nodes"][:5])
    return f"{violation['impact']}: {violation['id']}: {violation['help']}\n{where}"
