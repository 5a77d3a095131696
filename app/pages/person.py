"""A person's details page. It must not decide anything: it only composes components."""

from typing import Any

import reflex as rx

from app.components.person import Acts, Slots, person_page
from app.components.person_access import AccessVars, access_ways, link_window
from app.components.person_details import DetailsActs
from app.components.person_forms import Forms, windows
from app.components.person_hand_over import HandOver, hand_over_button, hand_over_window
from app.components.person_pairs import Box, Ending, PairActs, assign_box, end_dialog
from app.components.person_privacy import Erasing, erase_window, privacy
from app.pages.shell import shell
from app.state.person import PersonState
from app.state.person_access import PersonAccessState
from app.state.person_edit import PersonEditState
from app.state.person_erase import PersonEraseState
from app.state.person_hand_over import PersonHandOverState
from app.state.person_pairs import PersonPairsState
from app.state.person_threads import PersonThreadsState

ROUTE = "/people/[id]"
TITLE = rx.cond(PersonState.person.name, f"{PersonState.person.name} · Meridian", "Person · Meridian")
ON_LOAD = [PersonState.opened, PersonPairsState.begin, PersonState.watch]
STYLESHEETS = ["/book.css", "/person.css"]

PERSON = PersonState.person


def about(person_id: Any, value: Any, nothing: Any) -> Any:
    """Give what a window shows while it is about the person of this page, so that none follows to another's."""
    return rx.cond(person_id == PERSON.id, value, nothing)


ACTS = Acts(
    details=DetailsActs(
        edit=PersonEditState.open_edit,
        deactivate=PersonEditState.open_deactivate,
        reactivate=PersonEditState.reactivate,
    ),
    pairs=PairActs(end=PersonPairsState.open_end),
    close_thread=PersonThreadsState.close_thread,
    reopen_thread=PersonThreadsState.reopen_thread,
)
BOX = Box(
    finder=PersonPairsState.finder,
    chosen=PersonPairsState.chosen,
    programs=PersonPairsState.programs,
    program=PersonPairsState.program,
    key=PersonPairsState.key,
    errors=PersonPairsState.errors,
    search=PersonPairsState.search(PERSON.part, PERSON.id).debounce(150),
    close_search=PersonPairsState.close_search,
    choose=lambda other_id: PersonPairsState.choose(PERSON.part, PERSON.id, other_id),
    choose_program=PersonPairsState.choose_program,
    save=PersonPairsState.save,
)
ENDING = Ending(
    relationship_id=PersonPairsState.ending,
    name=PersonPairsState.ending_name,
    coming=PersonPairsState.coming,
    key=PersonPairsState.end_key,
    errors=PersonPairsState.end_errors,
    submit=PersonPairsState.submit_end,
    close=PersonPairsState.close_end,
)
FORMS = Forms(
    window=about(PersonEditState.person_id, PersonEditState.window, ""),
    person=PERSON,
    key=PersonEditState.key,
    form=PersonEditState.form,
    coming=PersonEditState.coming,
    errors=PersonEditState.errors,
    submit_edit=PersonEditState.submit_edit,
    submit_deactivate=PersonEditState.submit_deactivate,
    close=PersonEditState.close,
    hand_over=PersonHandOverState.open_window,
)
ACCESS = AccessVars(
    link=about(PersonAccessState.person_id, PersonAccessState.link, ""),
    send_again=PersonAccessState.send_again,
    show_link=PersonAccessState.show_link,
    close=PersonAccessState.close_link,
)
OVER = HandOver(
    from_id=about(PersonHandOverState.from_id, PersonHandOverState.from_id, 0),
    key=PersonHandOverState.key,
    holding=PersonHandOverState.holding,
    finder=PersonHandOverState.finder,
    taker=PersonHandOverState.taker,
    ahead=PersonHandOverState.ahead,
    errors=PersonHandOverState.errors,
    open=PersonHandOverState.open_window,
    close=PersonHandOverState.close,
    search=PersonHandOverState.search.debounce(150),
    close_search=PersonHandOverState.close_search,
    choose=PersonHandOverState.choose,
    tick=PersonHandOverState.tick,
    submit=PersonHandOverState.submit,
)
ERASING = Erasing(
    person_id=about(PersonEraseState.person_id, PersonEraseState.person_id, 0),
    problem=PersonEraseState.problem,
    open=PersonEraseState.open_erase,
    close=PersonEraseState.close_erase,
    submit=PersonEraseState.submit_erase,
)


def page() -> rx.Component:
    """Show who it is."""
    word = rx.cond(PERSON.part == "students", PERSON.mentee, PERSON.mentor)
    slots = Slots(
        assign=assign_box(PERSON, word, BOX),
        access=access_ways(PERSON, ACCESS),
        hand_over=hand_over_button(PERSON, OVER),
        privacy=privacy(PERSON, ERASING),
    )
    shown = person_page(PERSON, PersonState.is_missing, ACTS, slots)
    title = rx.cond(PERSON.title, PERSON.title, "Details")
    opened = (windows(FORMS), end_dialog(ENDING), link_window(PERSON, ACCESS), hand_over_window(PERSON.mentor, OVER))
    opened += (erase_window(PERSON, ERASING),)
    return shell(shown, *opened, title=title, here="/people")
