"""Draws a picture anew with Pillow: only what is seen is kept, never the file that was sent.

What a file claims is checked before anything of it is decoded; what a camera writes into it (place, time, device) is
left behind; what cannot be drawn is refused.
"""

import io
import logging
import struct
import zlib
from typing import Tuple

from PIL import Image, ImageOps

from bot.core.services.pictures import Drawn, PictureRefused

log = logging.getLogger(__name__)

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONG_SIDE = 1600
# Known by their content. Pillow tries no other decoder: each is code that a stranger's bytes run through.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Brands of the ISO container (`ftyp`) that phones use for pictures we cannot read.
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# All that Pillow's decoders raise for broken bytes; a test feeds them many.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    zlib.error,
    MemoryError,
)
QUALITY = 85


def draw_anew(content: bytes) -> Drawn:
    """The picture, upright, at most 1600 pixels on its long side: JPEG, or WebP where it is transparent.

    Of a moving picture the first frame. Raises PictureRefused.
    """
    if len(content) > MAX_BYTES:
        raise PictureRefused("too_large", "a picture has at most 8 MB")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise PictureRefused("heic", "HEIC cannot be read: send it as JPEG")
    try:
        return _drawn(content)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        log.info("a picture cannot be drawn: %s: %s", type(error).__name__, error)
        raise PictureRefused("no_picture", "this is no JPEG, PNG, WebP or GIF that can be read") from error


def _drawn(content: bytes) -> Drawn:
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        # Only the head has been read so far.
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_many_pixels()
        # A JPEG is decoded at a fraction of its size: less memory, less time.
        opened.draft("RGB", (LONG_SIDE, LONG_SIDE))
        upright = ImageOps.exif_transpose(opened)
        seen = _with_plain_colours(upright)
    seen.thumbnail((LONG_SIDE, LONG_SIDE))
    media_type, written = _written(seen)
    return Drawn(media_type, seen.width, seen.height, written)


def _with_plain_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something of it can be seen through."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    is_opaque = seen.getchannel("A").histogram()[255] == seen.width * seen.height
    return seen.convert("RGB") if is_opaque else seen


def _written(image: Image.Image) -> Tuple[str, bytes]:
    # The pixels alone are copied: `info` holds what the file said of itself, and some of it would be written again.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    file = io.BytesIO()
    if bare.mode == "RGBA":
        bare.save(file, "WEBP", quality=QUALITY)
        return "image/webp", file.getvalue()
    bare.save(file, "JPEG", quality=QUALITY, optimize=True)
    return "image/jpeg", file.getvalue()


def _too_many_pixels() -> PictureRefused:
    return PictureRefused("too_many_pixels", f"a picture has at most {MAX_PIXELS // 1_000_000} megapixels")
