"""Serves a yardstick: one process of its own on a free port, until the block ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.servers import free_port

PATIENCE_SECONDS = 60


@contextmanager
def serve(app: str, **settings: object) -> Iterator[str]:
    """Serve `app` ("module:name") with these settings in its environment; give its address once it listens."""
    port = free_port()
    env = {**os.environ, **{name: str(value) for name, value in settings.items()}}
    options = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen([sys.executable, "-m", "granian", *options, app], env=env)
    try:
        wait_until_it_listens(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=15)


def wait_until_it_listens(port: int) -> None:
    """Try to connect until somebody answers. Raises OSError after a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
