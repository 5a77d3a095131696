"""What a browser keeps of an unfinished form (book.js): asking for it, and letting it be forgotten."""

from typing import Any

import reflex as rx

from app.models.permissions import Viewer

SCRIPTS_RAN = (
    "(window.meridianDraft || document.readyState === 'complete' ? Promise.resolve()"
    " : new Promise((go) => addEventListener('load', go)))"
)
"""A page may be live before its deferred scripts came; one that cannot be had at all does not stop it."""
READ = SCRIPTS_RAN + ".then(() => (window.meridianDraft ? window.meridianDraft.read({person_id}) : {{}}))"
FORGET = "window.meridianDraft && window.meridianDraft.forget()"


def ask_for_kept(viewer: Viewer, answer: Any) -> Any:
    """Ask the browser for the viewer's unfinished form of this address; it answers by the handler `answer`."""
    return rx.call_script(READ.format(person_id=viewer.person_id), callback=answer)


def forget_kept() -> Any:
    """Let the browser forget the form of this address."""
    return rx.call_script(FORGET)
