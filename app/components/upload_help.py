"""What each message about a sheet of sessions means, and what to do. It knows no state."""

import reflex as rx

from app.components.basics import link_button

HELP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "What a row is to do",
        (
            ("The action is missing. · “…” is no action.", "Write Create, Edit or Delete in the column Action."),
            (
                "The ID is missing. · “…” is no session ID.",
                "Edit and Delete need the session’s number. It is in the result file, and in the address of its page.",
            ),
            (
                "There is no session … here. · Session … was deleted.",
                "Look the ID up once more. Sessions of programmes you do not manage are not found either.",
            ),
            (
                "A new session has no ID yet. · Session … was created already.",
                "Leave the ID empty where a row creates. To change the session of that ID, write Edit.",
            ),
            (
                "This session exists already.",
                (
                    "The same person holds a session that begins then, perhaps from an earlier upload of this "
                    "file. Take the row out, or write Edit and the ID that is named."
                ),
            ),
            ("Row … says the same.", "Two rows are alike. Keep one of them."),
            ("Row … is about the same session.", "Say all that is to change of a session in one row."),
        ),
    ),
    (
        "Empty cells",
        (
            (
                "The … is missing.",
                (
                    "Create needs title, description, type, who holds it, date, time zone, time, duration, "
                    "recommended for, categories and medium. With Edit, an empty cell changes nothing."
                ),
            ),
            (
                "A private session needs somebody to meet.",
                "Name at least one person to invite, or make the session public.",
            ),
            (
                "No programme is named. · You have no programme “…”.",
                "Choose a programme for the whole file beside the button, or fill in the column Programme.",
            ),
        ),
    ),
    (
        "People",
        (
            (
                "Nobody here has the address ….",
                "Correct the address. Who is new here is added first, on the page People or by a file of people.",
            ),
            ("… is no longer active.", "Name somebody else, or reactivate the person on their own page."),
            (
                "… cannot host in ….",
                "A programme’s own people hold its group sessions, or its managers. Give the person the role.",
            ),
            (
                "The type, the programme or who holds it cannot change after publishing.",
                (
                    "Write what the session has, or leave the cell empty. For another one, delete the session and "
                    "create a new one. Who is met one-to-one stays, too."
                ),
            ),
            (
                "… people are named, and there are … places. · … places are left.",
                "The host takes one place. Name fewer people, or raise the Maximum.",
            ),
            ("Nobody meets themselves.", "Take the host’s own address out of the list."),
        ),
    ),
    (
        "Date and time",
        (
            (
                "“03/04/2026” could be 3 April 2026 or 4 March 2026.",
                (
                    "Dates are written as DD-MM-YYYY, such as 25-04-2026. True dates of a workbook are fine, too. "
                    "Any other form is refused, for a guess would be wrong half of the time."
                ),
            ),
            (
                "“…” is no date. · … is not written as DD-MM-YYYY.",
                "Write day, month and all four figures of the year.",
            ),
            ("“…” is not a time of day.", "Write it with 24 hours, such as 17:00 or 17:00 Hrs."),
            ("“…” is not a time zone.", "Write IST, UTC, or a place such as Europe/Berlin."),
            ("… does not exist in …: the clocks go forward.", "The hour is skipped that night. Choose another one."),
            ("… has passed.", "Choose a time that is still to come."),
            ("… minutes are too short.", "A session lasts from 30 minutes to 12 hours. Write the number alone."),
            (
                "… has “…” on ….",
                (
                    "The person is busy. Sessions that somebody holds may not touch either, unless the programme "
                    "allows it: after one from 15:00 to 16:00, the next begins after 16:00."
                ),
            ),
            ("Row … gives … a session on ….", "Two rows of the file clash. Choose another time in one of them."),
        ),
    ),
    (
        "Meeting",
        (
            (
                "“…” is no meeting platform known here.",
                "Write BigBlueButton, Google Meet, Zoom, Microsoft Teams, Skype or Other.",
            ),
            ("… needs a link. · This is not a web address.", "Paste the whole address, with https:// before it."),
            (
                "BigBlueButton makes its own room, so there cannot be a link.",
                "Empty the link, or name the platform it leads to. An empty platform means BigBlueButton.",
            ),
            ("BigBlueButton is not set up here.", "Name another platform, or set it up in the settings."),
        ),
    ),
    (
        "Texts, and the file itself",
        (
            (
                "“…” has a character that cannot be read or kept, shown as �.",
                (
                    "The file was damaged, or something invisible was pasted into the cell. Type the cell again; "
                    "where many cells are damaged, save the table as XLSX or as CSV UTF-8."
                ),
            ),
            ("“#REF!” is a formula’s error.", "Correct the formula, or write the value in its place."),
            (
                "This is too long.",
                "A title has up to 400 characters, a description up to 10,000, a category up to 100.",
            ),
            ("This file has no column Action.", "The first row must hold the headings, as in the sample file."),
            (
                "Two columns of this file mean the same.",
                "Headings are known by several names: Mentor and Host are one. Take a column out, or rename it.",
            ),
            (
                "From line … on this file cannot be read as CSV.",
                "A quotation mark in a text is written twice, and one that opens a cell closes it, too.",
            ),
            ("This is an OpenDocument file.", "In LibreOffice choose Save As, then Excel 2007 (.xlsx) or Text CSV."),
        ),
    ),
    (
        "Sessions that have begun",
        (
            (
                "This session has started: only its platform, link and passcode can change.",
                "Empty all other cells of the row.",
            ),
            (
                "This session has started, so it can no longer be changed or cancelled.",
                "Take the row out. What took place stays.",
            ),
            (
                "This session is completed, missed or cancelled.",
                "Take the row out. What became of it is corrected on its own page.",
            ),
        ),
    ),
)


def upload_help() -> rx.Component:
    """List the messages under what they are about."""
    return rx.el.div(
        rx.el.p(
            "Each message names the cell, what is wrong, and what would be right. An invalid row changes nothing: "
            "correct it on the page, or in the result file, and upload that again.",
            class_name="muted",
        ),
        *(_section(number, title, lines) for number, (title, lines) in enumerate(HELP)),
        rx.el.div(link_button("Back to the bulk upload", "/sessions/bulk", icon_name="arrow-left"), class_name="row"),
        class_name="stack-l upload",
    )


def _section(number: int, title: str, lines: tuple[tuple[str, str], ...]) -> rx.Component:
    entries = [part for message, what in lines for part in (rx.el.dt(message), rx.el.dd(what))]
    return rx.el.section(
        rx.el.h2(title, id=f"help-{number}"),
        rx.el.dl(*entries, class_name="facts upload-help"),
        class_name="card stack",
        aria_labelledby=f"help-{number}",
    )
