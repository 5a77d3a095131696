"""What the mail about an uploaded file says: how many rows were carried out, and where the result is. Plain text."""

from app.delivery import settings, who
from app.delivery.message import LONGEST_IN_SUBJECT, Button, Message
from app.models.letters import Letter
from app.models.words.uploads import ENDED_WORDS, UPLOAD_WORDS, UploadStatus


def uploaded(letter: Letter) -> Message:
    """Tell the uploader what became of the rows; the file itself is behind the sign-in."""
    valid, invalid, left = (int(letter.facts.get(name) or 0) for name in ("valid", "invalid", "left"))
    status = UploadStatus(letter.facts.get("status") or UploadStatus.DONE)
    name = who.one_line(letter.facts.get("file") or "Your file", LONGEST_IN_SUBJECT)
    said = [f"{_rows(valid)} carried out", *([f"{invalid} invalid"] if invalid else [])]
    heading = ", ".join([*said, *([f"{left:,} left out"] if left else [])])
    ended = f"The upload of {name} {ENDED_WORDS[status]}."
    return Message(
        subject=who.one_line(f"{name}: {heading}", 2 * LONGEST_IN_SUBJECT),
        heading=heading if status == UploadStatus.DONE else f"{UPLOAD_WORDS[status]}: {heading}",
        paragraphs=[f"{ended} {letter.facts.get('problem') or ''}".strip(), _remedy(invalid, left)],
        rows=[("Valid", f"{valid}"), ("Invalid", f"{invalid}"), *([("Left out", f"{left}")] if left else [])],
        button=Button("See the result", f"{settings.public_url()}/sessions/bulk?id={letter.facts.get('upload_id')}"),
        footnote="You get this mail because you uploaded the file.",
    )


def _remedy(invalid: int, left: int) -> str:
    said = "The result has your columns, with the ID, the session status and a message for each row."
    if invalid:
        return f"{said} Correct the invalid rows in it, and upload it again."
    return f"{said} Upload it again for the rows that were left out." if left else said


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
