"""The commands a newcomer types."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.support.servers import ROOT, answers, base_environment, free_port


def test_port_given_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    assert dev.choose_port("127.0.0.1") == port


def test_port_given_that_is_in_use_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match="is taken"):
            dev.choose_port("127.0.0.1")


@pytest.mark.parametrize("wrong", ["web", "0", "70000", "-1"])
def test_port_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PORT", wrong)
    with pytest.raises(SystemExit, match="from 1 to 65535"):
        dev.choose_port("127.0.0.1")


def test_port_not_given_is_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setattr(dev, "is_free", lambda _host, port: port == 3002)
    assert dev.choose_port("127.0.0.1") == 3002


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:3000"),
        ("localhost", "http://127.0.0.1:3000"),
        ("0.0.0.0", "http://127.0.0.1:3000"),
        ("::", "http://[::1]:3000"),
        ("::1", "http://[::1]:3000"),
        ("2001:db8::7", "http://[2001:db8::7]:3000"),
        ("192.0.2.7", "http://192.0.2.7:3000"),
    ],
)
def test_address_is_one_that_a_browser_can_ask_for(host: str, address: str) -> None:
    assert dev.address_of(host, 3000) == address


def test_help_names_every_command() -> None:
    shown = subprocess.run([sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(f"  {name} " in shown.stdout for name in dev.COMMANDS)


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in dev.LOCKS.values():
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text


@pytest.mark.sqlite
def test_run_serves_meridian_until_it_is_told_to_stop(tmp_path: Path) -> None:
    port = free_port()
    env = {**base_environment(), "PORT": str(port), "MERIDIAN_DATA_DIR": str(tmp_path / "data")}
    log = tmp_path / "log"
    with log.open("w") as output:
        command = [sys.executable, "dev.py", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        answered = answers(f"http://127.0.0.1:{port}", process, seconds=300)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    printed = log.read_text()
    assert answered, printed
    assert f"Meridian will be at http://127.0.0.1:{port}" in printed
    assert "Warning" not in printed
    assert (tmp_path / "data" / "meridian.db").exists()


SAY = "import sys; print(sys.argv[1]); sys.exit(int(sys.argv[2]))"


def test_what_runs_beside_is_shown_last_and_the_worst_counts(capfd: pytest.CaptureFixture[str]) -> None:
    runs = [("one", ("first", "0"), {}), ("two", ("second", "3"), {}), ("three", ("third", "0"), {})]
    beside = (sys.executable, "-c", SAY, "beside", "0")
    assert dev.run_beside(runs, (sys.executable, "-c", SAY), beside) == 3
    printed = capfd.readouterr().out
    words = ("first", "second", "third", "ok     one", "FAILED two", "ok     three", "beside")
    assert [printed.index(word) for word in words] == sorted(printed.index(word) for word in words)
    assert dev.run_beside(runs[:1], (sys.executable, "-c", SAY), (*beside[:-1], "4")) == 4


def test_what_runs_beside_ends_where_a_run_cannot_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[subprocess.Popen[bytes]] = []
    interrupt = dev.interrupt
    monkeypatch.setattr(dev, "interrupt", lambda process: (interrupt(process), ended.append(process)))
    with pytest.raises(FileNotFoundError):
        dev.run_beside(
            [("none", (), {})], ("/no/such/command",), (sys.executable, "-c", "import signal; signal.pause()")
        )
    assert [process.poll() is None for process in ended] == [False]


@pytest.mark.parametrize(("hears", "ends_by"), [("default_int_handler", signal.SIGINT), ("SIG_IGN", signal.SIGTERM)])
def test_what_is_deaf_to_an_interruption_is_ended(
    hears: str, ends_by: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "TIDIES_FOR", 60.0 if ends_by == signal.SIGINT else 0.1)
    wait = f"import signal; signal.signal(signal.SIGINT, signal.{hears}); print('ready', flush=True); signal.pause()"
    command = [sys.executable, "-c", wait]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        dev.interrupt(process)
        assert process.poll() == -ends_by


def test_what_gives_way_is_nice() -> None:
    command = [sys.executable, "-c", "import os, dev; dev.give_way(); print(os.nice(0))"]
    printed = subprocess.check_output(command, cwd=ROOT, text=True, start_new_session=True)
    assert int(printed) == min(os.nice(0) + dev.BEHIND, 19)


def test_files_are_named_from_where_the_command_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert dev.from_here(["--yes", "mine.zip"]) == ["--yes", str(tmp_path / "mine.zip")]
