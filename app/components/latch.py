"""Keeps a page on screen while its state is fetched anew.

After a restart of the server a browser is first sent an empty state, then the true one. A plain
`rx.cond` would take the page away in between, and with it whatever was typed.
"""

from typing import Any

import reflex as rx

_CODE = """
function Latch({ when, drawn, children }) {
  const opened = useRef(false);
  const drawing = useRef("");
  if (when) opened.current = true;
  if (when && drawn) drawing.current = drawn;
  return opened.current ? createElement(Fragment, { key: drawing.current }, children[0]) : children[1];
}
"""


class Latch(rx.Component):
    """Shows its second child until `when` has been true once, from then on its first.

    A new value of `drawn` makes the fields inside anew, with their new defaults.
    """

    tag = "Latch"
    when: rx.Var[bool]
    drawn: rx.Var[str]

    def add_imports(self) -> dict[str, Any]:
        """Name what the code needs."""
        return {"react": ["useRef", "createElement", "Fragment"]}

    def add_custom_code(self) -> list[str]:
        """Bring the code along."""
        return [_CODE]


def once(when: Any, content: rx.Component, until_then: rx.Component, *, drawn: Any = "") -> rx.Component:
    """Show `content` as soon as `when` is true, and keep it; `until_then` stands in its place before."""
    return Latch.create(content, until_then, when=when, drawn=drawn)
