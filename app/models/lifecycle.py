"""The life of a session: each step, where it leads, who may take it, and when.

The commands obey this table and the buttons are drawn from it, so the two cannot
disagree. Pure: no database, no clock of its own.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.errors import Problem, StepRefused
from app.models.words import SENTENCE_WORDS, Kind, Part, Place, Shown, Status, Step

JOIN_OPENS = timedelta(minutes=15)
"""How long before its start a session can be entered."""
FINISHES_AFTER = timedelta(minutes=15)
"""How long after its end a live session is finished by the clock."""


@dataclass(frozen=True)
class Facts:
    """What the table needs to know of a session. `start_at` and `end_at` are UTC, None while to be arranged.

    `is_parted`: it is of a relationship that has ended.
    """

    kind: Kind
    status: Status
    place: Place
    start_at: datetime | None
    end_at: datetime | None
    is_deleted: bool = False
    is_parted: bool = False


@dataclass(frozen=True)
class When:
    """A condition in time, and what to say while it does not hold."""

    holds: Callable[[Facts, datetime], bool]
    otherwise: str


def _has_ended(facts: Facts, now: datetime) -> bool:
    return facts.end_at is not None and facts.end_at <= now


def _may_enter(facts: Facts, now: datetime) -> bool:
    return facts.start_at is not None and facts.end_at is not None and facts.start_at - JOIN_OPENS <= now < facts.end_at


ALWAYS = When(lambda _facts, _now: True, "")
NOT_ENDED = When(lambda f, now: not _has_ended(f, now), "Its time has passed: record what became of it instead.")
AHEAD = When(lambda f, now: f.start_at is not None and f.start_at > now, "Its old time has passed: choose a new one.")
UNANSWERED_YET = When(
    lambda f, now: f.start_at is not None and f.start_at > now,
    "Its start has come without an answer: propose another time.",
)
START_CAME = When(lambda f, now: f.start_at is not None and f.start_at <= now, "Its start has not come.")
ENDED = When(_has_ended, "It has not ended yet.")
JOINABLE = When(_may_enter, "It opens 15 minutes before its start and closes at its end.")
ENTERABLE = When(
    lambda f, now: f.place == Place.ONLINE and _may_enter(f, now),
    "An online session opens 15 minutes before its start and closes at its end.",
)
ENTERABLE_LIVE = When(lambda f, _now: f.place == Place.ONLINE, "People meet in person or by call: there is no room.")
ENDED_ONLINE = When(lambda f, now: f.place == Place.ONLINE and _has_ended(f, now), "It has not ended yet.")
ENDED_OFFLINE = When(
    lambda f, now: f.place != Place.ONLINE and _has_ended(f, now),
    "Only a session in person or by call, past its end, has its outcome recorded by hand.",
)

PAIR = frozenset({Part.MANAGER, Part.MENTOR, Part.MENTEE})
HOSTS = frozenset({Part.MANAGER, Part.HOST})
NOBODY: frozenset[Part] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Where a step leads and who may take it, in a one-to-one and in a group session."""

    leads_to: Status
    one_to_one: frozenset[Part]
    group: frozenset[Part]
    when: When = ALWAYS

    def open_to(self, kind: Kind) -> frozenset[Part]:
        """List the parts that may take the step in a session of this kind."""
        return self.one_to_one if kind == Kind.ONE_TO_ONE else self.group


def _both(leads_to: Status, parts: Collection[Part], when: When = ALWAYS) -> Rule:
    return Rule(leads_to, frozenset(parts), frozenset(parts), when)


TABLE: dict[tuple[Status, Step], Rule] = {
    (Status.TO_BE_ARRANGED, Step.ARRANGE): Rule(Status.SCHEDULED, PAIR, HOSTS),
    (Status.CANCELLED, Step.ARRANGE): Rule(Status.SCHEDULED, PAIR, HOSTS),
    (Status.CANCELLED, Step.REACTIVATE): Rule(Status.SCHEDULED, PAIR, HOSTS, AHEAD),
    (Status.PENDING, Step.ACCEPT): _both(Status.SCHEDULED, {Part.ANSWERER, Part.MANAGER}, UNANSWERED_YET),
    (Status.PENDING, Step.DECLINE): _both(Status.CANCELLED, {Part.ANSWERER}),
    (Status.PENDING, Step.PROPOSE): _both(Status.PENDING, {Part.ANSWERER}),
    (Status.PENDING, Step.LAPSE): _both(Status.CANCELLED, {Part.CLOCK}, START_CAME),
    (Status.PENDING, Step.EDIT): Rule(Status.PENDING, PAIR, HOSTS, NOT_ENDED),
    (Status.PENDING, Step.MOVE): Rule(Status.PENDING, PAIR, HOSTS, NOT_ENDED),
    (Status.PENDING, Step.CANCEL): Rule(Status.CANCELLED, PAIR, HOSTS, NOT_ENDED),
    (Status.PENDING, Step.DELETE): Rule(Status.CANCELLED, frozenset({Part.MANAGER}), HOSTS, NOT_ENDED),
    (Status.SCHEDULED, Step.ENTER): _both(Status.LIVE, {Part.HOST, Part.PARTICIPANT}, ENTERABLE),
    (Status.SCHEDULED, Step.START): _both(Status.LIVE, {Part.HOST}, JOINABLE),
    (Status.SCHEDULED, Step.EDIT): Rule(Status.SCHEDULED, PAIR, HOSTS, NOT_ENDED),
    (Status.SCHEDULED, Step.MOVE): Rule(Status.SCHEDULED, PAIR, HOSTS, NOT_ENDED),
    (Status.SCHEDULED, Step.CANCEL): Rule(Status.CANCELLED, PAIR, HOSTS | {Part.CLOCK}, NOT_ENDED),
    (Status.SCHEDULED, Step.DELETE): Rule(Status.CANCELLED, frozenset({Part.MANAGER}), HOSTS, NOT_ENDED),
    (Status.SCHEDULED, Step.LAPSE): _both(Status.MISSED, {Part.CLOCK}, ENDED_ONLINE),
    (Status.SCHEDULED, Step.RECORD): _both(Status.COMPLETED, HOSTS, ENDED_OFFLINE),
    (Status.LIVE, Step.ENTER): _both(Status.LIVE, {Part.HOST, Part.PARTICIPANT}, ENTERABLE_LIVE),
    (Status.LIVE, Step.EDIT_MEETING): _both(Status.LIVE, HOSTS),
    (Status.LIVE, Step.MARK): Rule(Status.LIVE, NOBODY, HOSTS),
    (Status.LIVE, Step.FINISH): _both(Status.COMPLETED, {Part.HOST, Part.MANAGER, Part.CLOCK}),
    (Status.COMPLETED, Step.MARK): Rule(Status.COMPLETED, NOBODY, HOSTS),
    (Status.COMPLETED, Step.WRITE_UP): _both(Status.COMPLETED, HOSTS),
    (Status.COMPLETED, Step.CORRECT): _both(Status.COMPLETED, {Part.MANAGER}, ENDED),
    (Status.MISSED, Step.CORRECT): _both(Status.MISSED, {Part.MANAGER}, ENDED),
    (Status.CANCELLED, Step.CORRECT): _both(Status.CANCELLED, {Part.MANAGER}, ENDED),
    (Status.MISSED, Step.ARRANGE_AGAIN): Rule(Status.MISSED, PAIR, NOBODY),
}

NEEDS_A_PAIR = frozenset({Step.ARRANGE, Step.ARRANGE_AGAIN, Step.REACTIVATE, Step.PROPOSE})
"""Steps that arrange something new between two: what a pair kept can only be kept or cancelled once it has parted."""
PARTED = "These two no longer work together. Book a new session to assign them again."
STARTED = "This session has started, so it can no longer be changed or cancelled."
_WORDS_FOR_REFUSAL: dict[Step, str] = {
    Step.ARRANGE: "be arranged",
    Step.REACTIVATE: "be reactivated",
    Step.ACCEPT: "be accepted",
    Step.DECLINE: "be declined",
    Step.PROPOSE: "be given another time",
    Step.EDIT: "be edited",
    Step.MOVE: "be moved",
    Step.CANCEL: "be cancelled",
    Step.DELETE: "be deleted",
    Step.ENTER: "be joined",
    Step.START: "be started",
    Step.EDIT_MEETING: "have its meeting details changed this way",
    Step.FINISH: "be ended",
    Step.RECORD: "have its outcome recorded",
    Step.MARK: "have its attendance written down this way",
    Step.WRITE_UP: "be written up",
    Step.CORRECT: "be corrected",
    Step.ARRANGE_AGAIN: "be arranged again",
}


def open_steps(facts: Facts, parts: Collection[Part], now: datetime) -> list[Step]:
    """List the steps these parts may take at `now`, in the order of the table."""
    return [step for (status, step) in TABLE if status == facts.status and not why_not(facts, step, parts, now)]


def next_status(facts: Facts, step: Step, parts: Collection[Part], now: datetime) -> Status:
    """Give where `step` leads. Raises StepRefused if it is not open to these parts at `now`.

    ARRANGE, REACTIVATE and MOVE lead to PENDING instead where the programme asks for
    confirmation; RECORD, FINISH and CORRECT may lead elsewhere by what is recorded.
    Those choices are the commands'.
    """
    if reason := why_not(facts, step, parts, now):
        raise StepRefused(Problem("", reason))
    return TABLE[facts.status, step].leads_to


def why_not(facts: Facts, step: Step, parts: Collection[Part], now: datetime) -> str:
    """Say why these parts may not take `step` at `now`; "" if they may."""
    if facts.is_deleted:
        return "This session was deleted."
    rule = TABLE.get((facts.status, step))
    if rule is None:
        return _refusal_of_status(facts.status, step)
    if not rule.open_to(facts.kind) & set(parts):
        return f"It is not for you to decide that this session should {_WORDS_FOR_REFUSAL.get(step, 'change')}."
    if facts.is_parted and step in NEEDS_A_PAIR:
        return PARTED
    return "" if rule.when.holds(facts, now) else rule.when.otherwise


def shown_as(facts: Facts, now: datetime) -> Shown:
    """Give what a calendar shows it as: its status, or Awaiting outcome."""
    if facts.status == Status.SCHEDULED and ENDED_OFFLINE.holds(facts, now):
        return Shown.AWAITING
    return Shown(facts.status.value)


def _refusal_of_status(status: Status, step: Step) -> str:
    if status == Status.LIVE and step in (Step.EDIT, Step.MOVE, Step.CANCEL, Step.DELETE):
        return STARTED
    return f"This session is {SENTENCE_WORDS[status]}, so it cannot {_WORDS_FOR_REFUSAL.get(step, 'change')}."
