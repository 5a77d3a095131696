"""Meridian as it runs in production, built once and started as often as tests want."""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKSHOP = ROOT / ".web-tests"
BUILT_PORT = 3000


def free_port() -> int:
    """Find a port on 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Let one test run at a time into the block."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        if os.name != "nt":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """Digest everything the built pages depend on."""
    digest = hashlib.sha256()
    sources = [*(ROOT / "app").rglob("*.py"), *(ROOT / "assets").rglob("*"), *(ROOT / "reflex.lock").glob("*")]
    for path in sorted([*sources, ROOT / "rxconfig.py", ROOT / "requirements.txt"]):
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build(target: Path) -> Path:
    """Build the pages, unless the last build is of the same sources, and copy them to `target`."""
    with locked(WORKSHOP / ".lock"):
        stamp, wanted = WORKSHOP / ".fingerprint", fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            stamp.unlink(missing_ok=True)
            export()
            stamp.write_text(wanted)
        shutil.copytree(WORKSHOP / "web" / "build" / "client", target)
    return target


def export() -> None:
    """Run Reflex's production build."""
    env = {**base_environment(), "REFLEX_WEB_WORKDIR": str(WORKSHOP / "web"), "PORT": str(BUILT_PORT)}
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.exit(f"The production build failed:\n{done.stdout}\n{done.stderr}", returncode=3)


def base_environment() -> dict[str, str]:
    """Give this process's environment without what would change the installation under test."""
    ours = ("MERIDIAN_", "REFLEX_", "__REFLEX_", "GRANIAN_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours) and key != "PORT"}


def answers(base_url: str, process: "subprocess.Popen[Any]", seconds: float = 60) -> bool:
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
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.data_dir = folder / "data"
        self.data_dir.mkdir(parents=True)
        self.database_url = database_url or f"sqlite:///{self.data_dir / 'meridian.db'}"
        self.log_path = folder / "server.log"
        self.workers = workers
        self.settings = settings
        self.prepared = ""  # what the start printed, such as the set-up link
        self.process: subprocess.Popen[bytes] | None = None
        self._lay_out(built)

    def _lay_out(self, built: Path) -> None:
        client = self.folder / "web" / "build" / "client"
        shutil.copytree(built, client)
        for script in client.glob("assets/reflex-env-*.js"):
            text = script.read_text()
            script.write_text(re.sub(rf"localhost:{BUILT_PORT}\b", f"localhost:{self.port}", text))
            script.with_suffix(".js.gz").unlink(missing_ok=True)

    @property
    def env(self) -> dict[str, str]:
        """The environment of this installation, for the server and for commands run beside it."""
        return {
            **base_environment(),
            "PORT": str(self.port),
            "MERIDIAN_PUBLIC_URL": self.base_url,
            "MERIDIAN_DATA_DIR": str(self.data_dir),
            "MERIDIAN_DATABASE_URL": self.database_url,
            "REFLEX_WEB_WORKDIR": str(self.folder / "web"),
            "REFLEX_STATES_WORKDIR": str(self.folder / "states"),
            "REFLEX_UPLOADED_FILES_DIR": str(self.folder / "uploads"),
            "REFLEX_ENV_MODE": "prod",
            "__REFLEX_SKIP_COMPILE": "true",
            "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
            **self.settings,
        }

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
        options = ["--interface", "asgi", "--factory", "--host", "127.0.0.1", "--port", str(self.port)]
        command = [sys.executable, "-m", "granian", *options, "--workers", str(self.workers), "app.app:app"]
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
