"""What the booking page shows for a form and a viewer, read in one go and away from the event loop."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.models import clock
from app.models.database import reading
from app.models.drafts import BookingDraft
from app.models.errors import Refusal
from app.models.permissions import Viewer
from app.models.queries.booking import Choices, ProgramChoice, load_choices, load_defaults
from app.models.queries.outlook import Outlook, Wished, look_ahead
from app.state.book_form import TICKED, id_of, read_booking, read_day, read_times


@dataclass(frozen=True)
class Screen:
    """`shown` is the form with everything filled in that can be known; `program` is the chosen one or mere words."""

    choices: Choices
    program: ProgramChoice
    shown: dict[str, str]
    outlook: Outlook


def read_screen(viewer: Viewer, fields: Mapping[str, str]) -> Screen:
    """Fill in the form and look ahead. What the viewer may not book is silently left out."""
    with reading() as db:
        choices = load_choices(db, viewer, id_of(fields, "mentor"), id_of(fields, "mentee"))
        program = _chosen(choices, id_of(fields, "program"))
        usual = load_defaults(db, program, choices.mentor, choices.mentee)
        shown = _filled_in(fields, viewer, choices, program, usual)
        outlook = look_ahead(db, viewer, clock.now(), _wished(choices, program, shown))
    return Screen(choices, program, shown, outlook)


def _chosen(choices: Choices, wanted: int) -> ProgramChoice:
    fits = [program for program in choices.programs if program.id == wanted] or choices.programs
    if len(fits) == 1:
        return fits[0]
    return ProgramChoice(mentor=choices.words.mentor, mentee=choices.words.mentee)


def _filled_in(
    fields: Mapping[str, str],
    viewer: Viewer,
    choices: Choices,
    program: ProgramChoice,
    usual: Mapping[str, str],
) -> dict[str, str]:
    if fields["place"] not in ("", usual["place"]):  # what they called it at another place says nothing of this one
        usual = {**usual, "session_type": ""}
    known = {
        "mentor": str(choices.mentor.id or ""),
        "mentee": str(choices.mentee.id or ""),
        "program": str(program.id or ""),
        "zone": fields["zone"] or viewer.zone,
    }
    return dict(fields) | {name: fields[name] or text for name, text in usual.items()} | known


def _wished(choices: Choices, program: ProgramChoice, shown: Mapping[str, str]) -> Wished:
    wished = Wished(
        mentor=choices.mentor,
        mentee=choices.mentee,
        program=program,
        times=read_times(shown),
        day=read_day(shown),
        notifies=shown["notifies"] == TICKED,
    )
    if wished.times is None or not (program.id and choices.mentor.id and choices.mentee.id):
        return wished
    draft, problem = _draft(shown)
    return replace(wished, draft=draft, problem=problem)


def _draft(shown: Mapping[str, str]) -> tuple[BookingDraft | None, str]:
    """Read the booking for the panel; a link or title that is wrong is said when the form is sent."""
    later = dict(shown) | dict.fromkeys(("title", "details", "link", "passcode", "address"), "")
    try:
        return read_booking(later), ""
    except Refusal as refusal:
        return None, " ".join(str(problem) for problem in refusal.problems)
