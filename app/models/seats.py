"""Who has a place in a group session, who waits, and what a step does to both. Pure: no database, no clock of its own.

A `Seating` is a working copy of a session's seats. Each step changes it and notes what
happened, for `commands.seating` to write down; so every step that frees a place also gives it
away, and none can leave more people inside than there are places.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.models.words import NoticeKind, SeatStatus

HOLD = timedelta(minutes=30)
"""How long a place is held for a visitor who has not confirmed yet."""
TICK = timedelta(microseconds=1)
INSIDE = frozenset({SeatStatus.ENROLLED, SeatStatus.UNCONFIRMED})
IN = INSIDE | {SeatStatus.WAITING}
_STANDING = {
    SeatStatus.ENROLLED: NoticeKind.ENROLLED,
    SeatStatus.UNCONFIRMED: NoticeKind.CONFIRM,
    SeatStatus.WAITING: NoticeKind.WAITING,
}
"""What who is in is told of their place."""


@dataclass(frozen=True)
class Place:
    """One person's seat. `since` is when its status began; the waiting list goes by it."""

    person_id: int
    status: SeatStatus
    since: datetime
    seat_id: int | None = None
    is_host: bool = False


@dataclass(frozen=True)
class Happened:
    """What became of one seat: the step for the history, and what its person is told (None: nothing).

    `stamp` is unlike that of any other event of the session, and later than those before.
    """

    person_id: int
    step: str
    before: SeatStatus | None
    after: SeatStatus
    kind: NoticeKind | None
    stamp: datetime
    position: int = 0


@dataclass
class Seating:
    """The seats of one session; `events` are what happened since it was read, in order."""

    maximum: int
    is_private: bool
    places: dict[int, Place] = field(default_factory=dict[int, Place])
    events: list[Happened] = field(default_factory=list[Happened])

    def __post_init__(self) -> None:
        self._people: dict[SeatStatus, set[int]] = {status: set() for status in SeatStatus}
        self._last: datetime | None = max((place.since for place in self.places.values()), default=None)
        for place in self.places.values():
            if not place.is_host:
                self._people[place.status].add(place.person_id)

    def taken(self, now: datetime) -> int:
        """Count the places taken: the host's, present or not; enrolled; held; in a private session also invited."""
        held = len(self._people[SeatStatus.UNCONFIRMED]) - len(self._stale(now))
        reserved = len(self._people[SeatStatus.INVITED]) if self.is_private else 0
        return 1 + len(self._people[SeatStatus.ENROLLED]) + held + reserved

    def free(self, now: datetime) -> int:
        """Count the places left; negative where the maximum was lowered."""
        return self.maximum - self.taken(now)

    def count(self, *statuses: SeatStatus) -> int:
        """Count the people of these statuses, the host left out."""
        return sum(len(self._people[status]) for status in statuses)

    def status(self, person_id: int) -> SeatStatus | None:
        """Say where a person stands; None for who has no seat."""
        place = self.places.get(person_id)
        return place.status if place else None

    def line(self) -> list[Place]:
        """List who waits, the first first."""
        return sorted((self.places[one] for one in self._people[SeatStatus.WAITING]), key=_order)

    def position(self, person_id: int) -> int:
        """Give a person's number in the waiting list; 0 for who does not wait."""
        if self.status(person_id) != SeatStatus.WAITING:
            return 0
        own = _order(self.places[person_id])
        return sum(_order(self.places[one]) <= own for one in self._people[SeatStatus.WAITING])

    def has_room(self, now: datetime) -> bool:
        """Whether a newcomer gets a place at once: one is free, and nobody waits for it."""
        return self.free(now) > 0 and not self.count(SeatStatus.WAITING)

    def join(self, person_id: int, now: datetime, step: str, *, holds: bool = False) -> SeatStatus:
        """Let a person in, or onto the end of the waiting list; who is in stays as they are.

        `holds` keeps the place for `HOLD` until it is confirmed; without it a held place is
        confirmed by this. A private invitation has its place already.
        """
        self.settle(now)
        status = self.status(person_id)
        if status == SeatStatus.UNCONFIRMED and not holds:
            self._put(person_id, SeatStatus.ENROLLED, now, step, NoticeKind.ENROLLED)
        elif status not in IN:
            has_place = self.is_private and status == SeatStatus.INVITED
            is_in = has_place or self.has_room(now)
            new = (SeatStatus.UNCONFIRMED if holds else SeatStatus.ENROLLED) if is_in else SeatStatus.WAITING
            self._put(person_id, new, now, step, _STANDING[new])
        return self.places[person_id].status

    def leave(self, person_id: int, now: datetime, step: str, *, removed: bool = False) -> None:
        """Take a person out; the first who waits moves up. Who is out already stays out."""
        if self.status(person_id) in (*IN, SeatStatus.INVITED) and not self.places[person_id].is_host:
            kind = NoticeKind.REMOVED if removed else NoticeKind.LEFT
            self._put(person_id, SeatStatus.WITHDRAWN, now, step, kind)
        self.settle(now)

    def decline(self, person_id: int, now: datetime, step: str) -> None:
        """Say no to an invitation. They are told nothing: they have just said it."""
        if self.status(person_id) == SeatStatus.INVITED:
            self._put(person_id, SeatStatus.DECLINED, now, step, None)
        self.settle(now)

    def invite(self, people: Iterable[int], now: datetime, step: str) -> list[int]:
        """Invite those who have no part in it, and give them."""
        self.settle(now)
        new = [one for one in dict.fromkeys(people) if self.status(one) not in (*IN, SeatStatus.INVITED)]
        for person_id in new:
            self._put(person_id, SeatStatus.INVITED, now, step, NoticeKind.INVITED)
        return new

    def remind(self, person_id: int, now: datetime, step: str) -> None:
        """Tell somebody who is in where they stand, once more."""
        place = self.places[person_id]
        kind, stamp = _STANDING[place.status], self._stamp(now)
        self.events.append(Happened(person_id, step, place.status, place.status, kind, stamp, self.position(person_id)))

    def affirm(self, person_id: int, now: datetime, step: str) -> None:
        """Note that somebody who is in says so themselves. Nothing changes, and they are told nothing."""
        status = self.places[person_id].status
        self.events.append(Happened(person_id, step, status, status, None, self._stamp(now)))

    def settle(self, now: datetime) -> None:
        """Take back what was held too long, and let in who waits while there is room."""
        for person_id in self._stale(now):
            self._put(person_id, SeatStatus.WITHDRAWN, now, "expire_hold", None)
        if not self._people[SeatStatus.WAITING]:
            return
        for place in self.line()[: self.free(now)] if self.free(now) > 0 else []:
            self._put(place.person_id, SeatStatus.ENROLLED, now, "promote", NoticeKind.PROMOTED)

    def resize(self, maximum: int, now: datetime) -> None:
        """Change the number of places: more let in who waits, fewer put the last who came at the front of the line.

        The caller has asked `why_not_resize`.
        """
        self.settle(now)
        self.maximum = maximum
        line = self.line()
        front = line[0].since if line else self._stamp(now)
        for number, place in enumerate(self._last_in()[: max(0, -self.free(now))], start=1):
            self._put(
                place.person_id, SeatStatus.WAITING, now, "put_back", NoticeKind.PUT_BACK, since=front - number * TICK
            )
        self.settle(now)

    def _last_in(self) -> list[Place]:
        inside = [self.places[one] for status in INSIDE for one in self._people[status]]
        return sorted(inside, key=_order, reverse=True)

    def _stale(self, now: datetime) -> list[int]:
        held = self._people[SeatStatus.UNCONFIRMED]
        return sorted(one for one in held if self.places[one].since + HOLD <= now)

    def _stamp(self, now: datetime) -> datetime:
        """Give an instant after all others of the session, though the clocks of two workers may differ."""
        self._last = now if self._last is None else max(now, self._last + TICK)
        return self._last

    def _put(
        self,
        person_id: int,
        status: SeatStatus,
        now: datetime,
        step: str,
        kind: NoticeKind | None,
        *,
        since: datetime | None = None,
    ) -> None:
        stamp = self._stamp(now)
        old = self.places.get(person_id)
        if old:
            self._people[old.status].discard(person_id)
        self._people[status].add(person_id)
        self.places[person_id] = replace(old or Place(person_id, status, stamp), status=status, since=since or stamp)
        position = self._position_of_new(person_id) if since is None else self.position(person_id)
        self.events.append(Happened(person_id, step, old.status if old else None, status, kind, stamp, position))

    def _position_of_new(self, person_id: int) -> int:
        waiting = self._people[SeatStatus.WAITING]
        return len(waiting) if person_id in waiting else 0


def _order(place: Place) -> tuple[datetime, int]:
    return (place.since, place.seat_id or 0)


@dataclass(frozen=True)
class Foreseen:
    """What another maximum would do: who moves up from the waiting list, who goes back to it. `refusal` "" : it may."""

    promoted: tuple[int, ...] = ()
    put_back: tuple[int, ...] = ()
    refusal: str = ""


def foresee_resize(seating: Seating, maximum: int, now: datetime) -> Foreseen:
    """Say what `resize` would do, without doing it."""
    if why_not := why_not_resize(seating, maximum, now):
        return Foreseen(refusal=why_not)
    trial = Seating(seating.maximum, seating.is_private, dict(seating.places))
    trial.resize(maximum, now)

    def became(step: str) -> tuple[int, ...]:
        return tuple(event.person_id for event in trial.events if event.step == step)

    return Foreseen(became("promote"), became("put_back"))


def places_words(left: int, maximum: int) -> str:
    """Say how many places are left. As in every list, the host's is none of them (L3)."""
    places = maximum - 1
    if left:
        return f"{left} of {places} place{'' if places == 1 else 's'} left"
    return "The only place is taken" if places == 1 else f"All {places} places are taken"


def why_not_resize(seating: Seating, maximum: int, now: datetime) -> str:
    """Say why there cannot be so few places: invitations to a private session have theirs; "" where there can."""
    invited = seating.count(SeatStatus.INVITED)
    if not seating.is_private or not invited or seating.taken(now) <= maximum:
        return ""
    them = "1 of them is for who is invited" if invited == 1 else f"{invited} of them are for those who are invited"
    return f"{seating.taken(now)} places are taken, the host’s among them, and {them}."


def why_not_invite(seating: Seating, new: Sequence[int], now: datetime) -> str:
    """Say why so many cannot be invited: those of a private session may not exceed the places; "" where they can."""
    free = max(0, seating.free(now))
    if not seating.is_private or len(new) <= free:
        return ""
    return f"{_left(free)}, and this would invite {len(new)}."


def warn_of_invitations(seating: Seating, new: int, now: datetime) -> str:
    """Say that a public session has more invitations, the `new` ones among them, than places; "" where it has not.

    The number of the new ones is said before.
    """
    invited, free = seating.count(SeatStatus.INVITED), max(0, seating.free(now))
    if seating.is_private or invited <= free:
        return ""
    among = f" for all {invited} who are invited" if invited > new else ""
    then = "those who accept first get them" if free > 1 else "whoever accepts first gets it"
    return f"{_left(free)}{among}: {then if free else 'who accepts waits for one'}."


def _left(free: int) -> str:
    return {0: "No place is left", 1: "One place is left"}.get(free, f"{free} places are left")
