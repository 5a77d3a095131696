"""Pictures that people upload: read, made small, written anew. What is kept is never what was sent."""

import base64
import io

from PIL import Image, UnidentifiedImageError

from app.models.errors import Refusal

LARGEST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def as_data_url(content: bytes, *, longest_side: int, field: str) -> str:
    """Give the picture as a PNG in a data: URL, no side longer than `longest_side` pixels.

    Writing it anew drops whatever else was hidden in the file. Raises Refusal for what is
    too large or no picture.
    """
    if len(content) > LARGEST_BYTES:
        raise Refusal.of(field, "This file is too large.", "A picture may have up to 2 MB.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Refusal.of(field, "This picture has too many pixels.", "Make it smaller first.")
            picture = sent.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Refusal.of(field, "This is not a picture we can read.", "Use a PNG, JPEG, WebP or GIF file.") from error
    picture.thumbnail((longest_side, longest_side))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"
