"""The length that a group session's form begins with, and what somebody typed over it."""

from app.models.permissions import Viewer
from app.state.group_fields import changed_fields, new_form
from app.state.group_screen import read_screen
from tests.models.factories import House, make_house, make_organisation
from tests.state import callers
from tests.state.callers import MANAGER
from tests.state.rows.groups import FIELDS, NEW


def two_houses() -> tuple[House, House]:
    """Two programmes of one mentor, of an hour and a half and of three quarters."""
    make_organisation()
    return make_house(default_minutes=90), make_house(name="Singing", default_minutes=45)


def length(who: Viewer, program_id: int, **typed: str) -> tuple[str, str]:
    shown = read_screen(who, new_form(typed, {"zone": who.zone, "program": str(program_id)}), 0).shown
    return shown["hours"], shown["minutes"]


def test_length_is_the_programmes_until_another_is_typed() -> None:
    long, short = two_houses()
    assert (length(long.manager, long.program_id), length(short.manager, short.program_id)) == (
        ("1", "30"),
        ("0", "45"),
    )
    assert length(long.manager, long.program_id, hours="2", minutes="") == ("2", "")


def test_length_that_is_changed_in_part_is_meant_whole() -> None:
    shown = new_form({}, {"hours": "1", "minutes": "30"})
    assert changed_fields(shown, shown | {"hours": "2"}) == {"hours": "2", "minutes": "30"}
    assert changed_fields(shown, shown | {"title": "Chess"}) == {"title": "Chess"}


def test_another_programme_brings_its_length_to_a_box_that_nobody_touched() -> None:
    cookie = callers.world()[MANAGER]
    untouched = {"hours": "", "minutes": ""}
    values = NEW | {"_fields": FIELDS | untouched, "shown": FIELDS | {"hours": "1", "minutes": "30"}}
    sent = FIELDS | {"hours": "1", "minutes": "30", "audience": "private"}
    heard = callers.call(callers.handlers()["GroupFormState.change"], cookie, (sent,), values, "/sessions/new")
    assert heard.says('[\\"minutes\\", \\"30\\", \\"0\\"]')
    typed = values | {"_fields": FIELDS | {"hours": "1", "minutes": "30"}}
    heard = callers.call(callers.handlers()["GroupFormState.change"], cookie, (sent,), typed, "/sessions/new")
    assert not heard.says("getElementById")
