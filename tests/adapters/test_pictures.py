"""Pictures are drawn anew: by their content, within limits, upright, and without what a camera wrote into them."""

import io
import random

import pytest
from PIL import Image

from bot.adapters.pictures import MAX_BYTES, draw_anew
from bot.core.services.pictures import MEDIA_TYPES, PictureRefused
from tests.adapters import pictures as made


def opened(drawn):
    return Image.open(io.BytesIO(drawn.content))


def refused(content):
    with pytest.raises(PictureRefused) as error:
        draw_anew(content)
    return error.value.reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_format_that_phones_and_browsers_send(kind):
    drawn = draw_anew(made.plain(kind=kind))
    image = opened(drawn)
    assert (drawn.media_type, drawn.width, drawn.height) == ("image/jpeg", 40, 30) and image.size == (40, 30)
    red, green, blue = image.convert("RGB").getpixel((20, 15))
    assert red > 180 and green < 60 and blue < 60


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_place_maker_and_words_of_the_camera_are_gone(kind):
    sent = made.photo(kind=kind)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(made.GPS)[2] == made.LATITUDE and b"Secretphone" in sent
    drawn = draw_anew(sent)
    image = opened(drawn)
    assert not image.getexif() and not image.getexif().get_ifd(made.GPS)
    assert not any(word in drawn.content for word in (b"Exif", b"Secretphone", b"at home", b"GPS", b"ICC", b"<x:xmp"))
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_comments_and_text_are_gone():
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Comment", "Lindenstrasse 5")
    for sent in (made.plain(kind="PNG", pnginfo=text), made.plain(comment=b"Lindenstrasse 5")):
        assert b"Lindenstrasse" in sent and b"Lindenstrasse" not in draw_anew(sent).content


@pytest.mark.parametrize(("orientation", "size", "red"), [
    (1, (400, 300), (200, 40)), (3, (400, 300), (200, 260)), (6, (300, 400), (260, 200)), (8, (300, 400), (40, 200)),
])  # fmt: skip
def test_it_stands_upright(orientation, size, red):
    drawn = draw_anew(made.photo(orientation=orientation))
    assert (drawn.width, drawn.height) == size
    r, _, b = opened(drawn).convert("RGB").getpixel(red)
    assert r > 180 and b < 80


@pytest.mark.parametrize(("width", "height", "size"), [
    (4000, 3000, (1600, 1200)), (1000, 5000, (320, 1600)), (1600, 10, (1600, 10)), (7999, 5000, (1600, 1000)),
])  # fmt: skip
def test_the_long_side_has_at_most_1600_pixels(width, height, size):
    drawn = draw_anew(made.plain(width, height))
    assert (drawn.width, drawn.height) == size == opened(drawn).size


def test_what_can_be_seen_through_stays_so():
    drawn = draw_anew(made.plain(colour=(200, 30, 30, 90), mode="RGBA", kind="PNG"))
    assert drawn.media_type == "image/webp" and 80 < opened(drawn).getpixel((5, 5))[3] < 100
    opaque = draw_anew(made.plain(colour=(200, 30, 30, 255), mode="RGBA", kind="PNG"))
    assert opaque.media_type == "image/jpeg"


@pytest.mark.parametrize("mode, colour", [("CMYK", (9, 9, 9, 9)), ("L", 90)])
def test_other_colours_of_jpeg(mode, colour):
    assert draw_anew(made.plain(mode=mode, colour=colour)).media_type in MEDIA_TYPES


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_gives_its_first_frame(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ((220, 0, 0), (0, 220, 0), (0, 0, 220))]
    drawn = draw_anew(made.encoded(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True))
    red, green, blue = opened(drawn).convert("RGB").getpixel((10, 10))
    assert red > 180 and green < 60 and blue < 60 and getattr(opened(drawn), "n_frames", 1) == 1


def test_heic_is_named():
    assert refused(made.heic()) == "heic"


@pytest.mark.parametrize("width, height", [(8000, 5001), (60000, 60000), (2**31 - 1, 2**31 - 1)])
def test_bombs_are_refused_before_they_are_decoded(width, height):
    assert refused(made.claims(width, height)) == "too_many_pixels"


def test_too_many_bytes():
    assert refused(made.plain() + b"\0" * MAX_BYTES) == "too_large"


@pytest.mark.parametrize("content", [
    b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"%PDF-1.7", b"\xff\xd8\xff",
    b"<html><script>alert(1)</script>", made.plain(kind="BMP"), made.plain(kind="TIFF"), made.plain(kind="ICO"),
    made.plain(300, 300)[:400], made.plain(300, 300, kind="PNG")[:-40],
])  # fmt: skip
def test_what_is_no_picture_of_ours(content):
    assert refused(content) == "no_picture"


def test_a_script_behind_a_picture_is_gone():
    for kind in ("JPEG", "PNG", "GIF"):
        assert b"<script" not in draw_anew(made.plain(kind=kind) + b"<script>alert(1)</script>").content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_broken_bytes_are_drawn_or_refused_and_nothing_else(kind):
    chance = random.Random(kind)
    whole = made.photo(60, 40, kind=kind) if kind != "GIF" else made.plain(60, 40, kind=kind)
    for _ in range(400):
        content = bytearray(whole[: chance.randrange(10, len(whole) + 1)])
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            assert draw_anew(bytes(content)).media_type in MEDIA_TYPES
        except PictureRefused as error:
            assert error.reason in ("no_picture", "too_many_pixels", "heic")
