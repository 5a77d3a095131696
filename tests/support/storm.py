"""Many people who register at the same moment, over bare HTTP/1.1 connections that are kept open.

A client that does as little as can be, for it shares the machine with the server it measures.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """What one of them was told. `status` 0: the connection broke before an answer came."""

    email: str
    status: int
    milliseconds: float


Watch = Callable[[Sequence[Answer]], None]


async def storm(
    base_url: str,
    path: str,
    emails: Sequence[str],
    concurrency: int,
    watch: Watch = lambda _answers: None,
    network: str = "127.0.0.1",
) -> list[Answer]:
    """Send one registration for each address, `concurrency` at a time; give the answers in the order they came.

    `watch` is shown the answers after each. `network` is where they all come from, to a server behind a proxy.
    """
    waiting, answers = iter(emails), list[Answer]()
    await asyncio.gather(*(_visit(base_url, path, network, waiting, answers, watch) for _ in range(concurrency)))
    return answers


async def _visit(
    base_url: str, path: str, network: str, waiting: Iterator[str], answers: list[Answer], watch: Watch
) -> None:
    at = urlsplit(base_url)
    try:
        reader, writer = await asyncio.open_connection(at.hostname, at.port)
    except OSError:
        return
    for email in waiting:
        began = time.perf_counter()
        try:
            writer.write(_request(base_url, path, network, email))
            status = await _status(reader)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        answers.append(Answer(email, status, (time.perf_counter() - began) * 1e3))
        watch(answers)
        if not status:
            break
    writer.close()


def _request(base_url: str, path: str, network: str, email: str) -> bytes:
    body = urlencode({"name": email.partition("@")[0], "email": email}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(base_url).netloc}\r\nOrigin: {base_url}\r\n"
        f"X-Forwarded-For: {network}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    lengths = [int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")]
    await reader.readexactly(lengths[0] if lengths else 0)
    return int(lines[0].split()[1])
