"""Whose time is taken while a file is checked: what is stored, and what the rows before would add or take away.

What a clash is, is said by `scheduling`; here people's times are only kept so that few of them must be looked at.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.models.scheduling import Hold, Meeting, clash, warns

Entry = tuple[datetime, int, Hold]


class Diary:
    """The holds of everybody, in order of their start."""

    def __init__(self, taken: Iterable[Hold]) -> None:
        self._by_person: dict[int, list[Entry]] = defaultdict(list)
        self._by_session: dict[int, list[Hold]] = defaultdict(list)
        self._count = 0
        self._longest = timedelta()
        for hold in taken:
            self._keep(hold)
        for entries in self._by_person.values():
            entries.sort(key=_order)

    def meetings(self, holds: Iterable[Hold], session_id: int = 0) -> list[Meeting]:
        """List what is in the way of these holds, the session's own left out."""
        found: list[Meeting] = []
        for hold in holds:
            entries = self._by_person[hold.person_id]
            first = bisect_left(entries, hold.period.start - self._longest, key=lambda entry: entry[0])
            for start, _, other in entries[first:]:
                if start > hold.period.end:
                    break
                if session_id and other.session_id == session_id:
                    continue
                if clash(hold, other):
                    found.append(Meeting(hold, other))
                elif warns(hold, other):
                    found.append(Meeting(hold, other, only_warns=True))
        return found

    def replace(self, session_id: int, holds: Iterable[Hold]) -> None:
        """Take a session's holds out, and put these in."""
        for old in self._by_session.pop(session_id, []) if session_id else []:
            entries = self._by_person[old.person_id]
            entries[:] = [entry for entry in entries if entry[2] is not old]
        for hold in holds:
            self._keep(hold)
            entries = self._by_person[hold.person_id]
            insort(entries, entries.pop(), key=_order)

    def _keep(self, hold: Hold) -> None:
        self._count += 1
        self._by_person[hold.person_id].append((hold.period.start, self._count, hold))
        self._longest = max(self._longest, hold.period.end - hold.period.start)
        if hold.session_id:
            self._by_session[hold.session_id].append(hold)


def _order(entry: Entry) -> tuple[datetime, int]:
    return entry[0], entry[1]
