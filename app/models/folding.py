"""Names as people type them: without capitals, accents and marks. Pure.

`Person.search_text` is made here and nowhere else, so that what is stored and what is
typed are folded alike.
"""

import re
import unicodedata

# Letters that Unicode does not take apart, as people without that key on their keyboard write them.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "’": "'"}
)


def fold(text: str) -> str:
    """Give `text` without case, accents and repeated white space: "Łukasz  Müller" → "lukasz muller"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_PLAIN).split())


def search_text(first_name: str, last_name: str, email: str) -> str:
    """Give what a type-ahead looks in: each word of name and e-mail, folded, with a blank before it.

    Hyphenated names and the e-mail also count by their parts, so that "kowalski" finds
    b.kowalski@example.org.
    """
    whole = f"{fold(first_name)} {fold(last_name)} {fold(email)}".split()
    parts = [part for word in whole for part in re.split(r"[^\w]+|_", word) if part and part not in whole]
    return " " + " ".join(dict.fromkeys([*whole, *parts]))


def words_of(typed: str, *, most: int = 6, longest: int = 60) -> list[str]:
    """Give the folded words of what was typed into a search box."""
    return [word[:longest] for word in fold(typed).split()[:most]]


def near_misses(word: str) -> list[str]:
    """List the LIKE patterns (`_` = any letter) of what `word` may have been meant to be: one slip of the finger.

    A wrong, missing, doubled or swapped letter; none for words under four letters, which
    would match nearly everything. The word must be free of `%` and `_`.
    """
    if len(word) < 4:
        return []
    wrong = [word[:i] + "_" + word[i + 1 :] for i in range(len(word) - 1)]
    missing = [word[:i] + "_" + word[i:] for i in range(1, len(word))]
    doubled = [word[:i] + word[i + 1 :] for i in range(len(word) - 1)]
    swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    return list(dict.fromkeys([*wrong, *missing, *doubled, *swapped, word[:-1] + "_"]))
