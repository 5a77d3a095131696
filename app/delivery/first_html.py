"""The first HTML of a page that becomes live later: the compiled shell with the page's own block in it.

The block is whole without any script. Once the live page is there, `assets/first.js` carries over
what was typed and takes the block away. It must not know what the block shows.
"""

from functools import lru_cache
from pathlib import Path

from reflex.utils.prerequisites import get_web_dir

from app.delivery.rendering import render

SHELL = "build/client/__spa-fallback.html"


def whole(head: str, block: str) -> str:
    """Put a head and a block, both HTML, into the compiled shell; without a build the block stands by itself."""
    shell = get_web_dir() / SHELL
    if not shell.is_file():
        return render("first.html", head=head, block=block)
    before, between, after = _parts(shell, shell.stat().st_mtime_ns)
    return f"{before}{head}{between}{block}{after}"


@lru_cache(maxsize=1)
def _parts(shell: Path, _mtime: int) -> tuple[str, str, str]:
    """Cut the shell where the head and the block go: React takes its own tags for granted only before ours.

    The scripts that React asks for early would take a slow line from the style sheet and the picture:
    they are found again when their turn comes. The theme is chosen by the block's own head, at once.
    """
    html = _without_preloads(shell.read_text(encoding="utf-8"))
    html = html.replace('<script src="/theme.js">', '<script src="/theme.js" defer="">')
    before, closed, rest = html.partition("</head>")
    between, body, after = rest.partition("<body>")
    return before, closed + between + body, after


def _without_preloads(html: str) -> str:
    first, *others = html.split('<link rel="modulepreload"')
    return first + "".join(other.partition("/>")[2] for other in others)
