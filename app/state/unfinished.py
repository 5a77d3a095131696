"""What a browser keeps of an unfinished form (book.js): asking for it, and letting it be forgotten."""

from typing import Any

import reflex as rx

READ = "window.meridianDraft ? window.meridianDraft.read() : {}"
FORGET = "window.meridianDraft && window.meridianDraft.forget()"


def ask_for_kept(answer: Any) -> Any:
    """Ask the browser for the unfinished form of this address; it answers by the handler `answer`."""
    return rx.call_script(READ, callback=answer)


def forget_kept() -> Any:
    """Let the browser forget the form of this address."""
    return rx.call_script(FORGET)
