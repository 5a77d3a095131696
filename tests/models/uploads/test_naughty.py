"""Texts that break careless programs come through an upload unharmed: to the screen, mail, calendars and files."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from icalendar import Calendar

from app.delivery.mail import compose
from app.delivery.who import one_line
from app.models.commands.booking import book
from app.models.commands.uploads import correct_cell, open_upload
from app.models.database import reading
from app.models.letters import Letter, read_letters
from app.models.queries.session_card import load_card
from app.models.queries.session_list_filters import Filters
from app.models.queries.session_sheets import sessions_sheet
from app.models.queries.upload_results import result_of
from app.models.tables import Person
from app.models.uploads.exports import as_csv, as_xlsx
from app.models.uploads.jobs import work_once
from app.models.uploads.reading import Line, Table, plain, read_table
from app.models.words import NoticeKind, UploadKind, UploadStatus
from tests.models.factories import NOW, House, booking, do, notices
from tests.models.factories import rows_of as all_rows
from tests.models.uploads.session_sheets import HEADINGS, OWN, SHORT, create, make_home, public, sheet, upload
from tests.models.uploads.sheets import HEADINGS as PEOPLE
from tests.models.uploads.sheets import WORKER, carry_out, flaws, rows_of, statuses, the_upload
from tests.models.uploads.sheets import sheet as people_sheet
from tests.models.uploads.sheets import upload as upload_people

NAUGHTY = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></textarea>", "javascript:alert(1)",
    "Robert'); DROP TABLE session;--", "\"';--", "%s%n%x", "%00", "{{7*7}}", "${7*7}", "{% raw %}", "{0.__class__}",
    "=cmd()|' /C calc'!A0", "+49 30 1234", "-2+3", "@SUM(A1)", "'=1+1", "''", "'-", "＝1+1", "a;=1+1;b",
    "Hi\\r\\nBcc: all@example.org", "Subject: spam", "BEGIN:VEVENT", "END:VCALENDAR", "a\\nb\\;d", 'SUMMARY;X="1":y',
    "👩🏽‍🏫👨‍👩‍👧‍👦🏳️‍🌈", "🇺🇳 1️⃣", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎", "田中さんにあげて下さい", "मैथिली", "مرحبا ١٢٣", "שלום", "ﷺﷻ",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗L̪", "a\u200bb\u200cc\ufeffd", "soft\u00adhyphen", "Ω≈ç√∫˜µ≤≥÷", "ﬀ ﬁ ß ſ İı",
    "NULL", "None", "undefined", "true", "NaN", "1E5", "0x1F", "007", "1/2", "10-03-2026", "_x000D_", "_x005F_x0041_",
    "C:\\new\\table", "\\", "a|b", "sep=;", "#hash", "# N/A", "&amp; &lt;b&gt; &#0;", "]]>", "<!--",
    "?q=1&r=2", "~!@#$%^&*()",
]  # fmt: skip
"""Each is one line without comma, so that it fits every cell."""
LINES = "one\n\ntwo\u2028three\n=four\n.\nFrom five\nBcc: all@example.org\n\u202eturned\u202c n\u00a0b\u202fs"
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"}
MIME = {"MIME-Version", "Content-Type"}


@pytest.fixture
def house() -> House:
    return make_home()


def test_text_comes_through_to_the_screen_files_mail_and_calendars(house: House) -> None:
    uploaded = upload_all(house)
    the_screen_shows_it(house, uploaded)
    files_give_it_back(house, uploaded)
    mail_and_calendars_tell_it(house)


def upload_all(house: House) -> int:
    """Put each text in every cell of a one-to-one session and of a public one, and carry that out."""
    rows: list[dict[str, str]] = []
    for number, text in enumerate(NAUGHTY):
        day = f"{NOW + timedelta(days=number + 2):%d-%m-%Y}"
        cells = dict.fromkeys(("title", "recommended", "categories", "medium", "passcode"), text)
        cells |= {"day": day, "details": f"{text}\n{LINES}"}
        rows += [{**create(**cells)}, {**public(**cells, at="18:00")}]
    made = as_csv(HEADINGS, [[row.get(heading, "") for heading in HEADINGS] for row in rows])
    upload_id = upload(house.manager, made)
    carry_out(house.manager, upload_id)
    assert set(statuses(upload_id)) == {"done"}
    return upload_id


def made_of(upload_id: int) -> list[int]:
    return [row.result["id"] for row in rows_of(upload_id)]


def the_screen_shows_it(house: House, uploaded: int) -> None:
    shown: list[tuple[object, ...]] = []
    with reading() as db:
        for session_id in made_of(uploaded):
            card = load_card(db, house.manager, NOW, session_id)
            about = [fact.words for fact in card.about if fact.label in ("Recommended for", "Categories", "Medium")]
            shown.append((card.title, card.passcode, "".join(piece.text for piece in card.details), about))
    assert shown == [(text, text, f"{text}\n{LINES}", about) for text in NAUGHTY for about in ([], [text, text, text])]


def files_give_it_back(house: House, uploaded: int) -> None:
    with reading() as db:
        exported = sessions_sheet(db, house.manager, NOW, Filters(), made_of(uploaded))
        result = result_of(db, house.manager, uploaded)
    titles = sorted(text for text in NAUGHTY for _ in (1, 2))
    kept = [tuple(row.cells.get(heading, "") for heading in HEADINGS[2:]) for row in rows_of(uploaded)]
    for make in (as_csv, as_xlsx):
        assert sorted(line.cells[1] for line in read_table(make(exported.headings, exported.rows)).lines) == titles
        assert [line.cells[2:] for line in read_table(make(*result)).lines] == kept


def mail_and_calendars_tell_it(house: House) -> None:
    for text, letter in zip(NAUGHTY, letters_to(house.mentee.person_id), strict=True):
        mail = message_from_bytes(compose(letter, NOW).as_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        assert set(mail.keys()) == HEADERS | MIME
        assert mail["Subject"].strip().startswith(f"Booked: {one_line(text, 60)}"[:40])
        plain, page = body(mail, "plain"), body(mail, "html")
        assert f"Details: {text}\n    one\n" in plain
        assert text in html.unescape(page)
        assert re.findall(r"<script|<img|</textarea", page) == []
        [calendar] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        [event] = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
        assert str(event["SUMMARY"]) == one_line(text)
        assert str(event["DESCRIPTION"]).split("\n\nDetails and Join: ")[0] == f"{text}\n{LINES}"
        assert "ATTENDEE" in event


def letters_to(person_id: int) -> list[Letter]:
    """The one mail of all bookings, as one of each."""
    with reading() as db:
        [letter] = read_letters(db, notices(kind=NoticeKind.BOOKED, person_id=person_id))
    return [replace(letter, message_id="<1@example.org>", sessions=(told,)) for told in letter.sessions]


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


ODD = [
    "٣",
    "²",
    "1e9",
    "-5",
    "００",
    "9" * 30,
    "١٠-٠٣-٢٠٢٦",
    "24:00",
    "99:99",
    "0",
    "x" * 20_000,
    ",",
    ";;",
    "@",
    "a@b",
    "\n\n",
]


def test_no_text_in_any_cell_keeps_a_sheet_from_being_checked(house: House) -> None:
    texts = [*NAUGHTY, *ODD, *UNFIT.values()]
    rows = [create(**{name: text}) for name in SHORT for text in texts]
    table = Table((*HEADINGS, *OWN), ())
    lines = tuple(Line(n, tuple(plain(row.get(one, "")) for one in table.columns)) for n, row in enumerate(rows, 2))
    opened = do(open_upload, house.manager, UploadKind.SESSIONS, "odd.csv", replace(table, lines=lines), None)
    work_once(WORKER)
    assert the_upload(opened["upload_id"]).status == UploadStatus.READY
    assert len(rows_of(opened["upload_id"])) == len(SHORT) * len(texts)


LONG: dict[str, tuple[dict[str, str], str]] = {
    "title as long as may be": ({"title": "ﷺ" * 400}, ""),
    "title": ({"title": "x" * 401}, "This is too long: at most 400 characters."),
    "details as long as may be": ({"details": "𠜎" * 10_000}, ""),
    "details": ({"details": "x" * 10_001}, "This is too long: at most 10,000 characters."),
    "longer than any cell": ({"details": "x" * 120_000}, "This is too long: at most 10,000 characters."),
    "category": ({"categories": "a," + "x" * 101}, "This is too long: at most 100 characters."),
    "link": ({"link": "https://example.org/" + "x" * 2_000}, "This is too long: at most 2,000 characters."),
    "number": ({"minutes": "9" * 5_000}, f"{'9' * 59}… minutes are too long."),
    "id": ({"act": "Edit", "id": "1" * 400}, f"“{'1' * 59}…” is no session ID."),
}


@pytest.mark.parametrize("name", LONG)
def test_long_text_is_taken_or_refused_at_its_cell(house: House, name: str) -> None:
    cells, message = LONG[name]
    upload_id = upload(house.manager, sheet(create(**cells)))
    assert [flaw[1] for flaw in flaws(upload_id)[0]] == ([message] if message else [])


UNFIT = {
    "NUL": "\0",
    "bell": "\x07",
    "escape": "\x1b",
    "delete": "\x7f",
    "C1": "\x85",
    "surrogate": "\ud83d",
    "end": "\uffff",
}


@pytest.mark.parametrize("name", UNFIT)
def test_letter_that_nothing_can_carry_is_pointed_out_at_its_cell(house: House, name: str) -> None:
    told = ("title", "“Al�gebra” has a character that cannot be read or kept, shown as �.", "Type this cell again.")
    made = sheet(create(title="Algebra")).decode().replace("Algebra", f"Al{UNFIT[name]}gebra")
    upload_id = upload(house.manager, made.encode("utf-16-le", "surrogatepass"))
    assert flaws(upload_id) == [[told]]
    [row] = rows_of(upload_id)
    do(correct_cell, house.manager, upload_id, row.id, "title", "Algebra")
    assert flaws(upload_id) == [[]]
    do(correct_cell, house.manager, upload_id, row.id, "title", f"Al{UNFIT[name]}gebra")
    assert flaws(upload_id) == [[told]]


def test_damaged_name_is_pointed_out_at_its_cell(house: House) -> None:
    rows = [["Add", "An\x07na", "#N/A", "anna2@example.org", "mentee", "", ""]]
    made = people_sheet(*rows)
    assert [flaw[0] for flaw in flaws(upload_people(house.manager, made, house.program_id))[0]] == [
        "First name",
        "Last name",
    ]


def test_title_is_kept_on_one_line_its_letters_as_one(house: House) -> None:
    titles = {
        "Hi\r\nBcc: all@example.org": "Hi Bcc: all@example.org",
        "cafe\u0301 \u1100\u1161": "caf\u00e9 \uac00",
        "\t=1+1\u00a0\u2028": "=1+1",
        "a\vb\fc\td": "a b c d",
        "\u200b \u2800": "",
    }
    upload_id = upload(
        house.manager, sheet(*(create(title=one, day=f"{n}-04-2026") for n, one in enumerate(titles, 9)))
    )
    assert [row.plan["booking"]["title"] if row.plan else "" for row in rows_of(upload_id)] == list(titles.values())


def test_names_of_people_come_through_to_the_mail(house: House) -> None:
    rows = [["Add", text, text, f"n{number}@example.org", "mentee"] for number, text in enumerate(NAUGHTY)]
    upload_id = upload_people(house.manager, as_csv(PEOPLE, [[*row, "", ""] for row in rows]), house.program_id)
    carry_out(house.manager, upload_id)
    named = {one.email: one for one in all_rows(Person)}
    assert [named[row[3]].first_name for row in rows] == list(NAUGHTY)
    with reading() as db:
        made = [line.cells[1:3] for line in read_table(as_xlsx(*result_of(db, house.manager, upload_id))).lines]
    assert made == [(text, text) for text in NAUGHTY]
    do(book, house.manager, booking(house))
    [letter] = letters_to(house.mentee.person_id)
    for row in rows:
        person = named[row[3]]
        reader = replace(letter.reader, name=person.name, email=person.email)
        mail = message_from_bytes(compose(replace(letter, reader=reader), NOW).as_bytes())
        name, address = parseaddr(str(mail["To"]))
        assert (address, set(mail.keys())) == (person.email, HEADERS | MIME)
        assert str(make_header(decode_header(name))) == one_line(person.name, 120)
