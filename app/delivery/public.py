"""The page of a group session that the world sees: /g/<slug>. Whole without script, socket or account.

Every form is sent by the browser itself. Whether an e-mail address is known, or has a place, is
told by no answer: neither by words, status nor cookies. What the page shows comes from
`queries.public`; the live page (`pages.group`) takes its place later.
"""

import asyncio
import re
from dataclasses import replace
from io import BytesIO

import segno
from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app.delivery import web
from app.delivery.doors import Form, form_of, house
from app.delivery.public_limits import may_register
from app.delivery.public_looks import (
    not_open,
    not_there,
    remember_place,
    session_page,
    slug_of,
)
from app.delivery.settings import public_url
from app.models import clock
from app.models.commands import enrolling, registering
from app.models.commands.run import perform
from app.models.cookies import ZONE_COOKIE
from app.models.database import reading
from app.models.drafts import read
from app.models.drafts.seats import RegisterDraft
from app.models.errors import NotFound, Refusal
from app.models.permissions import Viewer, load_viewer
from app.models.place_marks import MARKS, PlaceMark
from app.models.queries.public import NotOpen, PlaceKey
from app.models.queries.public_look import Look, look
from app.models.seats import IN
from app.models.words import SeatStatus, Status

TRAP = "fax_number"
"""A field that no person sees; programs fill it in."""
NAME_COOKIE = "meridian_name"
"""What a visitor called themselves when they registered."""
NAME_LASTS = 90 * 24 * 3600
TOO_OFTEN = "There were too many tries with this address. Wait ten minutes, then try again."


async def show(request: Request) -> Response:
    """Show the session, or say in words and status why not."""
    slug, cookies = slug_of(request), web.cookies_of(request)
    try:
        return session_page(await asyncio.to_thread(look, slug, cookies))
    except NotFound as refusal:
        # Who writes a link into a sentence may have its full stop or bracket taken for a part of it.
        whole = re.sub(r"[^\w-]+$", "", slug)
        return await turned_away(request, refusal) if whole in ("", slug) else _back(whole)
    except NotOpen as refusal:
        return await turned_away(request, refusal)


async def turned_away(request: Request, refusal: Refusal) -> Response:
    """Answer for a session that is not there, or not for this reader."""
    if isinstance(refusal, NotFound):
        return not_there(await house())
    is_signed_in = await web.viewer_at(request) is not None
    return not_open(await house(), slug_of(request), is_signed_in=is_signed_in)


async def take_part(request: Request) -> Response:
    """Join as who is signed in, or accept as who this browser stands for; else register with name and e-mail."""
    form, slug = await form_of(request), slug_of(request)
    try:
        if await _takes_part_as_somebody(request, form):
            await asyncio.to_thread(_join, slug, web.cookies_of(request))
            return _back(slug)
        return await _register(request, slug, form)
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    except Refusal as refusal:
        return await _again(request, form, refusal.by_field(), 422)


async def _takes_part_as_somebody(request: Request, form: Form) -> bool:
    """Whether the form is the one button of somebody known, who needs no name."""
    return "email" not in form or await web.viewer_at(request) is not None


async def _register(request: Request, slug: str, form: Form) -> Response:
    if form.get(TRAP):
        return await _again(request, form, {"": "Please send the form again."}, 422)
    raw = {"name": form.get("name", ""), "email": form.get("email", ""), "consents": bool(form.get("consents"))}
    raw |= {"zone": web.cookies_of(request).get(ZONE_COOKIE, ""), "key": form.get("key", "")}
    draft = read(RegisterDraft, raw)
    if not may_register(slug, draft.email, web.client_address(request)):
        return await _again(request, form, {"": TOO_OFTEN}, 429)
    if await asyncio.to_thread(_is_in_already, slug, web.cookies_of(request), draft.email):
        return _back(slug)
    told = await asyncio.wrap_future(registering.submit(slug, draft, clock.now()))
    response = _back(slug)
    remember_place(response, PlaceKey(told.session_id, told.until, told.secret), _mark_of(told), draft.email)
    web.remember(response, NAME_COOKIE, draft.name, NAME_LASTS)
    return response


def _is_in_already(slug: str, cookies: dict[str, str], email: str) -> bool:
    """Whether this browser has a place for this very address: it was sent again from another tab, or by going back.

    Its mark stays, and so does its way to leave; the answer to a stranger would put one of nobody in its place.
    """
    if not any(name.startswith(MARKS) for name in cookies):
        return False
    seen = look(slug, cookies)
    taker = bearer(seen) if seen.standing.status in IN else None
    return taker is not None and taker.email == email


def _mark_of(told: registering.Registered) -> PlaceMark:
    return PlaceMark(told.session_id, told.person_id, told.status, told.position, taking=told.taking)


async def _again(request: Request, form: Form, problems: dict[str, str], status: int) -> Response:
    """Show the page again, with what was typed and what is wrong."""
    try:
        seen = await asyncio.to_thread(look, slug_of(request), web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    return session_page(seen, form, problems, status)


def _join(slug: str, cookies: dict[str, str]) -> None:
    seen = look(slug, cookies)
    # Without the mail nobody has shown that the address is theirs: a held place is not confirmed by that.
    is_proven = seen.mark is not None and seen.mark.is_proven
    viewer = seen.viewer or (bearer(seen) if is_proven else None)
    if viewer is None:
        raise Refusal.of("", "Fill in your name and your e-mail address.")
    if seen.standing.status == SeatStatus.INVITED:
        perform(enrolling.accept_invitation, viewer, "", seen.public.id)
    else:
        perform(enrolling.join, viewer, "", seen.public.id, slug=slug)


def bearer(seen: Look) -> Viewer | None:
    """Give whom this browser took a place for; None where its mark stands for nobody."""
    if seen.mark is None or not seen.mark.person_id:
        return None
    with reading() as db:
        return load_viewer(db, seen.mark.person_id)


async def leave(request: Request) -> Response:
    """Give the place up, or the number in the waiting list."""
    slug = slug_of(request)
    response = _back(slug)
    try:
        await asyncio.to_thread(_leave, response, slug, web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    except Refusal as refusal:
        return await _again(request, {}, refusal.by_field(), 422)
    return response


def _leave(response: Response, slug: str, cookies: dict[str, str]) -> None:
    seen = look(slug, cookies)
    if seen.viewer is not None:
        if seen.standing.status is not None:
            perform(enrolling.leave, seen.viewer, "", seen.public.id)
        return
    if seen.mark is None:
        return
    if seen.mark.person_id and seen.standing.status is not None:
        taking = None if seen.mark.is_proven else seen.mark.taking
        enrolling.leave_seat(seen.public.id, seen.mark.person_id, taking=taking)
    remember_place(response, seen.public.key, replace(seen.mark, status=SeatStatus.WITHDRAWN))


async def come_back(request: Request) -> Response:
    """Lead whoever opens the address of a button, as after a lost connection, to the page."""
    return _back(slug_of(request))


async def calendar_file(request: Request) -> Response:
    """Give the session for the reader's own calendar, under the name that its mails use too."""
    try:
        seen = await asyncio.to_thread(look, slug_of(request), web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    named = {"content-disposition": 'attachment; filename="session.ics"', "cache-control": "no-store"}
    return Response(calendar_of(seen), media_type="text/calendar; charset=utf-8", headers=named)


def calendar_of(seen: Look) -> bytes:
    """Write the session as iCalendar (RFC 5545). It names no participant, and never the meeting's own link."""
    public, page = seen.public, f"{public_url()}/g/{seen.public.slug}"
    zone = clock.zone_named(public.zone)
    event = Event()
    event.add("uid", public.uid)
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("sequence", public.sequence)
    event.add("dtstart", public.period.start.astimezone(zone))
    event.add("dtend", public.period.end.astimezone(zone))
    event.add("summary", public.title)
    event.add("description", "\n\n".join(part for part in (public.details, page) if part))
    event.add("location", public.address or page)
    event.add("url", page)
    event.add("status", "CANCELLED" if public.status == Status.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Meridian//Meridian//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


async def qr_code(request: Request) -> Response:
    """Draw the page's address as a QR code."""
    slug = slug_of(request)
    try:
        await asyncio.to_thread(look, slug, web.cookies_of(request))
    except (NotFound, NotOpen) as refusal:
        return await turned_away(request, refusal)
    drawn = BytesIO()
    segno.make(f"{public_url()}/g/{slug}", micro=False).save(drawn, kind="svg", scale=8, light="white", xmldecl=False)
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"cache-control": "private, max-age=3600"})


def _back(slug: str) -> Response:
    return RedirectResponse(f"/g/{slug}", 303)


ROUTES: list[BaseRoute] = [
    *web.both_ways("/g/{slug}", show, "GET"),
    *web.both_ways("/g/{slug}", take_part, "POST"),
    *web.both_ways("/g/{slug}/leave", leave, "POST"),
    *(Route(f"/g/{{slug}}/{button}", come_back, methods=["GET"]) for button in ("leave", "enter")),
    Route("/g/{slug}/calendar.ics", calendar_file, methods=["GET"]),
    Route("/g/{slug}/qr.svg", qr_code, methods=["GET"]),
]
