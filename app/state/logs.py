"""Watches what is written down of what browsers send: whoever opens a socket may send anything, and any amount.

Reflex writes whole events, with the browser's headers. It must not know what an event is for.
"""

import logging

LONGEST_RECORD = 1_000
MOST_A_MINUTE = 100
FLOOD = "Too many records of what browsers sent: the others of this minute are left out."
WRITERS = (
    "reflex.app",
    "reflex.state",
    "reflex_base.event.processor.event_processor",
    "reflex_base.event.processor.base_state_processor",
    "engineio.server",
    "socketio.server",
    "meridian.pages",
)
"""The loggers that quote events, and what pages say of themselves."""


class Guarded(logging.Filter):
    """Takes logins out of records, cuts long ones, and lets so many through a minute that no flood fills the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.minute = self.written = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, changed perhaps, or leave it out."""
        minute = int(record.created // 60)
        self.written = self.written + 1 if minute == self.minute else 1
        self.minute = minute
        text = record.getMessage()
        if self.written == MOST_A_MINUTE:
            record.msg, record.args = FLOOD, ()
        elif "cookie" in text.lower():
            record.msg, record.args = "An event could not be handled (its headers are left out).", ()
        elif len(text) > LONGEST_RECORD:
            record.msg, record.args = "%s … (%d characters)", (text[:LONGEST_RECORD], len(text))
        _forget_causes(record)
        return self.written <= MOST_A_MINUTE


def _forget_causes(record: logging.LogRecord) -> None:
    """Leave a trace out whose errors quote a login, or more than is of use."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        if "cookie" in (text := str(error)).lower() or len(text) > LONGEST_RECORD:
            record.exc_info = record.exc_text = None
            return
        error = error.__cause__ or error.__context__


def keep_logs_short() -> None:
    """Put a guard of its own before every logger that writes down what browsers send."""
    for name in WRITERS:
        logging.getLogger(name).addFilter(Guarded())
