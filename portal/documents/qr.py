"""A QR code (GB/T 18284) of an address or a token, drawn by ourselves as SVG for pages and PDF, as PNG for Word."""

import struct
import zlib

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

QUIET = 4  # modules left white around the code, as the standard asks
PIXELS = 8  # a module in the PNG
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def svg(text: str, label: str = "") -> SafeString:
    """`text` as an <svg> of one path, to stand in a page: its size is the style sheet's affair. `label` is read out."""
    rows = _modules(text)
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, modules in enumerate(rows) for column, dark in enumerate(modules) if dark
    )
    return format_html(
        '<svg class="form-code" viewBox="0 0 {0} {0}" width="{1}" height="{1}" role="img" aria-label="{2}">'
        '<path d="{3}"/></svg>',
        len(rows),
        len(rows) * 3,
        label or _("核验二维码"),
        path,
    )


def png(text: str) -> bytes:
    """`text` as a picture in black and white, one bit a pixel."""
    rows = _modules(text)
    side = len(rows) * PIXELS
    lines = b"".join(_line(modules) * PIXELS for modules in rows)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return PNG_HEAD + b"".join(_chunk(kind, content) for kind, content in parts)


def _modules(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix


def _line(modules: list[bool]) -> bytes:
    """One line of pixels behind its filter byte; a bit set is white."""
    bits = "".join(("0" if dark else "1") * PIXELS for dark in modules)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
