"""The bulk bench's yardstick: pandas reads a sheet of sessions and checks its cells, and one INSERT writes it.

No rights, no clashes, no seats, no notices, no history: as fast as it can be done at all.
"""

import io
import sqlite3
import time
from pathlib import Path

import pandas as pd

LINK = r"https?://\S+"
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def import_sheet(content: bytes, path: Path) -> float:
    """Import a sheet into a database of its own, and give the seconds it took. Raises ValueError for a wrong cell."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE session(id integer primary key, title text, kind text, mentor text, mentees text,"
                   " start_at text, minutes int, link text)")  # fmt: skip
    began = time.perf_counter()
    rows = _checked(pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False))
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous=NORMAL")
        db.executemany("INSERT INTO session(title, kind, mentor, mentees, start_at, minutes, link)"
                       " VALUES(?, ?, ?, ?, ?, ?, ?)", rows)  # fmt: skip
    return time.perf_counter() - began


def _checked(sheet: pd.DataFrame) -> list[tuple[str, ...]]:
    when = sheet["Date(DD-MM-YYYY)"] + " " + sheet["Time (24 hrs)"]
    start = pd.to_datetime(when, format="%d-%m-%Y %H:%M", errors="coerce")
    minutes = pd.to_numeric(sheet["Duration(Min)"], errors="coerce")
    good = (
        sheet["title"].str.len().between(1, 400)
        & sheet["type"].isin(["Public", "Private"])
        & sheet["Mentor(Email)"].str.fullmatch(ADDRESS)
        & sheet["Meeting Link"].str.fullmatch(LINK)
        & minutes.between(30, 720)
        & start.notna()
    )
    if not good.all():
        raise ValueError("the sheet has a wrong cell")
    names = ("title", "type", "Mentor(Email)", "Mentees(Email)")
    columns = [sheet[name] for name in names]
    return list(
        zip(*columns, start.dt.strftime("%Y-%m-%dT%H:%M:%S"), minutes.tolist(), sheet["Meeting Link"], strict=True)
    )
