"""Makes rosters as organisations have them: many people in many scripts, and who works with whom."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import cycle, islice

FIRST = ("Anna", "Jörg", "Özgür", "Björn", "आरव", "दीया", "Łukasz", "Seán", "Françoise", "Nguyễn", "李", "Zoë")
LAST = ("Müller", "Groß", "शर्मा", "वर्मा", "O’Neill", "Ólafsdóttir", "García López", "de la Cruz", "Straße", "王")
HEADINGS = ("Action", "First name", "Last name", "Email", "Role", "Tags", "Time zone", "Mentors")


def roster(people: int = 2_000, pairs: int = 3_000, mentors: int = 200) -> list[list[str]]:
    """Give the rows of a roster, headings first: `mentors` mentors, the others mentees with `pairs` pairs in all."""
    rows: list[list[str]] = [list(HEADINGS)]
    names = [(FIRST[i % len(FIRST)], f"{LAST[i % len(LAST)]} {i}") for i in range(people)]
    rows += [["Add", *names[i], f"mentor{i}@example.org", "mentor", "", "Europe/Berlin", ""] for i in range(mentors)]
    mentees = people - mentors
    guides = cycle(range(mentors))
    for i in range(mentees):
        count = pairs // mentees + (i < pairs % mentees)
        whom = ", ".join(f"mentor{one}@example.org" for one in islice(guides, count))
        tags = "algebra, evenings" if i % 3 else ""
        rows.append(["Add", *names[mentors + i], f"mentee{i}@example.org", "mentee", tags, "Asia/Kolkata", whom])
    return rows


def as_csv(
    rows: Iterable[Sequence[str]], *, delimiter: str = ",", newline: str = "\r\n", encoding: str = "utf-8"
) -> bytes:
    """Write rows as a spreadsheet does."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue().encode(encoding)
