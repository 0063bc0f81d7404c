"""A picture of a kept file as small as a stamp: enough to tell which paper it is, too small to read it."""

import io
import struct
import zlib

from PIL import Image

from portal.gate import limits
from portal.gate.picture import NOT_A_PICTURE

SIDE = 96  # pixels, of the longer side
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


def thumbnail(content: bytes, content_type: str) -> bytes | None:
    """A JPEG of at most SIDE pixels a side; None for what is no picture of a kind that is kept, or cannot be read.

    What is kept was written anew by `portal.gate.picture` when it came in; the limit of pixels is asked all the same.
    """
    if content_type not in FORMATS:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=(FORMATS[content_type],)) as opened:
            if opened.width * opened.height > limits.PIXELS:
                return None
            opened.draft("RGB", (SIDE, SIDE))
            opened.thumbnail((SIDE, SIDE))
            return _as_jpeg(opened)
    except (*NOT_A_PICTURE, struct.error, zlib.error):
        return None


def _as_jpeg(picture: Image.Image) -> bytes:
    into, ground = io.BytesIO(), Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    ground.paste(seen, mask=seen)
    ground.save(into, "JPEG", quality=limits.QUALITY)
    return into.getvalue()
