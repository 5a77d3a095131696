"""The signed doors of mails about a place in a group session: confirm it, leave, answer an invitation.

Nobody signs in for them. Looking changes nothing, for mail scanners look; each answer is a form's
POST and goes to the same command as in the app. The link is for one person and one session.
"""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.delivery.doors import form_of, house
from app.delivery.papers import UNCACHED, answer_gone
from app.delivery.public_looks import remember_place
from app.delivery.rendering import render
from app.models import clock
from app.models.commands import enrolling
from app.models.commands.run import perform
from app.models.database import reading
from app.models.errors import Refusal
from app.models.permissions import Viewer, load_viewer
from app.models.place_marks import PlaceMark, mark_name
from app.models.public_words import PublicPage, show
from app.models.queries.logins import LOGIN_COOKIE
from app.models.queries.organisation import House
from app.models.queries.public import PublicSession, Standing, load_public_by_id, load_standing
from app.models.queries.public_look import zone_for
from app.models.seats import IN
from app.models.signed import LinkBroken, Purpose, unseal_seat
from app.models.words import SeatStatus

Button = tuple[str, str, str]
"""What a button answers, its words, its look."""
COMMANDS = {
    "confirm": enrolling.confirm_seat,
    "accept": enrolling.accept_invitation,
    "decline": enrolling.decline_invitation,
    "leave": enrolling.leave,
}
ANSWERS = {
    Purpose.SEAT: ("leave",),
    Purpose.CONFIRM: ("confirm", "leave"),
    Purpose.INVITATION: ("accept", "decline"),
}
DONE = {
    SeatStatus.ENROLLED: "You are registered.",
    SeatStatus.WITHDRAWN: "You gave up your place.",
    SeatStatus.DECLINED: "You declined the invitation.",
}


@dataclass(frozen=True)
class Place:
    """The place that a link is about, and its person."""

    public: PublicSession
    viewer: Viewer
    standing: Standing


async def show_place(request: Request) -> Response:
    """Show the session, and the buttons for what the link is for."""
    try:
        place = await asyncio.to_thread(place_of, _purpose(request), request.path_params["token"])
    except Refusal:
        return answer_gone(await house())
    response = _paper(await house(), request, place)
    if not web.cookies_of(request).get(mark_name(place.public.id)):
        _remember(request, response, place)
    return response


async def answer(request: Request) -> Response:
    """Carry the answer out, and show how things stand then."""
    purpose, token = _purpose(request), request.path_params["token"]
    chosen = (await form_of(request)).get("answer", "")
    try:
        place = await asyncio.to_thread(place_of, purpose, token)
    except Refusal:
        return answer_gone(await house())
    problem = ""
    try:
        await asyncio.to_thread(_carry_out, purpose, chosen, place)
    except Refusal as refusal:
        problem = str(refusal)
    try:
        place = await asyncio.to_thread(place_of, purpose, token)
    except Refusal:
        return answer_gone(await house())
    response = _paper(await house(), request, place, problem=problem)
    _remember(request, response, place)
    return response


def _remember(request: Request, response: Response, place: Place) -> None:
    """Let the session's page know this browser too, unless somebody is signed in at it."""
    if web.cookies_of(request).get(LOGIN_COOKIE):
        return
    status = place.standing.status or SeatStatus.WITHDRAWN
    mark = PlaceMark(place.public.id, place.viewer.person_id, status, is_proven=True)
    remember_place(response, place.public.key, mark)


def _purpose(request: Request) -> Purpose:
    return Purpose(request.url.path.split("/")[1])


def place_of(purpose: Purpose, token: str) -> Place:
    """Read the place that a token is about. Raises LinkBroken, or NotFound for a session that is gone."""
    with reading() as db:
        link = unseal_seat(db, purpose, token, clock.now())
        viewer = load_viewer(db, link.person_id)
        if viewer is None:
            raise LinkBroken
        public = load_public_by_id(db, link.session_id, clock.now())
        return Place(public, viewer, load_standing(db, public, viewer, None))


def _carry_out(purpose: Purpose, chosen: str, place: Place) -> None:
    if chosen not in ANSWERS[purpose]:
        raise Refusal.of("", "No answer was chosen.", "Choose one of the buttons.")
    perform(COMMANDS[chosen], place.viewer, "", place.public.id)


def buttons(purpose: Purpose, place: Place) -> list[Button]:
    """List the answers that the link may still give."""
    status = place.standing.status
    if not place.public.is_open(clock.now()) or place.standing.is_host or place.standing.is_removed:
        return []
    if purpose == Purpose.INVITATION:
        accept = ("accept", "Accept", "primary") if status not in IN else None
        decline = ("decline", "Decline", "") if status in (*IN, SeatStatus.INVITED) else None
        return [button for button in (accept, decline) if button]
    leaving = ("leave", "Leave the waiting list" if status == SeatStatus.WAITING else "Give up my place", "")
    confirming = ("confirm", "Confirm my place", "primary")
    may_confirm = purpose == Purpose.CONFIRM and status in (SeatStatus.UNCONFIRMED, SeatStatus.WITHDRAWN)
    return [*([confirming] if may_confirm else []), *([leaving] if status in IN else [])]


def led_by(wanted: str, shown: list[Button]) -> list[Button]:
    """Put the answer first that was chosen in the mail already, if it may still be given."""
    if all(answer != wanted for answer, *_ in shown):
        return shown
    first = [(answer, label, "primary") for answer, label, _ in shown if answer == wanted]
    return first + [(answer, label, "") for answer, label, _ in shown if answer != wanted]


def note(purpose: Purpose, page: PublicPage, standing: Standing) -> str:
    """Say how things stand."""
    if standing.status == SeatStatus.UNCONFIRMED:
        return "Your place is held for 30 minutes. Confirm it to keep it."
    if standing.status == SeatStatus.INVITED:
        return f"You are invited. {page.stand.text}".strip()
    if standing.status == SeatStatus.WITHDRAWN and purpose == Purpose.CONFIRM:
        return "You have no place now."
    said = DONE.get(standing.status) if standing.status else ""
    return f"{page.stand.title}." if not page.places or not said else said


def _paper(house: House, request: Request, place: Place, *, problem: str = "") -> Response:
    purpose, cookies = _purpose(request), web.cookies_of(request)
    zone = zone_for(place.public, place.viewer, cookies)
    page = show(place.public, place.standing, zone, clock.now())
    words = {"note": note(purpose, page, place.standing), "problem": problem}
    shown = led_by(request.query_params.get("answer", ""), buttons(purpose, place))
    html = render("seat.html", house=house, title=page.title, p=page, buttons=shown, **words)
    return HTMLResponse(html, 422 if problem else 200, UNCACHED)


ROUTES: list[BaseRoute] = [
    route
    for purpose in (Purpose.SEAT, Purpose.CONFIRM, Purpose.INVITATION)
    for route in (
        Route(f"/{purpose}/{{token}}", show_place, methods=["GET"]),
        Route(f"/{purpose}/{{token}}", answer, methods=["POST"]),
    )
]
