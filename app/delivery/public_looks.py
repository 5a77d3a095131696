"""A group session's public page in HTML, and what is said in its place. Shared by its doors."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.delivery import first_html, web
from app.delivery.papers import UNCACHED
from app.delivery.rendering import render
from app.delivery.settings import public_url
from app.models import clock
from app.models.place_marks import PlaceMark, address_name, mark_name, write_mark
from app.models.public_times import own_words
from app.models.public_words import NO_SESSION, PublicPage, gone_words, private_words, show
from app.models.queries.organisation import House
from app.models.queries.public import NotOpen, PlaceKey, PublicSession
from app.models.queries.public_look import Look
from app.models.words import Status

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def status_of(public: PublicSession) -> int:
    """Give the HTTP status: a cancelled session is gone; one that is over is still what it was."""
    return 410 if public.status == Status.CANCELLED else 200


def session_page(
    seen: Look, given: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None, status: int = 0
) -> Response:
    """Show a session, with what was typed and what is wrong with it."""
    page = show(seen.public, seen.standing, seen.zone, clock.now())
    given = given or {}
    values = {"given": given, "problems": problems or {}, "own": own_words(seen.public.period, seen.public.zone)}
    values |= {"key": given.get("key") or uuid4().hex, "own_offset": _own_offset(seen)}
    values["finds_zone"] = seen.viewer is None  # whoever is signed in has chosen theirs
    block = render("group.html", p=page, organisation=page.organisation, logo=page.logo, **values)
    return HTMLResponse(first_html.whole(head_of(page), block), status or status_of(seen.public), UNCACHED)


def message_page(house: House, title: str, text: str, status: int, action: str = "", href: str = "") -> Response:
    """Say something in place of a session, as whole as the page itself."""
    values = {"title": title, "organisation": house.name}
    head = render("group_head.html", description=text, preview=False, theme=theme_script(), **values)
    block = render("public_message.html", text=text, action=action, href=href, logo=house.logo, **values)
    return HTMLResponse(first_html.whole(head, block), status, UNCACHED)


def not_there(house: House) -> Response:
    """Say that there is no such session, or no longer."""
    return message_page(house, NO_SESSION, gone_words(house.public_contact), 404)


def not_open(house: House, slug: str, *, is_signed_in: bool) -> Response:
    """Say that a session is private; nothing of it is shown."""
    text = private_words(is_signed_in=is_signed_in)
    if is_signed_in:
        return message_page(house, NotOpen.TITLE, text, 403)
    return message_page(house, NotOpen.TITLE, text, 403, "Sign in", f"/sign-in?next=/g/{slug}")


def head_of(page: PublicPage) -> str:
    """Give what a session's page brings into its head."""
    when = f"{page.time.day}, {page.time.hours} ({page.time.zone_words})."
    picture = f"{page.image}.jpg" if page.image else ""
    told = f"{when} {page.description}"
    return preview(page.title, page.organisation, told, f"/g/{page.slug}", picture, page.logo)


def preview(title: str, organisation: str, description: str, path: str, picture: str = "", logo: str = "") -> str:
    """Give a page's title, and what a chat shows of its link: with its picture, else with the house's logo."""
    image = picture or logo
    return render(
        "group_head.html",
        title=title,
        organisation=organisation,
        description=description,
        url=f"{public_url()}{path}",
        image=f"{public_url()}{image}" if image else "",
        is_large=bool(picture),
        preview=True,
        theme=theme_script(),
    )


@lru_cache(maxsize=1)
def theme_script() -> str:
    """Give the script that must run before the first paint."""
    return (ASSETS / "theme.js").read_text(encoding="utf-8")


def remember_place(response: Response, key: PlaceKey, mark: PlaceMark, address: str = "") -> None:
    """Let this browser know until a day after the session which place it took, and with which address."""
    seconds = max(3600, int((key.until - clock.now()).total_seconds()) + 24 * 3600)
    web.remember(response, mark_name(key.session_id), write_mark(key.secret, mark), seconds)
    if address:
        web.remember(response, address_name(key.session_id), address, seconds)


def slug_of(request: Request) -> str:
    """Give the end of the session's address."""
    return request.path_params["slug"][:200]


def _own_offset(seen: Look) -> int:
    offset = seen.public.period.start.astimezone(clock.zone_named(seen.public.zone)).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
