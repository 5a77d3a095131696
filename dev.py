#!/usr/bin/env python3
"""Runs, tests and maintains Meridian on a machine that has only Python 3.11 or newer.

Standard library only (`serving.py` too): it brings `.venv` in step with the hash-pinned locks and then hands
over to the programs installed there. It must not import anything of the application.
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import serving
from serving import ROOT

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
ZONES = ("Asia/Kolkata", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe")
GIVING_WAY = "--giving-way"
BEHIND = 10
"""The niceness of what gives way: about a tenth of the processor while others want it."""
TIDIES_FOR = 20.0
"""So many seconds what is interrupted has to end what it started itself."""
REACHED_AT = {"localhost": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where this machine reaches a server that listens on a name or on every network."""

Runs = Sequence[tuple[str, tuple[str, ...], dict[str, object]]]


def stamp_of(kind: str) -> Path:
    """Return the file that records which lock the environment was last brought in step with."""
    return VENV / f".lock-{kind}"


def is_in_step(kind: str) -> bool:
    """Tell whether `.venv` already holds what this kind of lock asks for."""
    stamp = stamp_of(kind)
    digest = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == digest


def create_environment() -> None:
    """Create `.venv` with pip in it, or stop with the remedy."""
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError:
        sys.exit("This Python has no ensurepip. On Debian and Ubuntu: apt-get install python3-venv")


def install(kind: str) -> None:
    """Install the lock into `.venv` and stamp it; print pip's words only when it fails."""
    print(f"Installing dependencies ({LOCKS[kind].name}) …", flush=True)
    if not PYTHON.exists():
        create_environment()
    options = ("--require-hashes", "--disable-pip-version-check", "-r", str(LOCKS[kind]))
    command = [str(PYTHON), "-m", "pip", "install", *options]
    result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode:
        sys.exit(f"{result.stdout}\nInstalling the dependencies failed.")
    for stamped in ("run", kind):
        stamp_of(stamped).write_text(hashlib.sha256(LOCKS[stamped].read_bytes()).hexdigest())


def set_up(kind: str) -> None:
    """Bring `.venv` in step with the lock, once, however many start at the same moment."""
    if is_in_step(kind):
        return
    with serving.one_at_a_time(VENV / ".setup.lock"):
        if not is_in_step(kind):
            install(kind)


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen on this port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(host: str) -> int:
    """Return PORT, else 3000, else the next free one; a PORT that is taken stops the start."""
    wanted = os.environ.get("PORT")
    if wanted:
        if not wanted.isdigit() or not 0 < int(wanted) < 65536:
            sys.exit(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
        if not is_free(host, int(wanted)):
            sys.exit(f"Port {wanted} is taken. Choose another one with PORT=…")
        return int(wanted)
    free = next((port for port in range(3000, 3100) if is_free(host, port)), None)
    return free or sys.exit("No free port from 3000 to 3099. Choose one with PORT=…")


def address_of(host: str, port: int) -> str:
    """Return the address of a server as a browser on this machine asks for it."""
    shown = REACHED_AT.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def environment(**extra: object) -> dict[str, str]:
    """Return the environment for what runs inside `.venv`."""
    env = {**os.environ, **{key: str(value) for key, value in extra.items()}}
    env["PATH"] = str(BIN) + os.pathsep + env.get("PATH", "")
    env["VIRTUAL_ENV"] = str(VENV)
    env.setdefault("PYTHONUTF8", "1")
    return env


def call(*command: object, **extra: object) -> int:
    """Run a command inside `.venv` from the project's folder and return its exit code."""
    return subprocess.run([*map(str, command)], check=False, cwd=ROOT, env=environment(**extra)).returncode


def become(*command: object, **extra: object) -> NoReturn:
    """Replace this process by a command inside `.venv`, so that signals reach it directly."""
    if os.name == "nt":
        sys.exit(call(*command, **extra))
    os.chdir(ROOT)
    os.execve(str(command[0]), [*map(str, command)], environment(**extra))


def prepare() -> tuple[str, int, dict[str, str]]:
    """Bring the installation up to date for its server; give host, port and the server's environment."""
    set_up("run")
    host = os.environ.get("MERIDIAN_HOST", "127.0.0.1")
    port = choose_port(host)
    url = os.environ.get("MERIDIAN_PUBLIC_URL", "").rstrip("/") or address_of(host, port)
    settings = environment(MERIDIAN_PUBLIC_URL=url, PORT=port)
    code = call(PYTHON, "-m", "app.prepare", **settings)
    if code:
        sys.exit(code)
    print(f"Meridian will be at {url}", flush=True)
    return host, port, settings


def run(_arguments: list[str]) -> NoReturn:
    """Start Meridian for use."""
    host, port, settings = prepare()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that a build under way ends too
    try:
        pages = serving.build(PYTHON, ROOT / (os.environ.get("REFLEX_WEB_WORKDIR") or ".web"), settings)
    except ChildProcessError as error:
        sys.exit(str(error))
    become(*serving.server(PYTHON, host, port), **serving.served(pages, settings))


def dev(_arguments: list[str]) -> NoReturn:
    """Start Meridian for development: the server reloads when a file changes."""
    host, port, settings = prepare()
    settings.setdefault("REFLEX_WEB_WORKDIR", ".web-dev")  # it rebuilds there, beside what `run` and the tests build
    settings.setdefault("REFLEX_HOT_RELOAD_OVERRIDE_PATHS", "app:assets:rxconfig.py")  # data/ changes by itself
    ports = ("--frontend-port", port, "--backend-port", port, "--backend-host", host)
    become(PYTHON, "-m", "reflex", "run", "--env", "preview", *ports, **settings)


def test(arguments: list[str]) -> NoReturn:
    """Run every test as CI does, or only what the given pytest arguments select."""
    set_up("dev")
    pytest = (PYTHON, "-m", "pytest")
    if arguments:
        become(*pytest, *arguments, TZ=os.environ.get("TZ", "UTC"))
    browser: Runs = [("the browser, TZ=UTC", ("tests/e2e",), {"TZ": "UTC"})]
    sys.exit(run_beside(browser, pytest, (sys.executable, __file__, "rules", GIVING_WAY)))


def rules(arguments: list[str]) -> NoReturn:
    """Run every test that needs no browser."""
    set_up("dev")
    if GIVING_WAY in arguments:
        give_way()
    runs: Runs = [
        ("SQLite, TZ=UTC", ("--ignore=tests/e2e",), {"TZ": "UTC"}),
        ("PostgreSQL, TZ=UTC", ("--postgresql", "--ignore=tests/e2e"), {"TZ": "UTC"}),
        *((f"time, TZ={zone}", ("-m", "zones", "--ignore=tests/e2e"), {"TZ": zone}) for zone in ZONES),
    ]
    sys.exit(run_all(runs, (PYTHON, "-m", "pytest")))


def run_beside(runs: Runs, command: tuple[object, ...], other: tuple[str, ...]) -> int:
    """Run `other` behind the runs, which mostly wait; what it prints is shown when both ended."""
    with tempfile.TemporaryFile("w+") as kept:
        beside = subprocess.Popen(other, stdout=kept, stderr=subprocess.STDOUT, start_new_session=os.name != "nt")
        try:
            codes = run_all(runs, command), beside.wait()
        finally:
            interrupt(beside)
        kept.seek(0)
        print(kept.read(), flush=True)
    return next((code for code in codes if code), 0)


def interrupt(process: "subprocess.Popen[bytes]") -> None:
    """End a session of processes as Ctrl-C would, unless it ended by itself; those that are deaf to that, by force."""
    if process.poll() is not None:
        return
    for sign in (signal.SIGINT, signal.SIGTERM):
        if os.name == "nt":
            process.terminate()
        else:
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(TIDIES_FOR)
            return


def give_way() -> None:
    """Let everything else on this machine go first. Linux shares out by session before it looks at niceness."""
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(BEHIND))


def run_all(runs: Runs, command: tuple[object, ...]) -> int:
    """Run each and print how they ended; return the first exit code that is not 0."""
    codes: list[tuple[str, int, float]] = []
    for name, options, extra in runs:
        print(f"\n── {name}", flush=True)
        began = time.monotonic()
        code = call(*command, *options, **extra)
        codes.append((name, code, time.monotonic() - began))
    print()
    for name, code, seconds in codes:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {name} ({seconds:.0f} s)", flush=True)
    return next((code for _, code, _ in codes if code), 0)


def check(_arguments: list[str]) -> NoReturn:
    """Run the static checks: lint, format, types, layers."""
    set_up("dev")
    checks: Runs = [
        ("lint", ("-m", "ruff", "check", "."), {}),
        ("format", ("-m", "ruff", "format", "--check", "."), {}),
        ("types", ("-m", "basedpyright"), {}),
        ("layers", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"), {}),
    ]
    sys.exit(run_all(checks, (PYTHON,)))


def migrate(_arguments: list[str]) -> None:
    """Bring the database's tables up to date."""
    set_up("run")
    become(PYTHON, "-c", "from app.models import migrations; migrations.upgrade()")


def demo(arguments: list[str]) -> NoReturn:
    """Fill an empty database with demo data (--sessions N scales it)."""
    set_up("run")
    become(PYTHON, "-m", "app.models.demo", *arguments)


def from_here(arguments: list[str]) -> list[str]:
    """Make the files that are named whole, for the command runs in the project's folder."""
    return [one if one.startswith("-") else str(Path(one).resolve()) for one in arguments]


def backup(arguments: list[str]) -> NoReturn:
    """Write everything to one FILE, while the server runs or not."""
    set_up("run")
    become(PYTHON, "-m", "app.models.keeping", "backup", *from_here(arguments))


def restore(arguments: list[str]) -> NoReturn:
    """Put the backup FILE in the place of everything (--yes does not ask)."""
    set_up("run")
    become(PYTHON, "-m", "app.models.keeping", "restore", *from_here(arguments))


def bench(arguments: list[str]) -> NoReturn:
    """Measure the calendar's speed beside a bare yardstick."""
    set_up("dev")
    become(PYTHON, "-m", "tests.bench", *arguments)


def setup(_arguments: list[str]) -> None:
    """Install everything for development and stop."""
    set_up("dev")
    print(f"Ready: {PYTHON}")


COMMANDS = {
    action.__name__: action for action in (run, test, rules, check, dev, demo, backup, restore, bench, migrate, setup)
}


def main() -> None:
    """Read the command line and do what it says."""
    if sys.version_info < (3, 11):
        sys.exit(f"Meridian needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {action.__doc__}" for name, action in COMMANDS.items())
    parser = argparse.ArgumentParser(
        usage="python3 dev.py COMMAND [ARGUMENTS]",
        epilog=f"commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of those below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to the command")
    chosen = parser.parse_args()
    try:
        COMMANDS[chosen.command](chosen.arguments)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
