"""Who is looking, as every page's frame shows it. Filled by `enter`, which each page runs when it is opened.

Its vars reach this one browser only after the cookie was checked; computed vars would reach
everybody (Reflex sends them with the first snapshot), so there are none.
"""

import logging
from datetime import datetime
from functools import partial
from urllib.parse import quote

import reflex as rx
from reflex.state import BaseState

from app.models import clock
from app.models.commands.account import note_browser_zone
from app.models.commands.run import perform
from app.models.cookies import MODE_COOKIE, ZONE_COOKIE
from app.models.database import reading
from app.models.permissions import Viewer, load_viewer
from app.models.queries.logins import browser_zone_of
from app.models.queries.organisation import House, read_house
from app.models.queries.public_mentor import read_own_profile
from app.models.spoken import initials
from app.state.bell import BellState
from app.state.live import keep_up
from app.state.login import cookies_of, find_viewer, public, signed_in

SETTLES_SECONDS = 0.5
LONGEST_REPORT = 1000

log = logging.getLogger("meridian.pages")


class LoginState(rx.State):
    """The signed-in person and the organisation, for the frame. Empty for a stranger."""

    ready: bool = False
    person_id: int = 0
    name: str = ""
    initials: str = ""
    email: str = ""
    is_manager: bool = False
    is_org_manager: bool = False
    personal: bool = False  # a manager who looks at their own sessions only
    manages: bool = False  # a manager who does not
    takes_part: bool = False  # as a mentor or mentee of some programme
    mentors: bool = False
    zone: str = "UTC"
    zone_words: str = ""
    organisation: str = "Meridian"
    logo: str = ""
    profile: str = ""  # the address of one's public page, "" for none
    is_set_up: bool = True
    _holder: int = 0  # whom this tab's state belongs to; the gate compares it with the cookie

    @public
    async def enter(self):
        """Fill in who is looking; send a stranger to the sign-in page."""
        viewer = find_viewer(self)
        if viewer is None:
            return rx.redirect(sign_in_address(self))
        zone = cookies_of(self).get(ZONE_COOKIE, "")
        self._show(*await rx.run_in_thread(partial(arrive, viewer, zone)))
        return None

    @public
    async def look(self):
        """Fill in the organisation, for a page that strangers may see."""
        self._show_house(await rx.run_in_thread(look_at_house))

    @public
    def page_broke(self, error: str, _where: str):
        """Write down what failed in somebody's browser; it is theirs to say, so it is cut and quoted."""
        log.error("A page failed in a browser: %r", str(error)[:LONGEST_REPORT])

    @rx.event(background=True)
    @signed_in
    async def stay(self):
        """Keep the bell and the counts true; leave when this browser is signed out from elsewhere."""
        await keep_up(self, self._count, settles=SETTLES_SECONDS)
        return rx.redirect("/sign-in?left=1")

    async def _count(self, viewer: Viewer) -> float | None:
        bell = await self.get_state(BellState)
        return seconds_until(await bell._follow(viewer))  # pyright: ignore[reportPrivateUsage]  # a public one is a handler

    def _show(self, viewer: Viewer, house: House, profile: str) -> None:
        self.profile = profile
        self.person_id, self.name, self.email = viewer.person_id, viewer.name, viewer.email
        self.initials = initials(viewer.name)
        self.is_manager, self.is_org_manager = viewer.is_manager, viewer.is_org_manager
        self.personal = looks_personally(self, viewer)
        self.manages = viewer.is_manager and not self.personal
        self.takes_part, self.mentors = bool(viewer.mentored or viewer.attended), bool(viewer.mentored)
        self.zone, self.zone_words = viewer.zone, clock.zone_words(clock.now(), viewer.zone)
        self._show_house(house)
        self.ready = True

    def _take(self, person_id: int) -> None:
        if self._holder not in (0, person_id):
            self._get_root_state().reset()
        self._holder = person_id

    def _show_house(self, house: House) -> None:
        self.organisation, self.logo, self.is_set_up = house.name, house.logo, house.is_set_up


async def hand_over(state: BaseState, viewer: Viewer | None) -> None:
    """Forget all that this tab was shown if somebody else, or nobody, is signed in now.

    Without it the next person at the same browser would be sent the former one's pages,
    and so would a stranger who learnt the tab's token.
    """
    login = await state.get_state(LoginState)
    login._take(viewer.person_id if viewer else 0)  # pyright: ignore[reportPrivateUsage]  # a public one is a handler


def looks_personally(state: BaseState, viewer: Viewer) -> bool:
    """Whether a manager wants to see their own sessions only. Watchers ask here: they may begin before `enter` ends."""
    return viewer.is_manager and cookies_of(state).get(MODE_COOKIE) == "personal"


def seconds_until(due_at: datetime | None) -> float | None:
    """Give how long it is until then, None for ever."""
    return max(0.0, (due_at - clock.now()).total_seconds()) if due_at else None


def arrive(viewer: Viewer, zone: str) -> tuple[Viewer, House, str]:
    """Note the browser's zone if it is news, and read what the frame shows."""
    with reading() as db:
        house, (_, profile) = read_house(db), read_own_profile(db, viewer)
        known = browser_zone_of(db, viewer.person_id)
    if zone != known and clock.is_zone(zone):
        perform(note_browser_zone, viewer, "", zone)
        with reading() as db:
            viewer = load_viewer(db, viewer.person_id) or viewer
    return viewer, house, profile


def look_at_house() -> House:
    """Read what anybody may see of the organisation."""
    with reading() as db:
        return read_house(db)


def sign_in_address(state: BaseState) -> str:
    """Give the sign-in page's address, with the way back to where the person wanted to go."""
    url = state.router.url
    wanted = url.path + (f"?{url.query}" if url.query else "")
    return "/sign-in" if wanted in ("", "/") else f"/sign-in?next={quote(wanted)}"
