"""A group session in words, for whoever looks at its public page. Pure.

The first HTML and the live page show the same `PublicPage`, so that they cannot disagree.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from app.models.lifecycle import JOIN_OPENS
from app.models.public_times import PublicTime, public_time
from app.models.queries.public import PublicSession, Standing
from app.models.seats import IN, places_words
from app.models.spoken import Piece, pieces
from app.models.words import LIST_WORDS, PLACE_WORDS, Place, SeatStatus, Status

DESCRIPTION_LENGTH = 200
NO_SESSION = "There is no such session"


@dataclass(frozen=True)
class Stand:
    """Where the reader stands, and which buttons that gives them. `kind` chooses the colour: good, warn or ""."""

    kind: str = ""
    title: str = ""
    text: str = ""
    join: str = ""  # the words on the button, "" for none
    leave: str = ""
    has_calendar: bool = False
    asks_name: bool = False  # a visitor registers with name and e-mail
    sign_in: bool = False
    enters: bool = False  # the meeting is open to them now
    manage: str = ""  # the session's own page, for those who have one


@dataclass(frozen=True)
class PublicPage:
    """All that a public page shows."""

    slug: str = ""
    organisation: str = "Meridian"
    logo: str = ""
    title: str = ""
    description: str = ""
    details: list[Piece] = field(default_factory=list[Piece])
    image: str = ""
    host: str = ""
    host_href: str = ""
    program: str = ""
    status: str = ""
    status_word: str = ""
    start_iso: str = ""
    end_iso: str = ""
    time: PublicTime = field(default_factory=PublicTime)
    place: str = ""
    places: str = ""
    waiting: str = ""
    topics: list[str] = field(default_factory=list[str])
    consent: str = ""
    contact: str = ""
    stand: Stand = field(default_factory=Stand)


def show(public: PublicSession, standing: Standing, zone: str, now: datetime) -> PublicPage:
    """Put a session in words for a reader in `zone`."""
    status = Status.COMPLETED if public.is_over(now) else public.status
    return PublicPage(
        slug=public.slug,
        organisation=public.organisation,
        logo=public.logo,
        title=public.title,
        description=_short(public.details),
        details=pieces(public.details),
        image=public.image,
        host=public.host,
        host_href=f"/m/{public.host_slug}" if public.host_slug else "",
        program=public.program,
        status=status.value,
        status_word="Over" if public.is_over(now) else LIST_WORDS[status],
        start_iso=public.period.start.isoformat(),
        end_iso=public.period.end.isoformat(),
        time=public_time(public.period, public.zone, zone, now),
        place=_place(public),
        places=places_words(public.left, public.maximum) if public.is_open(now) else "",
        waiting=waiting_words(public.waiting) if public.is_open(now) else "",
        topics=[*public.recommended_for, *public.categories],
        consent=public.consent_text,
        contact=public.contact,
        stand=stand(public, standing, now),
    )


def gone_words(contact: str) -> str:
    """Say that there is no such session, or no longer, and whom to ask."""
    text = "The link may be cut off, or the session was removed. Ask whoever gave it to you."
    return f"{text} You can reach the organisation here: {contact}" if contact else text


def private_words(*, is_signed_in: bool) -> str:
    """Say that a session is private; nothing of it is told."""
    if is_signed_in:
        return "Only those who are invited can see it. Ask its host."
    return "Only those who are invited can see it. Sign in if you are, or use the link in your invitation."


def waiting_words(count: int) -> str:
    """Say how many people wait, "" for nobody."""
    return {0: "", 1: "One person is on the waiting list"}.get(count, f"{count} people are on the waiting list")


def stand(public: PublicSession, standing: Standing, now: datetime) -> Stand:
    """Say where the reader stands."""
    manage = f"/s/{public.id}" if standing.is_signed_in and (standing.status in IN or standing.is_manager) else ""
    if not public.is_open(now):
        return _closed(public, standing, manage)
    enters = _is_enterable(public, now)
    if standing.is_host:
        text = "You host this session. Others can take part with or without you."
        return Stand("good", "You are attending!", text, has_calendar=True, enters=enters, manage=manage)
    if standing.status in IN:
        return _taking_part(standing, manage, enters=enters)
    return _outside(public, standing, manage)


def _closed(public: PublicSession, standing: Standing, manage: str) -> Stand:
    was_in = " You were registered." if standing.status == SeatStatus.ENROLLED and not standing.is_host else ""
    if public.status == Status.CANCELLED:
        # The reason is for those who wanted to come, not for the world.
        may_know = standing.status is not None or standing.is_manager
        reason = f" {public.cancel_reason}" if public.cancel_reason and may_know else ""
        return Stand("warn", "This session is cancelled", f"It does not take place.{was_in}{reason}", manage=manage)
    return Stand("", "This session is over", f"Nobody can register any more.{was_in}", manage=manage)


def _taking_part(standing: Standing, manage: str, *, enters: bool) -> Stand:
    stand = _place_of(standing, manage, enters=enters)
    if standing.may_leave:
        return stand
    return replace(stand, leave="", text=f"{stand.text} To give it up, use the link in the mail about it.")


def _place_of(standing: Standing, manage: str, *, enters: bool) -> Stand:
    to = f"to {standing.address}" if standing.address else "by e-mail"
    mistyped = " Is the address wrong? Leave, and register again." if standing.address and standing.may_leave else ""
    if standing.status == SeatStatus.WAITING:
        title = f"You are number {standing.position} on the waiting list"
        told = f"we write {to}" if standing.address else "you are told by e-mail"
        text = f"As soon as a place is free for you, it is yours, and {told}.{mistyped}"
        return Stand("warn", title, text, leave="Leave the waiting list", manage=manage)
    if standing.status == SeatStatus.UNCONFIRMED:
        sent = f"We sent a link {to}. Your place is held for 30 minutes: open the link to keep the place.{mistyped}"
        return Stand("warn", "Confirm your place", sent, leave="Leave", manage=manage)
    text = "It is among your sessions." if standing.is_signed_in else f"A confirmation comes {to}.{mistyped}"
    return Stand("good", "You are registered", text, leave="Leave", has_calendar=True, enters=enters, manage=manage)


def _is_enterable(public: PublicSession, now: datetime) -> bool:
    """Whether `lifecycle` lets participants go in now."""
    is_near = public.period.start - JOIN_OPENS <= now < public.period.end
    return public.place == Place.ONLINE and (is_near or public.status == Status.LIVE)


def _outside(public: PublicSession, standing: Standing, manage: str) -> Stand:
    if standing.is_removed:
        return Stand("warn", "You no longer take part", "Ask the host for an invitation.", manage=manage)
    if standing.status == SeatStatus.INVITED:
        return Stand("good", "You are invited", _room(public), join="Accept", leave="Decline", manage=manage)
    if not (public.allows_visitors or standing.is_member or standing.status):
        text = "Members of the programme can register."
        return Stand("", "For members", text, sign_in=not standing.is_signed_in, manage=manage)
    text = _said_before(standing) + _room(public)
    is_visitor = not standing.is_signed_in
    label = "Join" if public.left else "Join the waiting list"
    return Stand("", "Take part", text, join=label, asks_name=is_visitor, sign_in=is_visitor, manage=manage)


def _said_before(standing: Standing) -> str:
    if standing.is_lapsed:
        return "Your place was not confirmed in time. "
    if standing.status == SeatStatus.WITHDRAWN:
        return f"You gave up your place. {_elsewhere(standing.address)}"
    return "You declined. " if standing.status == SeatStatus.DECLINED else ""


def _elsewhere(address: str) -> str:
    """Say how to give up what another browser took with the address: told to all, for not all have such a place."""
    return f"One that {address} took elsewhere stays: leave by the link in its mail. " if address else ""


def _room(public: PublicSession) -> str:
    if public.left:
        return ""
    return f"All places are taken. You would be number {public.waiting + 1} on the waiting list."


def _place(public: PublicSession) -> str:
    return f"{PLACE_WORDS[public.place]}: {public.address}" if public.address else PLACE_WORDS[public.place]


def _short(text: str) -> str:
    """Cut a text for a preview, at a word."""
    line = " ".join(text.split())
    return line if len(line) <= DESCRIPTION_LENGTH else line[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"
