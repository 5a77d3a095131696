"""What the mail about an uploaded file says: how many rows were carried out, and where the result is. Plain text."""

from app.delivery import settings, who
from app.delivery.message import LONGEST_IN_SUBJECT, Button, Message
from app.models.letters import Letter


def uploaded(letter: Letter) -> Message:
    """Tell the uploader what became of the rows; the file itself is behind the sign-in."""
    valid, invalid = int(letter.facts.get("valid") or 0), int(letter.facts.get("invalid") or 0)
    name = who.one_line(letter.facts.get("file") or "Your file", LONGEST_IN_SUBJECT)
    heading = f"{_rows(valid)} carried out" + (f", {invalid} invalid" if invalid else "")
    remedy = "The result has your columns, with the ID, the session status and a message for each row."
    if invalid:
        remedy += " Correct the invalid rows in it, and upload it again."
    return Message(
        subject=who.one_line(f"{name}: {heading}", 2 * LONGEST_IN_SUBJECT),
        heading=heading,
        paragraphs=[f"The upload of {name} is done.", remedy],
        rows=[("Valid", f"{valid}"), ("Invalid", f"{invalid}")],
        button=Button("See the result", f"{settings.public_url()}/sessions/bulk?id={letter.facts.get('upload_id')}"),
        footnote="You get this mail because you uploaded the file.",
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
