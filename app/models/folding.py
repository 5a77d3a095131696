"""Names as people type them: without capitals, accents and marks. Pure.

`Person.search_text` is made here and nowhere else, so that what is stored and what is
typed are folded alike.
"""

import unicodedata

# Letters that Unicode does not take apart, as people without that key on their keyboard write them.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ʻ": "'"}
)


def fold(text: str) -> str:
    """Give `text` without case, accents and repeated white space: "Łukasz  Müller" → "lukasz muller"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_PLAIN).split())


def search_text(first_name: str, last_name: str, email: str) -> str:
    """Give what a type-ahead looks in: each word of name and e-mail, folded, with a blank before it.

    The e-mail also counts by its parts, so that "kowalski" finds b.kowalski@example.org.
    """
    address = fold(email)
    parts = " ".join(address.translate(str.maketrans("@.-_+", "     ")).split())
    return " " + " ".join(part for part in (fold(first_name), fold(last_name), address, parts) if part)
