"""Files as an office has them: small, whole, and such that the gate keeps them as they came."""

import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook
from PIL import Image

from portal.gate.limits import PACKING, QUALITY

PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
)


def pdf_of(objects: Sequence[bytes] = PAGES, *, more: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalogue."""
    objects = [*objects, *more]
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        len(content),
    )
    return content + head + tail


def picture(form: str, size: tuple[int, int] = (8, 8), colour: str = "white", **given) -> bytes:
    into = io.BytesIO()
    usual = {"quality": QUALITY} if form == "JPEG" else {"compress_level": PACKING}
    Image.new("RGB", size, colour).save(into, form, **(usual | given))
    return into.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    book, into = Document(), io.BytesIO()
    for text in paragraphs:
        book.add_paragraph(text)
    book.save(into)
    return into.getvalue()


def xlsx_of(*rows: Sequence[object]) -> bytes:
    book, into = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(into)
    return into.getvalue()


PDF, JPEG, PNG = pdf_of(), picture("JPEG"), picture("PNG")
