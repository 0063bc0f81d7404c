"""What stands on a sheet, read from its content, from the .docx and from the .pdf, to be held against each other."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from portal.printouts.content import Beside, Code, Printout, Prose, Ruled, Sealed

PAGE_NUMBER = re.compile(r"第\d+页共\d+页")
POINTS = 72 / 25.4  # in a millimetre


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts_of(printout: Printout) -> Iterator[str]:
    """Every text of a sheet in the order in which it is read."""
    yield printout.title
    for block in printout.blocks:
        match block:
            case Prose(text=text):
                yield text
            case Beside(texts=texts):
                yield from texts
            case Sealed(name=name, day=day):
                yield from (name, day)
            case Code(label=label):
                yield label
            case Ruled(lines=lines):
                for line in lines:
                    for box in line.boxes:
                        yield from (box.text, *box.signing)


def content_text(*printouts: Printout) -> str:
    return squeezed("".join(text for printout in printouts for text in texts_of(printout)))


def docx_text(content: bytes) -> str:
    """Of the body, tables included, in the order in which it stands in the file."""
    body = Document(io.BytesIO(content)).element.body
    return squeezed("".join(element.text or "" for element in body.iter(qn("w:t"))))


def pdf_pages(content: bytes, folder) -> list[str]:
    """The text of each page in the order in which it is drawn, squeezed."""
    file = folder / "sheet.pdf"
    file.write_bytes(content)
    command = [shutil.which("pdftotext"), "-raw", file, "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603  our own file
    return [squeezed(page) for page in text.split("\f")[:-1]]


def pdf_text(pages: list[str], *heads: str) -> str:
    """Without the numbers of the pages; a head of a table that is repeated on a later page is read once."""
    plain = [PAGE_NUMBER.sub("", page) for page in pages]
    later = [next((page.removeprefix(head) for head in heads if page.startswith(head)), page) for page in plain[1:]]
    return "".join([*plain[:1], *later])


def paper_of_pdf(content: bytes, folder) -> list[tuple[float, float]]:
    """Breadth and height of each page in whole millimetres."""
    file = folder / "paper.pdf"
    file.write_bytes(content)
    command = [shutil.which("pdfinfo"), "-f", "1", "-l", "999", file]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603  our own file
    sizes = re.findall(r"Page\s+\d+ size:\s+([\d.]+) x ([\d.]+) pts", told)
    return [(round(float(width) / POINTS), round(float(height) / POINTS)) for width, height in sizes]


def paper_of_docx(content: bytes) -> list[tuple[tuple[int, int], tuple[int, int, int, int]]]:
    """Of each section breadth and height, and the margins from the top clockwise, in whole millimetres."""
    return [
        (
            (round(each.page_width / Mm(1)), round(each.page_height / Mm(1))),
            tuple(
                round(side / Mm(1))
                for side in (each.top_margin, each.right_margin, each.bottom_margin, each.left_margin)
            ),
        )
        for each in Document(io.BytesIO(content)).sections
    ]


def lines_of(printout: Printout) -> list[tuple[str, ...]]:
    """The texts of the lines of its tables, the heads left out."""
    tables = [block for block in printout.blocks if isinstance(block, Ruled)]
    return [tuple(box.text for box in line.boxes) for table in tables for line in table.body]


def heads_of(printout: Printout) -> list[str]:
    """The head of its first table."""
    table = next(block for block in printout.blocks if isinstance(block, Ruled))
    return [box.text for box in table.head[0].boxes]
