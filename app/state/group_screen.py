"""What the form of a group session shows for its fields and a viewer, read in one go and away from the event loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.models import clock
from app.models.database import reading
from app.models.permissions import Viewer
from app.models.queries.group_forms import (
    GroupForm,
    GroupProgram,
    SeatLine,
    list_programs,
    load_group_form,
    makes_rooms,
)
from app.models.queries.group_outlook import (
    Asked,
    Everybody,
    Foresight,
    find_hosts,
    find_to_invite,
    foresee,
    foresee_invites,
    foresee_size,
    list_everybody,
    named_host,
    named_to_invite,
)
from app.models.queries.people import PersonFound
from app.models.words import Audience, Platform
from app.state.book_form import id_of
from app.state.group_fields import everybody_of, invites_of, people_of, read_times, with_length, written


@dataclass(frozen=True)
class Screen:
    """What is shown, part by part, by the names of the state's own. `shown` is the form with what can be known."""

    shown: dict[str, str]
    programs: list[GroupProgram]
    program: GroupProgram
    host: PersonFound
    makes_rooms: bool
    foresight: Foresight
    everybody: list[Everybody] = field(default_factory=list[Everybody])
    groups: list[Everybody] = field(default_factory=list[Everybody])
    people: list[PersonFound] = field(default_factory=list[PersonFound])
    invited_words: str = ""
    invited_look: str = ""
    resize_words: str = ""
    seats: list[SeatLine] = field(default_factory=list[SeatLine])
    changed: str = ""


def find(viewer: Viewer, side: str, program_id: int, typed: str, taken: set[int]) -> list[PersonFound]:
    """Look for a host or for people to invite; those already in are left out."""
    with reading() as db:
        if side == "host":
            return find_hosts(db, viewer, program_id, typed)
        return find_to_invite(db, viewer, program_id, typed, taken)


def read_screen(viewer: Viewer, fields: Mapping[str, str], editing: int) -> Screen:
    """Fill in the form and look ahead. Raises NotFound for a session that is not theirs to edit."""
    now = clock.now()
    with reading() as db:
        form = load_group_form(db, viewer, now, editing) if editing else None
        programs = list_programs(db, viewer, also=id_of(form.fields, "program") if form else 0)
        program = _chosen(programs, form.fields if form else fields)
        host = form.host if form else named_host(db, viewer, program.id, id_of(fields, "host"))
        rooms = makes_rooms(db)
        shown = _filled_in(fields, program, host, rooms=rooms)
        words, look = foresee_invites(db, now, _asked(viewer, program, host, shown, editing), invites_of(shown))
        everybody = list_everybody(db, viewer, program) if program.id else []
        chosen = {f"{kind}:{name}" for kind, name in everybody_of(shown)}
        return Screen(
            shown=shown,
            programs=programs,
            program=program,
            host=host,
            makes_rooms=rooms,
            foresight=foresee(db, viewer, now, program.id, host.id, read_times(shown), editing),
            everybody=[one for one in everybody if one.value not in chosen],
            groups=[one for one in everybody if one.value in chosen],
            people=named_to_invite(db, viewer, program.id, people_of(shown)) if program.id else [],
            invited_words=words,
            invited_look=look,
            resize_words=foresee_size(db, now, form.id, id_of(shown, "maximum")) if form else "",
            seats=form.seats if form else [],
            changed=_changed(form, fields),
        )


def _chosen(programs: Sequence[GroupProgram], fields: Mapping[str, str]) -> GroupProgram:
    wanted = id_of(fields, "program")
    fits = [program for program in programs if program.id == wanted] or list(programs)
    return fits[0] if len(fits) == 1 else GroupProgram()


def _filled_in(fields: Mapping[str, str], program: GroupProgram, host: PersonFound, *, rooms: bool) -> dict[str, str]:
    usual = Platform.BIG_BLUE_BUTTON if rooms else Platform.OTHER
    known = {"program": str(program.id or ""), "host": str(host.id), "platform": fields["platform"] or usual}
    return with_length(fields, program.minutes) | known | {"everybody": written(everybody_of(fields))}


def _asked(viewer: Viewer, program: GroupProgram, host: PersonFound, shown: Mapping[str, str], editing: int) -> Asked:
    return Asked(
        viewer=viewer,
        program_id=program.id,
        host_id=host.id,
        maximum=max(id_of(shown, "maximum"), 2),
        private=shown["audience"] == Audience.PRIVATE,
        session_id=editing,
    )


def _changed(form: GroupForm | None, fields: Mapping[str, str]) -> str:
    if form is None or fields["version"] in ("", str(form.version)):
        return ""
    return "Somebody changed this session meanwhile. Look at it again, then repeat your change."
