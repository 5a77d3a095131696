"""The doors of pictures: who may bring one, what is taken, and that anybody may look."""

import io
from datetime import timedelta
from functools import partial

import pytest
from PIL import Image
from sqlmodel import col, select

from app.delivery.pictures import ROUTES
from app.models import clock
from app.models.commands.pictures import UNUSED_KEPT
from app.models.database import reading, transaction
from app.models.tables import Membership, Picture
from app.models.words import Role
from tests.delivery.doors import open_doors
from tests.delivery.world import NOW, World, at
from tests.support.asgi import Asking

MANAGER, MENTOR = "maria@northlight.example", "barbara@northlight.example"
MENTEE, NOBODY = "arjun@northlight.example", ""
browser_of = partial(open_doors, ROUTES)


@pytest.fixture
def people(world: World) -> World:
    """Maria manages, Barbara mentors, Arjun is a mentee."""
    world.manager()
    for person, role in ((world.barbara, Role.MENTOR), (world.arjun, Role.MENTEE)):
        world.save(Membership(program_id=world.program.id, person_id=person.id, role=role, created_at=NOW))
    return world


def drawn(colour: str = "red", kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(written, kind)
    return written.getvalue()


def send(browser: Asking, content: bytes, position: str = "50", **headers: str) -> tuple[int, str]:
    """Give the status, and the key or what was wrong."""
    files, fields = {"file": ("photo.jpg", content)}, {"position": position}
    answer = browser.post("/pictures", files=files, data=fields, headers=headers)
    is_json = answer.headers["content-type"].startswith("application/json")
    return answer.status_code, next(iter(answer.json().values())) if is_json else answer.text


def kept() -> list[str]:
    with reading() as db:
        return list(db.exec(select(Picture.key).order_by(col(Picture.key))))


@pytest.mark.parametrize("who", [MANAGER, MENTOR])
def test_picture_is_kept_and_anybody_may_look(people: World, who: str) -> None:
    status, key = send(browser_of(who), drawn())
    assert (status, kept()) == (200, [key])
    seen = browser_of(NOBODY).get(f"/pictures/{key}")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
    assert seen.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_preview_is_a_jpeg_that_every_chat_can_read(people: World) -> None:
    _, key = send(browser_of(MANAGER), drawn(kind="PNG"))
    seen = browser_of(NOBODY).get(f"/pictures/{key}.jpg")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 180))
    assert browser_of(NOBODY).get("/pictures/none.jpg").status_code == 404
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert Image.open(io.BytesIO(seen.content)).size == (320, 180)


@pytest.mark.parametrize("who", [NOBODY, MENTEE])
def test_who_runs_no_sessions_finds_no_door(people: World, who: str) -> None:
    assert send(browser_of(who), drawn()) == (404, "This page was not found.")
    assert kept() == []


def test_same_picture_twice_is_one(people: World) -> None:
    browser = browser_of(MANAGER)
    assert send(browser, drawn()) == send(browser, drawn())
    assert len(kept()) == 1


@pytest.mark.parametrize("position", ["", "-1", "1e9", "abc", "99999", "²"])
def test_strange_position_is_the_middle(people: World, position: str) -> None:
    browser = browser_of(MANAGER)
    assert send(browser, drawn(), position) == send(browser, drawn())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "This is not a picture we can read."),
        (b"%PDF-1.7 and so on", "This is not a picture we can read."),
        (b"\xff\xd8\xff" + b"a" * (8 * 1024 * 1024), "This file is too large. A picture may have up to 8 MB."),
    ],
)
def test_what_is_no_picture_is_refused_in_words(people: World, content: bytes, problem: str) -> None:
    status, said = send(browser_of(MANAGER), content)
    assert (status, said[: len(problem)], kept()) == (422, problem, [])


def test_form_without_a_file_is_refused_in_words(people: World) -> None:
    answer = browser_of(MANAGER).post("/pictures", data={"position": "50"})
    assert (answer.status_code, answer.json()["problem"][:23]) == (422, "No picture was chosen. ")


def test_thirty_megabytes_are_refused_before_they_are_read(people: World) -> None:
    headers = {"content-length": str(30 * 1024 * 1024), "content-type": "multipart/form-data; boundary=x"}
    assert browser_of(MANAGER).post("/pictures", content=b"a" * 30, headers=headers).status_code == 413


def test_form_of_another_site_is_refused(people: World) -> None:
    assert send(browser_of(MANAGER), drawn(), origin="https://evil.example")[0] == 403


@pytest.mark.parametrize("key", ["0" * 64, "..%2Fetc", "x"])
def test_picture_that_is_not_there_is_not_found(people: World, key: str) -> None:
    assert browser_of(NOBODY).get(f"/pictures/{key}").status_code == 404


def test_pictures_that_no_session_shows_are_thrown_away_in_time(people: World) -> None:
    browser = browser_of(MANAGER)
    shown, forgotten = (send(browser, drawn(colour))[1] for colour in ("red", "blue"))
    people.update(people.group(at("2026-10-05T17:00"), []), image=shown)
    with transaction() as db:
        for picture in db.exec(select(Picture)):
            picture.created_at = clock.now() - UNUSED_KEPT - timedelta(minutes=1)
    assert len(kept()) == 2
    added = send(browser, drawn("green"))[1]
    assert kept() == sorted([shown, added])
    assert forgotten not in kept()
