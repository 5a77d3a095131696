"""Reflex configuration. Everything that varies between installations comes from the environment.

It must not read the database nor import the application.
"""

import logging
import os
import re
import sysconfig
from typing import Unpack
from urllib.parse import urlsplit

import reflex as rx
from reflex_base.plugins.base import PostBuildContext

# The wheels put bun beside Python; without this an unactivated environment does not find it.
os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + os.environ.get("PATH", "")
# Read by Reflex from the environment only.
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
# A phone that wakes up must not meet its old socket still open on the server.
os.environ.setdefault("REFLEX_SOCKET_INTERVAL", "10")
os.environ.setdefault("REFLEX_SOCKET_TIMEOUT", "20")

# An older Node.js on the machine is of no account: bun builds and nothing needs Node.
logging.getLogger("reflex.utils.js_runtimes").addFilter(
    lambda record: "Node.js is out of date" not in record.getMessage()
)

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PORT = int(os.environ.get("PORT", "3000"))
PUBLIC_URL = os.environ.get("MERIDIAN_PUBLIC_URL", "").rstrip("/") or f"http://127.0.0.1:{PORT}"
REDIS_URL = os.environ.get("MERIDIAN_REDIS_URL") or None
IS_LOCAL = urlsplit(PUBLIC_URL).hostname in LOOPBACK

if REDIS_URL:
    # Without it several workers ask Redis for every state on every event.
    os.environ.setdefault("REFLEX_OPLOCK_ENABLED", "true")


def allowed_origins() -> list[str]:
    """Return every address a browser may open the socket from: the list is exact."""
    local = [f"http://{host}:{PORT}" for host in ("127.0.0.1", "localhost")]
    return list(dict.fromkeys([PUBLIC_URL, *(local if IS_LOCAL else [])]))


class AnyAddress(rx.plugins.Plugin):
    """Lets the built pages ask the address that they came from, so that one build serves every host and port."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Replace the addresses that were compiled in. Raises ValueError where Reflex keeps them elsewhere."""
        (script,) = context["static_dir"].glob("assets/reflex-env-*.js")
        asked = r"`${location.origin.replace('http', '\1')}\2`"
        text, count = re.subn(r"""[`"'](http|ws)://[^/`"']+([^`"']*)[`"']""", asked, script.read_text())
        if not count:
            raise ValueError(f"{script.name} names no address")
        script.write_text(text)


config = rx.Config(
    app_name="app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    cors_allowed_origins=allowed_origins(),
    default_color_mode="system",
    redis_url=REDIS_URL,
    state_manager_mode="redis" if REDIS_URL else "memory",  # pyright: ignore[reportArgumentType]
    plugins=[AnyAddress()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
