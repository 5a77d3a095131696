"""Somebody who takes a mentor's work over, as the tests of it need them."""

from dataclasses import dataclass
from typing import Any

from app.models.commands.handing_over import hand_over
from app.models.database import transaction
from app.models.drafts.relationships import HandOverDraft
from app.models.tables import Relationship
from app.models.words import Role
from tests.models.factories import House, at, do, make_member, make_person, make_relationship, make_session


@dataclass
class Heir:
    """Somebody who takes over."""

    id: int
    house: House

    def draft(self, *session_ids: int, pairs: bool = True, reason: str = "Max is ill") -> HandOverDraft:
        return HandOverDraft(
            from_id=self.house.mentor.person_id,
            to_id=self.id,
            relationship_ids=(self.house.relationship_id,) if pairs else (),
            session_ids=session_ids,
            reason=reason,
        )

    def take(self, *session_ids: int, pairs: bool = True) -> dict[str, Any]:
        return do(hand_over, self.house.manager, self.draft(*session_ids, pairs=pairs))

    def blocks(self, day: int) -> int:
        """Give the heir a session of their own at this day's hour."""
        mentee = make_person("Olaf Other")
        pair = make_relationship(self.house.program_id, self.id, mentee)
        return make_session(self.house, at(day), host_id=self.id, mentee_id=mentee, relationship_id=pair)


def make_heir(house: House) -> Heir:
    """Make another mentor of the programme."""
    person = make_person("Hedi Heir")
    make_member(house.program_id, person, Role.MENTOR)
    with transaction() as db:
        db.get_one(Relationship, house.relationship_id).next_number = 6
    return Heir(person, house)
