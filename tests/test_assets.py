"""The style sheets, which every page loads together."""

import re
from collections import defaultdict
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ALONE = re.compile(r"\s*\.([\w-]+)\s*")


def test_class_that_is_styled_by_itself_is_so_in_one_sheet() -> None:
    """Two pages' sheets that both say what `.count` looks like change each other's pages."""
    sheets = defaultdict[str, set[str]](set)
    for path in ASSETS.glob("*.css"):
        for selectors in re.findall(r"([^{}]+){", COMMENT.sub("", path.read_text())):
            for found in filter(None, map(ALONE.fullmatch, re.sub(r"\([^)]*\)", "", selectors).split(","))):
                sheets[found[1]].add(path.name)
    assert {name: where for name, where in sheets.items() if len(where) > 1} == {}
