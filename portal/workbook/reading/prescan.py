"""One pass over an XML part, as a stream, before anything builds objects of it. Free of Django."""

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

from portal.workbook.reading import limits
from portal.workbook.reading.references import Area, size
from portal.workbook.reading.refusal import RefusedError

# A character takes eight bytes at most, as &#x4E2D;. Exact lengths are looked at once the values are there.
LONGEST_RUN = 8 * limits.TEXT


class Budget:
    """What all parts of one file share."""

    def __init__(self) -> None:
        self.cells = 0
        self.elements = self.others = 0
        self.covered = 0
        self.marked = 0
        self.text = 0

    def spend_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > limits.CELLS:
            raise RefusedError("too_many_cells")

    def spend_elements(self, count: int) -> None:
        self.elements += count
        if self.elements > limits.ELEMENTS:
            raise RefusedError("too_many_cells")

    def spend_other(self) -> None:
        self.others += 1
        if self.others > limits.OTHER_ELEMENTS:
            raise RefusedError("too_many_cells")

    def spend_text(self, count: int) -> None:
        self.text += count
        if self.text > limits.ALL_TEXT:
            raise RefusedError("too_much_text")

    def mark(self) -> None:
        self.marked += 1
        if self.marked > limits.MARKED_CELLS:
            raise RefusedError("too_many_formulas")

    def cover(self, area: Area) -> None:
        """Take the cells into account over which a merge that holds something, or a merge or link at all, lies."""
        self.covered += size(area)
        if self.covered > limits.COVERED_CELLS:
            raise RefusedError("merges_too_large")


class Scan(Protocol):
    """What listens to the parser while it goes through a part, and may cut what is handed to it."""

    budget: Budget

    def attach(self, parser: expat.XMLParserType) -> None: ...

    def pieces(self, chunks: Iterable[bytes]) -> Iterable[bytes]: ...


class PartScan:
    """Any part but a worksheet: shared strings, comments, styles."""

    def __init__(self, budget: Budget):
        self.budget = budget

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self.start

    def pieces(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        return chunks

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.budget.spend_other()


class TextScan(PartScan):
    """The shared strings, of which there are too many to look at each."""

    def attach(self, parser: expat.XMLParserType) -> None:
        """Wants no calls."""


def feed(chunks: Iterable[bytes], scan: Scan) -> None:
    """Parses a part, whatever it holds. A document type, another encoding than UTF-8 or broken XML are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    if hasattr(parser, "SetReparseDeferralEnabled"):  # since Python 3.11.9
        # Deferred, a piece could be parsed when the handlers are already those of the next one.
        parser.SetReparseDeferralEnabled(False)  # noqa: FBT003
    scan.attach(parser)
    try:
        for piece in scan.pieces(_bounded(chunks, scan.budget)):
            parser.Parse(piece, False)  # noqa: FBT003  expat takes no names
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise RefusedError("damaged") from None


def _bounded(chunks: Iterable[bytes], budget: Budget) -> Iterable[bytes]:
    run = 0
    for chunk in chunks:
        if b"\0" in chunk:  # as all of UTF-16 has, which not every parser would read as such
            raise RefusedError("damaged")
        run = _run_at_end(chunk, run, budget)
        yield chunk


def _run_at_end(chunk: bytes, run: int, budget: Budget) -> int:
    """How far the chunk's end is from the last angle bracket; `run` is the same of what came before.

    Within a chunk, which is shorter than the longest run, nothing need be measured.
    """
    budget.spend_elements(chunk.count(b"<") - chunk.count(b"</"))
    first = chunk.find(b"<")
    if run + (len(chunk) if first < 0 else first) > LONGEST_RUN:
        raise RefusedError("text_too_long")
    return run + len(chunk) if first < 0 else len(chunk) - chunk.rfind(b"<")


def _refuse_doctype(*_declaration: object) -> None:
    raise RefusedError("doctype")


def _check_encoding(_version: str | None, encoding: str | None, _standalone: int) -> None:
    # A parser that honours another encoding and one that does not would see two different files.
    if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError("damaged")


def local_name(name: str) -> str:
    return name.rpartition(":")[2]
