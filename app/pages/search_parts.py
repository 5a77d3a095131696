"""The search of the header, filled with its state. It is no page itself."""

import reflex as rx

from app.components.search import search_box
from app.state.search import SearchState


def header_search() -> rx.Component:
    """Give the search, ready to be put into the header."""
    return search_box(
        SearchState.found,
        SearchState.count_words,
        on_type=SearchState.look.debounce(120),
        on_close=SearchState.forget,
    )
