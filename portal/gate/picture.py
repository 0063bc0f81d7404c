"""A picture decoded and written anew: the pixels, turned as the camera held it, and nothing else. Free of Django."""

import io
import struct
import sys
import zlib
from functools import partial

from PIL import Image, ImageOps

from portal.gate import limits
from portal.gate.child import run
from portal.workbook.reading.refusal import RefusedError

FORMATS = {"jpg": ("JPEG",), "png": ("PNG",)}
NOT_A_PICTURE = (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, OverflowError, EOFError)
AS_THEY_ARE = {"jpg": ("L", "RGB"), "png": ("1", "L", "LA", "RGB", "RGBA")}
WITH_ALPHA = ("LA", "PA", "RGBa", "La")

Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, asked before anything is decoded


def rewritten(content: bytes, kind: str) -> bytes:
    """The picture as a new file of the same kind, "jpg" or "png". The same content gives the same file.

    Of several pictures in one file the first is kept. Raises RefusedError.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS[kind]) as opened:
            if opened.width * opened.height > limits.PIXELS:
                raise RefusedError("too_many_pixels")
            return _written(_plain(opened, kind), kind)
    except (*NOT_A_PICTURE, struct.error, zlib.error):
        raise RefusedError("damaged") from None


def _plain(opened: Image.Image, kind: str) -> Image.Image:
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    has_alpha = opened.mode in WITH_ALPHA or "transparency" in opened.info
    mode = opened.mode
    if mode.startswith("I"):  # sixteen bits of grey, which `convert` would cut off instead of scaling
        return opened.point(lambda value: value / 256).convert("L")
    if mode not in AS_THEY_ARE[kind] or "transparency" in opened.info:
        mode = "RGBA" if kind == "png" and has_alpha else "RGB"
    picture = opened if mode == opened.mode else opened.convert(mode)
    picture.info = {}
    return picture


def _written(picture: Image.Image, kind: str) -> bytes:
    into = io.BytesIO()
    if kind == "jpg":
        picture.save(into, "JPEG", quality=limits.QUALITY)
    else:
        picture.save(into, "PNG", compress_level=limits.PACKING)
    return into.getvalue()


if __name__ == "__main__":
    run(partial(rewritten, kind=sys.argv[1]))
