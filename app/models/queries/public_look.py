"""Who looks at a public page, and where they stand: by the cookies a browser sends. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session as Db

from app.models import clock
from app.models.cookies import ZONE_COOKIE
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.place_marks import PlaceMark, address_name, has_lapsed, mark_name, read_mark
from app.models.queries.logins import LOGIN_COOKIE, token_hash, viewer_of_token
from app.models.queries.public import PublicSession, Standing, load_public, load_standing
from app.models.words import SeatStatus

Cookies = Mapping[str, str]
LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Look:
    """One look at a session's public page: what there is, who looks, and where they stand."""

    public: PublicSession
    viewer: Viewer | None
    mark: PlaceMark | None
    standing: Standing
    zone: str


def look(slug: str, cookies: Cookies) -> Look:
    """Read a session for whoever has these cookies. Raises NotFound, and NotOpen for a private session's strangers."""
    return look_at(read_public(slug), cookies)


def read_public(slug: str) -> PublicSession:
    """Read what everybody sees of a session, in a connection of its own. Raises NotFound."""
    with reading() as db:
        return load_public(db, slug, clock.now())


def look_at(public: PublicSession, cookies: Cookies) -> Look:
    """Find out who looks at a session. Reads nothing for a stranger; raises NotOpen where it is not theirs to see."""
    sent = cookies.get(mark_name(public.id), "")
    with reading() as db:
        viewer = viewer_of(db, cookies)
        mark = read_mark(public.secret, sent, public.id) if sent and viewer is None else None
        standing = load_standing(db, public, viewer, mark)
    if mark is not None and not mark.is_proven:
        standing = replace(standing, address=cookies.get(address_name(public.id), "")[:LONGEST_ADDRESS])
    if mark is not None and has_lapsed(mark, clock.now()):
        standing = replace(standing, status=SeatStatus.WITHDRAWN, is_lapsed=True)
    return Look(public, viewer, mark, standing, zone_for(public, viewer, cookies))


def viewer_of(db: Db, cookies: Cookies) -> Viewer | None:
    """Give who is signed in at a browser, None for a stranger."""
    token = cookies.get(LOGIN_COOKIE, "")
    return viewer_of_token(db, token_hash(token)) if token else None


def is_somebody(public: PublicSession, cookies: Cookies) -> bool:
    """Whether the browser may have a part in the session, which can change without anything public changing."""
    return bool(cookies.get(LOGIN_COOKIE) or cookies.get(mark_name(public.id)))


def zone_for(public: PublicSession, viewer: Viewer | None, cookies: Cookies) -> str:
    """Give the zone that times are shown in: the reader's, their browser's, else the session's own."""
    return viewer.zone if viewer else browser_zone(cookies) or public.zone


def browser_zone(cookies: Cookies) -> str:
    """Give the zone a browser says it is in, "" where it says none that we know."""
    said = cookies.get(ZONE_COOKIE, "")
    return said if clock.is_zone(said) else ""
