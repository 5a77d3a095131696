"""What a mail calls a session and the people in it, in the programme's words. Pure.

A one-to-one names both; a group session names its host and nobody else's seat.
"""

import unicodedata

from app.models.letters import Contact, Letter, Told
from app.models.words import PLACE_WORDS, PLATFORM_WORDS, Kind, Place, Platform, ProgramWords

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def one_line(text: str, longest: int = 400) -> str:
    """Make of any text one line for a header: no controls, nothing that turns the reading direction, cut with "…"."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    shown = " ".join("".join(c for c in shown if c not in BIDI_CONTROLS).split())
    return cut(shown, longest)


def cut(text: str, longest: int) -> str:
    """Shorten a text of several lines, with "…" where it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def words_of(letter: Letter, told: Told) -> ProgramWords:
    """Give what the session's programme calls its people."""
    program = letter.programs.get(told.program_id)
    return program.words if program else ProgramWords()


def other(letter: Letter, told: Told) -> Contact | None:
    """Give whom the reader meets in a one-to-one, or met before it was handed over; None in a group session."""
    if told.kind == Kind.ONE_TO_ONE and letter.reader.id not in (told.host_id, told.mentee_id):
        return letter.people.get(told.mentee_id or 0)
    ids = [person_id for person_id in (told.host_id, told.mentee_id) if person_id not in (None, letter.reader.id)]
    return letter.people.get(ids[0] or 0) if told.kind == Kind.ONE_TO_ONE and ids else None


def title(letter: Letter, told: Told) -> str:
    """Name a session for its reader: its title, else its number and whom it is with."""
    if told.title:
        return one_line(told.title)
    if told.kind == Kind.GROUP:
        return "Group session"
    numbered = f"Session {told.number}" if told.number else "Session"
    with_whom = other(letter, told)
    return one_line(f"{numbered} with {with_whom.name}") if with_whom else numbered


def several(letter: Letter) -> str:
    """Name what a letter is about as a whole: its one title, or the pair that its sessions share."""
    titles = {title(letter, told) for told in letter.sessions}
    if len(titles) == 1:
        return titles.pop()
    partners = {with_whom.name for told in letter.sessions if (with_whom := other(letter, told))}
    return one_line(f"Sessions with {partners.pop()}") if len(partners) == 1 else "Sessions"


def series_title(letter: Letter, told: Told) -> str:
    """Name a whole series, of which `told` is the first: its title, else whom it is with: a number is one's only."""
    with_whom = other(letter, told)
    return one_line(f"Session with {with_whom.name}") if with_whom and not told.title else title(letter, told)


def people_rows(letter: Letter, told: Told) -> list[tuple[str, str]]:
    """List who meets, as (what the programme calls them, name)."""
    words, host = words_of(letter, told), letter.people.get(told.host_id)
    if told.kind == Kind.GROUP:
        return [("Host", host.name)] if host else []
    mentee = letter.people.get(told.mentee_id or 0)
    pair = ((words.mentor, host), (words.mentee, mentee))
    return [(word[:1].upper() + word[1:], person.name) for word, person in pair if person]


def place_words(told: Told) -> str:
    """Say how and where people meet; never the meeting's own link, for one enters through Meridian."""
    if told.place == Place.ONLINE:
        platform = PLATFORM_WORDS[Platform(told.platform)] if told.platform in set(Platform) else ""
        known = platform and told.platform != Platform.OTHER
        return f"Online, {platform}; join from the session’s page" if known else "Online; join from the session’s page"
    return f"{PLACE_WORDS[told.place]}: {told.address}" if told.address else PLACE_WORDS[told.place]
