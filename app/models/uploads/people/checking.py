"""Checks a whole sheet of people: each row by itself, against what is stored, and against the other rows.

Rows count in the order of the file, and people before pairs; so a row may name somebody whom another row adds.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.models.uploads.kinds import Checked, RowIn, Verdict
from app.models.uploads.people.cells import Parsed, parse
from app.models.uploads.people.columns import Act
from app.models.uploads.people.judging import Outlook, Wish, adopt, judge_person
from app.models.uploads.people.pairing import PairWish, judge_pairs
from app.models.uploads.people.roster import Known, Roster
from app.models.words import ProgramWords, RowStatus

PEOPLE_FIRST, THEN_PAIRS = 0, 1


def parse_rows(rows: Sequence[RowIn], words: Sequence[ProgramWords]) -> list[Parsed]:
    """Read all rows by themselves, and note those that only repeat another."""
    parsed = [parse(row, words) for row in rows]
    first: dict[tuple[object, ...], int] = {}
    for row in parsed:
        if row.email and (earlier := first.setdefault(row.identity, row.number)) != row.number:
            row.wrong("email", f"Row {earlier} says the same.", "Take one of the two rows out.")
    return parsed


def addresses_in(parsed: Sequence[Parsed]) -> set[str]:
    """List every address that a sheet names."""
    return {email for row in parsed for email in (row.email, *row.mentors, *row.mentees) if email}


def check_rows(parsed: Sequence[Parsed], roster: Roster, program_id: int | None) -> Checked:
    """Judge the rows until no row depends on one that is invalid."""
    invalid: frozenset[int] = frozenset()
    while True:  # it ends: each round but the last finds one more that is invalid
        judged, found = _round(parsed, roster, program_id, invalid)
        if found == invalid:
            break
        invalid = found
    totals = Counter(verb for row, wish, pairs in judged for verb in _verbs(wish, pairs) if not row.is_wrong)
    verdicts = tuple(_verdict(row, wish, pairs) for row, wish, pairs in judged)
    return Checked(verdicts, dict(totals))


Judged = tuple[Parsed, Wish, list[PairWish]]


def _round(
    parsed: Sequence[Parsed], roster: Roster, program_id: int | None, invalid: frozenset[int]
) -> tuple[list[Judged], frozenset[int]]:
    """Judge all rows once; those in `invalid` add nobody."""
    outlook = Outlook(roster, program_id, _own_copy(roster.people), dict(roster.pairs), _adders(parsed, roster))
    rows = [replace(row, flaws=list(row.flaws)) for row in parsed]
    wishes: list[Wish] = []
    for row in rows:
        wish = judge_person(row, outlook)
        wishes.append(wish)
        if not row.is_wrong and row.number not in invalid:
            adopt(row, wish, outlook)
    judged: list[Judged] = []
    for row, wish in zip(rows, wishes, strict=True):
        before = dict(outlook.begun), dict(outlook.ended)
        pairs = judge_pairs(row, wish, outlook)
        if row.is_wrong:
            outlook.begun, outlook.ended = before
        judged.append((row, wish, [] if row.is_wrong else pairs))
    return judged, invalid | {row.number for row in rows if row.is_wrong}


def _own_copy(people: Mapping[str, Known]) -> dict[str, Known]:
    return {email: replace(one, tags=set(one.tags), roles=dict(one.roles)) for email, one in people.items()}


def _adders(parsed: Sequence[Parsed], roster: Roster) -> dict[str, int]:
    """Find for each address that is new here the first row that adds it, or tries to."""
    found: dict[str, int] = {}
    for row in parsed:
        known = roster.people.get(row.email)
        if row.email and row.act in (Act.NONE, Act.ADD) and (known is None or known.is_visitor):
            found.setdefault(row.email, row.number)
    return found


def _verbs(wish: Wish, pairs: Sequence[PairWish]) -> list[str]:
    return [*([wish.verb] if wish.verb else []), *(pair.verb for pair in pairs)]


def _verdict(row: Parsed, wish: Wish, pairs: Sequence[PairWish]) -> Verdict:
    flaws = tuple(row.flaws)
    if row.is_wrong:
        return Verdict(RowStatus.INVALID, row.act or "", flaws)
    verbs = _verbs(wish, pairs)
    if not verbs:
        return Verdict(RowStatus.UNCHANGED, "", flaws)
    says = [*wish.changes, *(pair.says for pair in pairs)] if wish.verb else [pair.says for pair in pairs]
    stages = [*([PEOPLE_FIRST] if wish.verb else []), *([THEN_PAIRS] if pairs else [])]
    plan: dict[str, Any] = {"says": _sentence(says), "stages": stages, "email": row.email}
    if wish.verb:
        plan["person"] = _person_plan(row, wish)
    plan["pairs"] = [[pair.verb, pair.program_id, pair.mentor, pair.mentee] for pair in pairs]
    return Verdict(RowStatus.VALID, verbs[0], flaws, plan)


def _person_plan(row: Parsed, wish: Wish) -> dict[str, Any]:
    return {
        "verb": wish.verb,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "zone": row.zone,
        "tags": list(row.tags),
        "program_id": wish.program.id if wish.program else None,
        "roles": [str(role) for role in wish.roles],
        "cohort": row.cohort,
    }


def _sentence(said: Sequence[str]) -> str:
    shown = [*said[:6], f"and {len(said) - 6} more"] if len(said) > 6 else said
    joined = ", ".join(shown)
    return joined[:1].upper() + joined[1:] + "."
