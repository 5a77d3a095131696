"""Pictures are made anew: small, upright, and without anything their file said about their maker."""

import base64
import io
from hashlib import sha256

import pytest
from PIL import Image, ImageCms

from app.models.errors import Refusal
from app.models.pictures import LARGEST_PHOTO, as_data_url, as_photo

RED, BLUE = (220, 20, 20), (20, 20, 220)


def picture(size: tuple[int, int] = (400, 300), kind: str = "JPEG", **saved: object) -> bytes:
    """A picture whose upper half is red, the lower one blue."""
    made = Image.new("RGB", size, RED)
    made.paste(BLUE, (0, size[1] // 2, size[0], size[1]))
    written = io.BytesIO()
    made.save(written, kind, **saved)
    return written.getvalue()


def photo(content: bytes, position: int = 50) -> Image.Image:
    return Image.open(io.BytesIO(as_photo(content, position=position).content))


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return pixel[0] > pixel[2]


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        as_photo(content)
    [problem] = refused.value.problems
    assert problem.field == "image"
    return problem.message


def located() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110] = "Secret Phone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return exif


def test_photo_loses_where_and_by_what_it_was_taken() -> None:
    sent = picture(exif=located(), comment=b"Secret Phone")
    assert b"Secret Phone" in sent
    kept = as_photo(sent).content
    read = Image.open(io.BytesIO(kept))
    assert (dict(read.getexif()), read.info.get("exif"), b"Secret Phone" in kept) == ({}, None, False)


def test_photo_stands_upright_as_its_phone_meant_it() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the upper half of the stored picture is its right half when it is looked at
    shown = photo(picture((300, 400), exif=turned))
    assert shown.size == (400, 225)
    assert [is_red(shown.getpixel((x, 110))) for x in (20, 380)] == [False, True]


def test_photo_is_read_however_spoilt_its_notes_are() -> None:
    turned = located()
    turned[0x0112] = 6
    sent = bytearray(picture((300, 400), exif=turned))
    sent[sent.index(b"Exif") + 17] = 0  # the tag of its first note is another one then, and of a wrong type
    shown = photo(bytes(sent))
    assert shown.size == (400, 225)
    assert [is_red(shown.getpixel((x, 110))) for x in (20, 380)] == [False, True]


def test_colour_profile_hides_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + b"Secret Phone"
    sent = picture(kind="PNG", icc_profile=profile)
    logo = base64.b64decode(as_data_url(sent, longest_side=200, field="logo").partition(",")[2])
    for kept in (as_photo(sent).content, logo):
        assert "icc_profile" not in Image.open(io.BytesIO(kept)).info


@pytest.mark.parametrize(
    ("size", "kept"),
    [((4000, 3000), (1600, 900)), ((400, 300), (400, 225)), ((3200, 100), (177, 99)), ((10, 10), (16, 9))],
)
def test_photo_has_one_shape_and_no_more_than_its_size(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert photo(picture(size)).size == kept


@pytest.mark.parametrize(("position", "red"), [(0, True), (100, False), (-5, True), (500, False)])
def test_photo_keeps_the_part_that_was_chosen(position: int, red: bool) -> None:
    shown = photo(picture((400, 900)), position)
    assert is_red(shown.getpixel((200, 112))) == red


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "JPEG"])
def test_photo_is_known_by_what_is_in_it(kind: str) -> None:
    made = as_photo(picture(kind=kind))
    assert (made.media_type, made.key) == ("image/webp", sha256(made.content).hexdigest())
    assert as_photo(picture(kind=kind)).key == made.key


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a", picture()[:200], b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refusal(content) == "This is not a picture we can read."


def test_format_that_is_not_named_is_refused() -> None:
    assert refusal(picture(kind="BMP")) == "This is not a picture we can read."


def test_heavy_file_is_refused_unread() -> None:
    assert refusal(b"\xff" * (LARGEST_PHOTO + 1)) == "This file is too large."


@pytest.mark.parametrize("side", [7_000, 20_000])
def test_bomb_is_refused_before_it_unfolds(side: int) -> None:
    written = io.BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    assert refusal(written.getvalue()) in ("This picture has too many pixels.", "This is not a picture we can read.")


def test_logo_is_small_and_a_picture_of_its_own() -> None:
    assert as_data_url(picture(), longest_side=40, field="logo").startswith("data:image/png;base64,")
