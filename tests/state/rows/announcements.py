"""Announcements: writing them, and reading one."""

from app.models.queries.people import PersonFound
from app.models.words.announcements import Reach
from app.state.announcement_form import Chosen, Reached
from app.state.login import MANAGER as MANAGERS
from app.state.login import SIGNED_IN
from tests.state.callers import ANNOUNCEMENT, MANAGER, MENTEE, SCHEDULED
from tests.state.rows.base import Row

WRITTEN = {
    "is_writing": True,
    "is_asking": True,
    "chosen": Chosen(reach=Reach.PEOPLE, people=[PersonFound(MENTEE, "Mia", "", "M")]),
    "reached": Reached(1, "1 person will get it: Mia Mentee."),
    "subject": "Taken over",
    "_text": "Taken over",
    "_key": "a" * 32,
}

ROWS: dict[str, Row] = {
    "AnnouncementsState.opened": Row(MANAGERS, path=f"/announcements?session={SCHEDULED}"),
    "AnnouncementsState.follow": Row(MANAGERS),
    "AnnouncementsState.show_earlier": Row(MANAGERS),
    "AnnouncementsState.write": Row(MANAGERS),
    "AnnouncementsState.leave": Row(MANAGERS),
    "AnnouncementsState.choose": Row(MANAGERS, ("session", str(SCHEDULED)), WRITTEN),
    "AnnouncementsState.search": Row(MANAGERS, ("Mia",)),
    "AnnouncementsState.close_search": Row(MANAGERS),
    "AnnouncementsState.add_person": Row(MANAGERS, (MENTEE,)),
    "AnnouncementsState.drop_person": Row(MANAGERS, (MENTEE,)),
    "AnnouncementsState.ask": Row(MANAGERS, ({"subject": "Taken over", "text": "Taken over"},), WRITTEN),
    "AnnouncementsState.stay": Row(MANAGERS),
    "AnnouncementsState.send": Row(MANAGERS, values=WRITTEN, works_for=MANAGER),
    "AnnouncementState.opened": Row(SIGNED_IN, path=f"/announcements/{ANNOUNCEMENT}"),
}
