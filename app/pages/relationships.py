"""The list of relationships: "My Relationships" for mentors and mentees. It must not decide anything."""

import reflex as rx

from app.components.relationships import Pairs, relationships
from app.components.shell import skeleton
from app.pages.shell import shell
from app.state.relationships import PAIRS_CHOICES, RelationshipsState

ROUTE = "/relationships"
TITLE = "Relationships · Meridian"
ON_LOAD = [RelationshipsState.open_address, RelationshipsState.watch]
STYLESHEETS = ["/relationships.css"]
SCRIPTS = ["/relationships.js"]

PAIRS = Pairs(
    found=RelationshipsState.found,
    typed=RelationshipsState.typed,
    typed_anew=RelationshipsState.typed_anew,
    program=RelationshipsState.program,
    pairs=RelationshipsState.pairs,
    is_filtered=RelationshipsState.is_filtered,
    is_personal=RelationshipsState.is_personal,
    address=RelationshipsState.address,
    choices=PAIRS_CHOICES,
    search=RelationshipsState.search,
    choose_program=RelationshipsState.choose_program,
    choose_pairs=RelationshipsState.choose_pairs,
    go_to=RelationshipsState.go_to,
    clear=RelationshipsState.clear,
)


def page() -> rx.Component:
    """Show the list as soon as its address was read."""
    title = rx.cond(RelationshipsState.is_personal, "My Relationships", "Relationships")
    shown = rx.cond(RelationshipsState.is_ready, relationships(PAIRS), skeleton())
    return shell(shown, title=title, here=ROUTE)
