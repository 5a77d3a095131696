"""What publishing or changing a group session would come to, while its form is being filled.

Asks the commands whom they would let host and invite and what another size would do, and puts
it into words for one viewer; decides nothing and writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session as Db
from sqlmodel import col, select

from app.models import clock, spoken
from app.models.commands import duplicating, enrolling, inviting
from app.models.commands.inviting import may_be_invited
from app.models.commands.publishing import may_host
from app.models.drafts import Times, read
from app.models.drafts.groups import DuplicateDraft
from app.models.drafts.seats import InviteDraft
from app.models.errors import Refusal
from app.models.occupancy import Obstacle, Wish, obstacles
from app.models.period import Period
from app.models.permissions import Viewer
from app.models.queries.group_forms import GroupProgram
from app.models.queries.people import PersonFound, find_among, find_people, shown_as_found
from app.models.tables import Membership, Person, PersonTag, Program, Session
from app.models.words import Role


@dataclass(frozen=True)
class Everybody:
    """A group of people that can be invited at once; `value` is its kind and name, joined by a colon."""

    value: str
    label: str


@dataclass(frozen=True)
class Foresight:
    """How the time would go, in the tone of `look`: good, warn or danger; "" while nothing is known."""

    summary: str = ""
    zone_words: str = ""
    look: str = ""
    headline: str = ""
    problems: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Asked:
    """For which session people are chosen to be invited; `session_id` 0: it is not published yet."""

    viewer: Viewer
    program_id: int
    host_id: int
    maximum: int
    private: bool
    session_id: int = 0


def find_hosts(db: Db, viewer: Viewer, program_id: int, typed: str) -> list[PersonFound]:
    """Find who could host in a programme the viewer manages: its mentors."""
    if not viewer.manages(program_id):
        return []
    return find_people(db, viewer, typed, role=Role.MENTOR, program_id=program_id)


def named_host(db: Db, viewer: Viewer, program_id: int, host_id: int) -> PersonFound:
    """Give the chosen host; the viewer themselves where the chosen one may not host in the programme."""
    chosen = host_id if viewer.manages(program_id) and host_id and may_host(db, program_id, host_id) else 0
    return shown_as_found(db.get_one(Person, chosen or viewer.person_id))


def find_to_invite(db: Db, viewer: Viewer, program_id: int, typed: str, taken: set[int]) -> list[PersonFound]:
    """Find whom the viewer may invite to a programme's session; those in `taken` are left out."""
    among = sa.and_(may_be_invited(viewer, program_id), col(Person.id).not_in(taken))
    return [_discreet(viewer, program_id, one) for one in find_among(db, typed, among)]


def named_to_invite(db: Db, viewer: Viewer, program_id: int, ids: Sequence[int]) -> list[PersonFound]:
    """Name those of these people whom the viewer may invite, in the order given."""
    query = select(Person).where(may_be_invited(viewer, program_id), col(Person.id).in_(ids))
    found = {one.id: _discreet(viewer, program_id, one) for one in db.exec(query)}
    return [found[one] for one in ids if one in found]


def list_everybody(db: Db, viewer: Viewer, program: GroupProgram) -> list[Everybody]:
    """List the groups that can be invited to a programme's session at once: its cohorts, tags, and all of it."""
    members = select(Membership.person_id).where(Membership.program_id == program.id)
    cohorts = select(Membership.cohort).where(Membership.program_id == program.id, Membership.cohort != "").distinct()
    tags = select(PersonTag.name).where(col(PersonTag.person_id).in_(members)).distinct()
    found = [Everybody("program:", f"Everybody of {program.name}")]
    found += [Everybody(f"cohort:{name}", f"Cohort {name}") for name in sorted(db.exec(cohorts))]
    if viewer.manages(program.id):  # tags are the managers' own notes
        found += [Everybody(f"tag:{name}", f"Tag {name}") for name in sorted(db.exec(tags))]
    return found


def foresee(
    db: Db, viewer: Viewer, now: datetime, program_id: int, host_id: int, times: Times | None, session_id: int = 0
) -> Foresight:
    """Say how a time would go for the host, without writing."""
    if times is None:
        return Foresight(zone_words=clock.zone_words(now, viewer.zone))
    wall = datetime.combine(times.day, times.at)
    if not clock.exists(wall, times.zone):
        words = clock.missing_words(wall, times.zone)
        return Foresight(spoken.wall_moment(wall), "", "danger", "This time does not exist.", [words])
    period = Period.lasting(clock.instant(wall, times.zone), times.minutes)
    zone_words = clock.zone_words(period.start, times.zone)
    summary = f"{spoken.day_words(wall)}, {spoken.hours(period, times.zone)} ({zone_words})"
    if period.start <= now and not session_id:
        return Foresight(summary, zone_words, "danger", "This time has passed.")
    program = db.get(Program, program_id)
    touching = program is not None and program.allows_back_to_back
    found = obstacles(db, viewer, [Wish(period, host_id, None, touching, session_id)])
    return Foresight(
        summary,
        zone_words,
        *_verdict_on(found, "This time"),
    )


def foresee_dates(db: Db, viewer: Viewer, now: datetime, session_id: int, draft: DuplicateDraft) -> Foresight:
    """Say how a session's other dates would go for its host, without writing."""
    what = "These dates" if len(draft.days) > 1 else "This date"
    try:
        wishes = duplicating.wishes(db, viewer, now, session_id, draft)
    except Refusal as refusal:
        words = [problem.message for problem in refusal.problems]
        return Foresight(look="danger", headline=f"{what} cannot be had.", problems=words)
    return Foresight("", "", *_verdict_on(obstacles(db, viewer, wishes), what))


def foresee_invites(db: Db, now: datetime, asked: Asked, invites: Mapping[str, Any]) -> tuple[str, str]:
    """Say how many would be invited and what is against it, with the tone; ("", "") where nobody is chosen."""
    if not asked.program_id or not any(invites.values()):
        return "", ""
    try:
        found = _count(db, now, asked, read(InviteDraft, invites))
    except Refusal as refusal:
        return " ".join(str(problem) for problem in refusal.problems), "danger"
    if found["refusal"]:
        return str(found["refusal"]), "danger"
    count, already = found["invited"], found["already"]
    words = f"{_people(count)} will be invited."
    words += f" {already:,} of those chosen already {'takes' if already == 1 else 'take'} part." if already else ""
    return f"{words} {found['warning']}".strip(), "warn" if found["warning"] else "good"


def foresee_size(db: Db, now: datetime, session_id: int, maximum: int) -> str:
    """Say what another maximum would do to those who are in a session, and who wait; "" if nothing."""
    session = db.get_one(Session, session_id)
    if maximum < 2 or maximum == session.maximum:
        return ""
    seen = enrolling.foresee(db, now, session, maximum)
    if seen.refusal:
        return seen.refusal
    said: list[str] = []
    if seen.promoted:
        said.append(f"{_people(len(seen.promoted))} will move up from the waiting list.")
    if seen.put_back:
        said.append(f"{_people(len(seen.put_back))}, the last who came, will go back to the waiting list.")
    return " ".join([*said, "They are told."]) if said else ""


def _count(db: Db, now: datetime, asked: Asked, draft: InviteDraft) -> dict[str, Any]:
    if asked.session_id:
        return inviting.count(db, asked.viewer, now, asked.session_id, draft)
    size: dict[str, Any] = {"maximum": asked.maximum, "private": asked.private}
    return inviting.count_new(db, asked.viewer, now, asked.program_id, asked.host_id, draft, **size)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _discreet(viewer: Viewer, program_id: int, person: Person) -> PersonFound:
    """Give a person as found; a host who is no manager reads no addresses of people they do not work with."""
    shown = shown_as_found(person)
    return shown if viewer.manages(program_id) else replace(shown, email="")


def _verdict_on(found: Sequence[Obstacle], what: str) -> tuple[str, str, list[str]]:
    clashes = [one.message for one in found if not one.only_warns]
    if clashes:
        return "danger", f"{what} cannot be had.", clashes
    if found:
        return "warn", "It can be had, with a warning.", [one.message for one in found]
    return "good", f"{what} {'are' if what.endswith('s') else 'is'} free.", []
