"""Pictures for tests, made when they are needed."""

import io
import struct
import zlib

from PIL import Image

# Shanghai, as a phone writes it.
LATITUDE, LONGITUDE = (31.0, 13.0, 49.5), (121.0, 28.0, 12.5)
GPS, ORIENTATION, MAKE, DESCRIPTION = 0x8825, 0x0112, 0x010F, 0x010E


def encoded(image, kind="JPEG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def plain(width=40, height=30, colour=(200, 30, 30), mode="RGB", kind="JPEG", **options):
    return encoded(Image.new(mode, (width, height), colour), kind, **options)


def photo(width=400, height=300, orientation=6, kind="JPEG"):
    """As from a phone: red above, blue below, lying on its side, with place and maker in it."""
    image = Image.new("RGB", (width, height), (10, 10, 220))
    image.paste((220, 10, 10), (0, 0, width, height // 2))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[DESCRIPTION] = orientation, "Secretphone", "at home"
    exif.get_ifd(GPS).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    return encoded(image, kind, exif=exif)


def claims(width, height):
    """A small PNG that claims to be this large: a decompression bomb."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10000)) + chunk(b"IEND", b"")
    )


def heic():
    return b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200
