"""The pages' production build and the server that serves it, for `dev.py` and the tests.

The pages are compiled by a process that ends: the server keeps nothing of it in memory. A build stands
under the digest of what it was made from, and is moved there when it is whole: a start builds only
when something changed, and one that was broken off is never served. Standard library only; it must not import
anything of the application.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Generator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CLIENT = Path("build", "client")
KEPT = 3
"""How many builds stay: a server that was started earlier may still serve an older one."""
SERVED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}
"""What makes Reflex serve compiled pages; the last two are its own and hold for the pinned version."""


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Generator[None]:
    """Hold a lock file, so that two starts at once do not work on the same thing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        if os.name != "nt":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest_sources(env: Mapping[str, str]) -> str:
    """Digest everything the built pages depend on: files, and the settings that are compiled in."""
    names = ("rxconfig.py", "requirements.txt", "bunfig.toml", ".npmrc")
    folders = [*(ROOT / "app").rglob("*.py"), *(ROOT / "assets").rglob("*"), *(ROOT / "reflex.lock").glob("*")]
    compiled_in = {name: env[name] for name in env if name.startswith(("REFLEX_", "VITE_")) and name[-3:] != "DIR"}
    digest = hashlib.sha256(repr(sorted(compiled_in.items())).encode())
    for path in sorted([*folders, *(ROOT / name for name in names)]):
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(python: Path, web: Path, env: Mapping[str, str]) -> Path:
    """Return the folder of the pages that are made of the present sources, in `web`; build them if there are none.

    Raises ChildProcessError with what the build printed, when it fails.
    """
    with one_at_a_time(web / ".building"):
        while not ((pages := web / "pages" / (digest := digest_sources(env))[:16]) / CLIENT).is_dir():
            print("Building the pages …", flush=True)
            export(python, web, env)
            if digest_sources(env) == digest:  # else a file was saved meanwhile, and may be in it or not
                (pages / CLIENT.parent).mkdir(parents=True, exist_ok=True)
                (web / CLIENT).rename(pages / CLIENT)
        os.utime(pages)
        clear_away(pages.parent)
    return pages


def export(python: Path, web: Path, env: Mapping[str, str]) -> None:
    """Run Reflex's production build in `web`; it ends with this process, however that ends."""
    command = [python, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    env = {**env, "REFLEX_WEB_WORKDIR": str(web)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        printed, _ = process.communicate()
    finally:
        if process.poll() is None:
            kill(process)
    if process.returncode:
        raise ChildProcessError(f"{printed}\nBuilding the pages failed.")


def kill(process: "subprocess.Popen[str]") -> None:
    """End a process that began a session, and what it started."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def clear_away(builds: Path) -> None:
    """Remove the builds that nobody has started for the longest."""
    latest = sorted(builds.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in latest[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def server(python: Path, host: str, port: int) -> list[str]:
    """Give the command that serves; it needs `SERVED` and the folder of the pages in its environment."""
    options = ("--interface", "asgi", "--factory", "--host", host, "--port", str(port))
    return [str(python), "-m", "granian", *options, "app.app:app"]


def served(pages: Path, env: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a server of these pages. Without Redis one worker holds every open page."""
    workers = min(max(os.cpu_count() or 1, 2), 8) if env.get("MERIDIAN_REDIS_URL") else 1
    return {"GRANIAN_WORKERS": str(workers), **env, **SERVED, "REFLEX_WEB_WORKDIR": str(pages)}
