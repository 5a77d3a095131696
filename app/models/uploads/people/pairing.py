"""What a row would make of who works with whom: assigned, ended or as it is. Pure over the roster."""

from dataclasses import dataclass

from app.models.uploads.people.cells import Parsed
from app.models.uploads.people.columns import MENTEES_KEY, MENTORS_KEY, Act
from app.models.uploads.people.judging import Outlook, Wish
from app.models.uploads.people.roster import Known, Pair
from app.models.words import Role


@dataclass(frozen=True)
class PairWish:
    """One pair to assign, or whose assignment ends. They are named by address: one may not be here yet."""

    verb: str
    program_id: int
    mentor: str
    mentee: str
    says: str


def judge_pairs(row: Parsed, wish: Wish, outlook: Outlook) -> list[PairWish]:
    """Find which pairs a row makes or ends; what cannot be is noted at the row."""
    if row.act is None or (row.act == Act.UPDATE and not (row.mentors or row.mentees)):
        return []
    if row.act in (Act.ASSIGN, Act.UNASSIGN) and not (row.mentors or row.mentees):
        if not row.is_wrong:
            row.wrong(MENTORS_KEY, "Nobody is named.", "Give the e-mail address of at least one person.")
        return []
    if not (row.mentors or row.mentees):
        return []
    if wish.program is None:
        if not any(flaw.column == "program" for flaw in row.flaws):
            row.wrong("program", "No programme is named.", "Choose one for the whole file, or fill in this cell.")
        return []
    me = outlook.people.get(row.email)
    named = [(MENTORS_KEY, email) for email in row.mentors] + [(MENTEES_KEY, email) for email in row.mentees]
    found: list[PairWish] = []
    for key, email in named:
        other = _other(row, key, email, wish, outlook) if email != row.email else None
        if me is not None and other is not None:
            pair = (other, me) if key == MENTORS_KEY else (me, other)
            found += _wanted(row, key, wish, outlook, *pair)
    return found


def _other(row: Parsed, key: str, email: str, wish: Wish, outlook: Outlook) -> Known | None:
    known = outlook.people.get(email)
    words = wish.words
    word, role = (words.mentor, Role.MENTOR) if key == MENTORS_KEY else (words.mentee, Role.MENTEE)
    adder = outlook.adders.get(email)
    if known is None or not known.is_seen:
        if adder is not None:
            row.wrong(key, f"Row {adder}, which adds {email}, is invalid.", f"Correct row {adder}.")
        else:
            row.wrong(
                key, f"There is no {word} {email} here.", "Correct the address, or add them in a row of this file."
            )
        return None
    if not known.is_active:
        row.wrong(key, f"{known.name} is no longer active.", "Take the address out, or reactivate them first.")
        return None
    opposite = Role.MENTEE if role == Role.MENTOR else Role.MENTOR
    program_id = wish.program.id or 0 if wish.program else 0
    if (program_id, role) not in known.roles and (program_id, opposite) in known.roles and row.act != Act.UNASSIGN:
        row.warn(key, f"{known.name} is no {word} in this programme yet.", "They become one if you go on.")
    return known


def _wanted(row: Parsed, key: str, wish: Wish, outlook: Outlook, mentor: Known, mentee: Known) -> list[PairWish]:
    program_id = wish.program.id or 0 if wish.program else 0
    named = (program_id, mentor.email, mentee.email)
    pair: Pair = (program_id, mentor.id, mentee.id)
    is_active = mentor.id > 0 and mentee.id > 0 and pair in outlook.pairs
    other = mentor if key == MENTORS_KEY else mentee
    ends = row.act == Act.UNASSIGN
    contrary = (outlook.begun if ends else outlook.ended).get(named)
    if contrary is not None:
        does, do = ("ends", "assigns") if ends else ("assigns", "ends")
        row.wrong(key, f"Row {contrary} {do} this pair, this row {does} it.", "Keep one of the two.")
        return []
    noted = outlook.ended if ends else outlook.begun
    if is_active != ends or named in noted:
        noted.setdefault(named, row.number)
        return []
    noted[named] = row.number
    if ends:
        _warn_of_sessions(row, key, other, outlook.pairs[pair])
    says = f"ends the assignment with {other.name}" if ends else f"assigns {other.name}"
    return [PairWish("unassign" if ends else "assign", *named, says)]


def _warn_of_sessions(row: Parsed, key: str, other: Known, ahead: int) -> None:
    if ahead:
        what = "1 arranged session" if ahead == 1 else f"{ahead} arranged sessions"
        remedy = "They still take place; cancel them in the calendar if they should not."
        row.warn(key, f"{what.capitalize()} with {other.name} lie{'s' if ahead == 1 else ''} ahead.", remedy)
