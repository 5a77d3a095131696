"""Joining a session whose room a BigBlueButton server makes at Join."""

import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from app.models.words import Platform
from tests.e2e.conftest import PageFactory, ServerFactory
from tests.models import factories as make
from tests.support.meetings import Meetings, database_of, expect_status, hence, press


class Rooms(BaseHTTPRequestHandler):
    """Answers as a BigBlueButton server does, or refuses, and keeps what it was asked."""

    answer: ClassVar[str] = "SUCCESS"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(urlsplit(self.path).path)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(f"<response><returncode>{self.answer}</returncode></response>".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def rooms(answer: str) -> Generator[str]:
    """Run such a server as long as the block lasts."""
    handler = type("Answering", (Rooms,), {"answer": answer, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/bigbluebutton/api"
        http.shutdown()
        thread.join()


def open_session(server: ServerFactory, new_page: PageFactory, address: str) -> tuple[Page, int]:
    one = server()
    with database_of(one):
        make.make_organisation(bbb_url=address, bbb_secret="a secret")
        meetings = Meetings(one, new_page, make.make_house())
        session_id = meetings.session(hence(minutes=5), platform=Platform.BIG_BLUE_BUTTON, link="")
        return meetings.open(meetings.house.mentor, session_id), session_id


def test_join_makes_the_room_and_leads_into_it(server: ServerFactory, new_page: PageFactory) -> None:
    with rooms("SUCCESS") as address:
        page, _ = open_session(server, new_page, address)
        with page.context.expect_page() as opened:
            press(page, "Join")
        expect(opened.value).to_have_url(re.compile(rf"^{re.escape(address)}/join\?"))
        expect_status(page, "In progress")


def test_join_says_so_when_the_room_cannot_be_made(server: ServerFactory, new_page: PageFactory) -> None:
    with rooms("FAILED") as address:
        page, _ = open_session(server, new_page, address)
        press(page, "Join")
        expect(page.get_by_text("The meeting server does not answer.")).to_be_visible()
        expect(page.get_by_role("button", name="Join")).to_be_enabled()
