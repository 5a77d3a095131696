"""Pictures that people upload: read, made small, written anew. What is kept is never what was sent.

Writing a picture anew drops whatever else was in the file: where it was taken, by which
camera, and anything that was hidden in it.
"""

import base64
import io
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from app.models.errors import Refusal

LARGEST_LOGO = 2 * 1024 * 1024
LARGEST_PHOTO = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
WIDTH, HEIGHT = 1600, 900
"""No photo is kept larger than this; all have its shape."""
QUALITY = 82
PREVIEW = (1200, 675)
"""What a preview is made to fit."""
_TURNS: dict[Any, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by its orientation in Exif."""


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept; `key` is the SHA-256 of its content."""

    key: str
    media_type: str
    content: bytes


def as_data_url(content: bytes, *, longest_side: int, field: str) -> str:
    """Give the picture as a PNG in a data: URL, no side longer than `longest_side` pixels.

    Raises Refusal for what is too large or no picture.
    """
    picture = _read(content, LARGEST_LOGO, field)
    picture.thumbnail((longest_side, longest_side))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True, icc_profile=b"")
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"


def as_photo(content: bytes, *, position: int = 50, field: str = "image") -> Photo:
    """Make a photo of 16:9 as WebP. `position` says which part stays of what is too high or too wide.

    0 keeps the top or the left, 50 the middle, 100 the bottom or the right. Raises Refusal for
    what is too large or no picture.
    """
    picture = _read(content, LARGEST_PHOTO, field)
    part = min(max(position, 0), 100) / 100
    size = _fitting(picture.width, picture.height)
    shaped = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(part, part))
    written = io.BytesIO()
    shaped.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    kept = written.getvalue()
    return Photo(sha256(kept).hexdigest(), "image/webp", kept)


def as_preview(content: bytes) -> bytes:
    """Give a kept photo as the JPEG that chats show beside a link: not all of them read WebP, nor large files."""
    with Image.open(io.BytesIO(content)) as photo:
        shown = photo.convert("RGB")
    shown.thumbnail(PREVIEW)
    written = io.BytesIO()
    shown.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()


def _fitting(width: int, height: int) -> tuple[int, int]:
    """Give the largest size of 16:9 that lies within the picture, and within what is kept."""
    wide = max(16, min(WIDTH, width, height * WIDTH // HEIGHT))
    return wide, max(9, wide * HEIGHT // WIDTH)


def _read(content: bytes, most_bytes: int, field: str) -> Image.Image:
    """Read a picture as it is meant to be looked at. Raises Refusal."""
    if len(content) > most_bytes:
        most = most_bytes // (1024 * 1024)
        raise Refusal.of(field, "This file is too large.", f"A picture may have up to {most} MB.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Refusal.of(field, "This picture has too many pixels.", "Make it smaller first.")
            sent.draft("RGB", (2 * WIDTH, 2 * WIDTH))  # a large JPEG is read at half its size or less
            return _upright(sent).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Refusal.of(field, "This is not a picture we can read.", "Use a PNG, JPEG, WebP or GIF file.") from error


def _upright(sent: Image.Image) -> Image.Image:
    """Turn a picture as the phone that took it meant: it says so in a note in the file, which is not kept.

    Only that one note is looked at. Pillow's own `exif_transpose` writes all the others anew, and fails on bad ones.
    """
    turn = _TURNS.get(sent.getexif().get(ExifTags.Base.Orientation, 1))
    return sent if turn is None else sent.transpose(turn)
