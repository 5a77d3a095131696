"""The signed addresses of a BigBlueButton server."""

import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from app.models.bigbluebutton import Room

ROOM = Room("https://bbb.example.org/bigbluebutton/api", "639259d4-9dd8-4b25-bf01", "room-1", "Algebra", 60)


def checksum_of(url: str, call: str, secret: str) -> str:
    query = urlsplit(url).query.rpartition("&checksum=")[0]
    return hashlib.sha256(f"{call}{query}{secret}".encode()).hexdigest()


@pytest.mark.parametrize(
    "server",
    [
        "https://bbb.example.org",
        "https://bbb.example.org/",
        "https://bbb.example.org/bigbluebutton",
        "https://bbb.example.org/bigbluebutton/",
        "https://bbb.example.org/bigbluebutton/api",
        "https://bbb.example.org/bigbluebutton/api/",
    ],
)
def test_server_may_be_pasted_in_any_form(server: str):
    url = Room(server, "s", "room-1", "Algebra", 60).create_url()

    assert url.startswith("https://bbb.example.org/bigbluebutton/api/create?meetingID=room-1&")


def test_create_url_is_signed_over_call_query_and_secret():
    url = ROOM.create_url()
    values = {name: one for name, [one] in parse_qs(urlsplit(url).query).items()}

    assert values.pop("checksum") == checksum_of(url, "create", ROOM.secret)
    assert values["meetingID"] == "room-1"
    assert values["name"] == "Algebra"
    assert values["duration"] == "120"


def test_join_url_makes_the_host_moderator_by_role_and_password():
    host, guest = (ROOM.join_url(7, "Zoë Ünal & Co", moderates=moderates) for moderates in (True, False))
    one, other = (parse_qs(urlsplit(url).query) for url in (host, guest))
    created = parse_qs(urlsplit(ROOM.create_url()).query)

    assert one["checksum"] == [checksum_of(host, "join", ROOM.secret)]
    assert one["fullName"] == ["Zoë Ünal & Co"]
    assert (one["role"], other["role"]) == (["MODERATOR"], ["VIEWER"])
    assert (one["password"], other["password"]) == (created["moderatorPW"], created["attendeePW"])


def test_join_url_tells_a_visitor_no_number_and_is_the_same_person_each_time():
    known, again, other, nobody, another = (
        parse_qs(urlsplit(ROOM.join_url(person, "Ann", moderates=False)).query)["userID"][0]
        for person in (7, 7, 8, 0, 0)
    )

    assert known == again
    assert len({known, other, nobody, another}) == 4
    assert {len(one) for one in (known, other, nobody)} == {24}


def test_passwords_differ_by_room_and_secret():
    others = (Room(ROOM.server, ROOM.secret, "room-2", "A", 60), Room(ROOM.server, "other", "room-1", "A", 60))
    passwords = {parse_qs(urlsplit(room.create_url()).query)["moderatorPW"][0] for room in (ROOM, *others)}

    assert len(passwords) == 3
