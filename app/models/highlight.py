"""Finds in a text what somebody typed, whatever case and accents either has, and marks the places. Pure."""

from dataclasses import dataclass

from app.models.folding import fold, words_of


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool = False


def highlight(text: str, typed: str) -> list[Stretch]:
    """Cut a text into stretches, the hits marked; nothing unless every word that was typed occurs in it."""
    words = words_of(typed)
    folded, places = _folded(text)
    if not words or any(word not in folded for word in words):
        return []
    hits = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            first, last = places[at], places[at + len(word) - 1]
            hits[first : last + 1] = [True] * (last + 1 - first)
            at = folded.find(word, at + 1)
    return _stretches(text, hits)


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text letter by letter; `places` tells of each folded letter where it stood."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in fold(letter) or (" " if letter.isspace() else ""):
            folded.append(plain)
            places.append(place)
    return "".join(folded), places


def _stretches(text: str, hits: list[bool]) -> list[Stretch]:
    cut: list[Stretch] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or hits[end] != hits[begin]:
            cut.append(Stretch(text[begin:end], hits[begin]))
            begin = end
    return cut
