"""Answering a session from the mail: accept, decline, propose another time, without signing in (R7).

The link is signed and names one session and one person. Looking changes nothing, for mail
scanners look; the answer is a form's POST, and goes to the same command as in the app.
"""

import asyncio
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.delivery import papers
from app.delivery.doors import Form, form_of, house
from app.delivery.settings import session_url
from app.models import clock
from app.models.commands import answering
from app.models.commands.run import perform
from app.models.database import reading
from app.models.drafts import CancelDraft, MoveDraft, read
from app.models.errors import Refusal
from app.models.permissions import Viewer, load_viewer
from app.models.queries.answering import Question, load_question
from app.models.signed import LinkBroken, Purpose, address_mark, unseal
from app.models.words import Scope

ANSWERS = {
    "accept": ("Accepted", "It takes place as planned. {other} is told."),
    "decline": ("Declined", "It is cancelled, and {other} is told."),
    "propose": ("Another time proposed", "{other} is asked now; you are told the answer by e-mail."),
}


@dataclass(frozen=True)
class Asked:
    """Whom a link asks, about what."""

    viewer: Viewer
    question: Question
    scope: Scope


async def show(request: Request) -> Response:
    """Show what is asked, and the three answers."""
    try:
        asked = await asyncio.to_thread(_asked, request.path_params["token"])
    except Refusal:
        return papers.answer_gone(await house())
    return papers.question(await house(), asked.question, {}, {}, session_url(asked.question.session_id))


async def take(request: Request) -> Response:
    """Carry the answer out, or show the page again with what is wrong and what was typed."""
    token, form = request.path_params["token"], await form_of(request)
    try:
        asked = await asyncio.to_thread(_asked, token)
    except Refusal:
        return papers.answer_gone(await house())
    address = session_url(asked.question.session_id)
    try:
        title, text = await asyncio.to_thread(_answer, asked, form)
    except Refusal as refusal:
        return await _again(token, form, refusal.by_field("general"))
    return papers.answered(await house(), title, text, address)


async def _again(token: str, form: Form, problems: dict[str, str]) -> Response:
    """Show the question as it is now, with what is wrong; it may be gone by now."""
    try:
        asked = await asyncio.to_thread(_asked, token)
    except Refusal:
        return papers.answer_gone(await house())
    return papers.question(await house(), asked.question, form, problems, session_url(asked.question.session_id))


def _asked(token: str) -> Asked:
    now = clock.now()
    with reading() as db:
        facts = unseal(db, Purpose.ANSWER, token, now)
        viewer = load_viewer(db, facts["person"])
        if viewer is None or facts.get("to") != address_mark(viewer.email):
            raise LinkBroken
        whole = bool(facts.get("series"))
        question = load_question(db, viewer, now, facts["session"], whole_series=whole)
    return Asked(viewer, question, Scope.ALL if whole else Scope.THIS)


def _answer(asked: Asked, form: Form) -> tuple[str, str]:
    """Give the command that was chosen. Its key is the page that was answered, so that a second click does nothing."""
    version, answer = _number(form.get("version", "")), form.get("answer", "")
    give, session_id = partial(perform, key=f"mail:{version}"), asked.question.session_id
    if answer == "accept":
        give(answering.accept, asked.viewer, session_id=session_id, scope=asked.scope, version=version)
    elif answer == "decline":
        reason = read(CancelDraft, {"reason": form.get("reason", "")}).reason
        give(answering.decline, asked.viewer, session_id=session_id, reason=reason, scope=asked.scope, version=version)
    elif answer == "propose":
        draft = read(
            MoveDraft,
            {"day": form.get("day", ""), "at": form.get("at", ""), "zone": asked.question.zone}
            | {"scope": asked.scope, "version": version},
        )
        give(answering.propose, asked.viewer, session_id=session_id, draft=draft)
    else:
        raise Refusal.of("", "No answer was chosen.", "Accept, decline, or propose another time.")
    title, text = ANSWERS[answer]
    return title, text.format(other=asked.question.other)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


ROUTES: list[BaseRoute] = [
    Route("/answer/{token}", show, methods=["GET"]),
    Route("/answer/{token}", take, methods=["POST"]),
]
