"""Finds a browser by really launching it, installs one where it can, and stops the run where it cannot."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

Launch = dict[str, Any]
ON_PATH = ("chromium", "chromium-browser", "google-chrome")


def is_root() -> bool:
    """Tell whether this process may install packages, and whether Chromium refuses its own sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def quiet_flags() -> list[str]:
    """List the flags that keep Chromium from calling anybody."""
    flags = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return ["--no-sandbox", *flags] if is_root() else flags


def installed_browsers() -> list[tuple[str, Launch]]:
    """List what may be launched without installing anything, in the order of trying."""
    paths = [found for found in map(shutil.which, ON_PATH) if found]
    return [
        ("Playwright's own Chromium", {}),
        ("Chrome", {"channel": "chrome"}),
        ("Edge", {"channel": "msedge"}),
        *((path, {"executable_path": path}) for path in paths),
    ]


def run(*command: str) -> str:
    """Run a command; give what was wrong, or an empty string."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=env, check=False)
    except OSError as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()[-400:]


def mend_driver() -> str:
    """Make Playwright's own driver run: slim images lack a library it needs."""
    wrong = run(sys.executable, "-m", "playwright", "--version")
    if wrong and is_root() and shutil.which("apt-get"):
        run("apt-get", "update")
        run("apt-get", "install", "-y", "--no-install-recommends", "libatomic1")
        wrong = run(sys.executable, "-m", "playwright", "--version")
    return wrong


def install_from_playwright() -> str:
    """Install Playwright's own Chromium, with the libraries it needs where that is allowed."""
    wrong = run(sys.executable, "-m", "playwright", "install", "chromium")
    if not wrong and is_root() and shutil.which("apt-get"):
        wrong = run(sys.executable, "-m", "playwright", "install-deps", "chromium")
    return wrong


def install_from_apt() -> str:
    """Install Debian's or Ubuntu's Chromium."""
    if not (is_root() and shutil.which("apt-get")):
        return "needs root and apt"
    run("apt-get", "update")
    return run("apt-get", "install", "-y", "--no-install-recommends", "chromium")


class Search:
    """The tries so far, to be shown where none succeeds."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright = playwright
        self.tries: list[str] = []

    def try_one(self, name: str, options: Launch) -> Browser | None:
        """Launch this one for real."""
        try:
            return self.playwright.chromium.launch(args=quiet_flags(), **options)
        except PlaywrightError as error:
            self.tries.append(f"{name}: {error.message.strip().splitlines()[0]}")
            return None

    def try_installed(self) -> Browser | None:
        """Launch the first that starts."""
        launched = (self.try_one(name, options) for name, options in installed_browsers())
        return next((browser for browser in launched if browser), None)

    def install_and_try(self, name: str, install: Callable[[], str]) -> Browser | None:
        """Install one and look again."""
        print(f"… {name}", file=sys.stderr, flush=True)
        wrong = install()
        if wrong:
            self.tries.append(f"{name}: {wrong}")
            return None
        return self.try_installed()


def launch(playwright: Playwright) -> Browser:
    """Launch a browser, or end the whole run with every try and the remedy."""
    search = Search(playwright)
    named = os.environ.get("E2E_BROWSER")
    if named:
        found = search.try_one(f"E2E_BROWSER={named}", {"executable_path": named})
    else:
        found = (
            search.try_installed()
            or search.install_and_try("playwright install chromium", install_from_playwright)
            or search.install_and_try("apt-get install chromium", install_from_apt)
        )
    if found:
        return found
    tries = "\n".join(f"  {line}" for line in search.tries)
    remedy = "Install Chromium or Chrome, or name one with E2E_BROWSER=/path/to/browser."
    return pytest.exit(f"No browser could be launched for the browser tests.\n{tries}\n{remedy}", returncode=3)
