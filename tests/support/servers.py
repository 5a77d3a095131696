"""Meridian as it runs in production, built once and started as often as tests want."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from pathlib import Path
from typing import Any

import pytest

import serving
from serving import ROOT

PYTHON = Path(sys.executable)
WEB = ROOT / ".web"


def free_port() -> int:
    """Find a port on 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def hold_port(owner: object) -> int:
    """Find such a port that nobody else on this machine is given as long as its owner lives.

    On Linux a server may listen there all the same: a socket that only holds a port shares it with one
    that listens. Elsewhere the port is found and not held.
    """
    if sys.platform != "linux":
        return free_port()
    holder = socket.socket()
    weakref.finalize(owner, holder.close)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder.getsockname()[1]


def build(target: Path) -> Path:
    """Copy the pages to `target`, built where they are not yet: what is built meanwhile does not take them away."""
    try:
        return shutil.copytree(serving.build(PYTHON, WEB, base_environment()), target)
    except ChildProcessError as error:
        pytest.exit(str(error), returncode=3)


def base_environment() -> dict[str, str]:
    """Give this process's environment without what would change the installation under test."""
    ours = ("MERIDIAN_", "REFLEX_", "__REFLEX_", "GRANIAN_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours) and key != "PORT"}


def answers(base_url: str, process: "subprocess.Popen[Any]", seconds: float = 120) -> bool:
    """Wait until the server answers; false where it ended or took too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base_url}/ping", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


class Server:
    """One installation: its own port, folder and database; it can be stopped, killed and started again."""

    def __init__(self, built: Path, folder: Path, *, database_url: str = "", workers: int = 1, **settings: str) -> None:
        self.port = hold_port(self)  # it has to be free, too, when the server is started again
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.built = built
        self.folder = folder
        self.data_dir = folder / "data"
        self.data_dir.mkdir(parents=True)
        self.database_url = database_url or f"sqlite:///{self.data_dir / 'meridian.db'}"
        self.log_path = folder / "server.log"
        self.workers = workers
        self.settings = settings
        self.prepared = ""  # what the start printed, such as the set-up link
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        """The environment of this installation, for the server and for commands run beside it."""
        settings = {
            "PORT": str(self.port),
            "MERIDIAN_PUBLIC_URL": self.base_url,
            "MERIDIAN_DATA_DIR": str(self.data_dir),
            "MERIDIAN_DATABASE_URL": self.database_url,
            "REFLEX_STATES_WORKDIR": str(self.folder / "states"),
            "REFLEX_UPLOADED_FILES_DIR": str(self.folder / "uploads"),
            "GRANIAN_WORKERS": str(self.workers),
        }
        return serving.served(self.built, {**base_environment(), **settings, **self.settings})

    def run(self, *arguments: str) -> str:
        """Run `python …` in this installation and give what it printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def migrate(self) -> None:
        """Create the tables, without starting the server."""
        self.run("-c", "from app.models import migrations; migrations.upgrade()")

    def start(self) -> "Server":
        """Prepare the database as `dev.py run` does, start the server and wait until it answers."""
        self.prepared = self.run("-m", "app.prepare")
        command = serving.server(PYTHON, "127.0.0.1", self.port)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=os.name != "nt"
            )
        if not answers(self.base_url, self.process):
            raise AssertionError(f"the server did not start:\n{self.log}")
        return self

    @property
    def log(self) -> str:
        """What the server has printed so far."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def stop(self) -> None:
        """End the server in an orderly way."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server and its workers as a power cut would."""
        self._end(getattr(signal, "SIGKILL", signal.SIGTERM))

    def restart(self) -> "Server":
        """Stop and start again, on the same port and database."""
        self.stop()
        return self.start()

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        self._signal(process, how)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait(timeout=15)

    @staticmethod
    def _signal(process: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
        if os.name == "nt":
            process.terminate()
        elif how == signal.SIGTERM:
            process.send_signal(how)
        else:
            os.killpg(process.pid, how)
