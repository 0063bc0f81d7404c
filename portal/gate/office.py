"""A .docx or .xlsx looked at part by part: nothing in it may act, carry a file or reach outside. Free of Django."""

import io
from collections.abc import Iterable
from typing import Any

from portal.gate import limits
from portal.gate.child import run
from portal.workbook.reading.archive import checked_entries, part_name, unpacked
from portal.workbook.reading.prescan import Budget, PartScan, feed, local_name
from portal.workbook.reading.refusal import RefusedError

MARKUP = (".xml", ".rels", ".vml")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".svg")
TYPEFACES = (".odttf", ".ttf", ".fntdata")
SETTINGS = ("printersettings", "customproperty")  # the .bin files that are no objects
PROGRAMS = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"#!")
ACTIVE_TYPES = ("macroenabled", "activex", "oleobject", "vbaproject", "ms-word.attachedtoolbars", "ms-office.activex")
# Kinds of relation, by the end of their names, that bring in what is not text, picture or layout.
CARRYING = frozenset(
    {
        "oleobject",
        "package",
        "control",
        "activexcontrolbinary",
        "vbaproject",
        "wordvbadata",
        "afchunk",
        "externallink",
        "externallinkpath",
        "attachedtemplate",
        "subdocument",
        "frame",
        "keymapcustomizations",
        "attachedtoolbars",
    }
)
PRESSED = "hyperlink"  # the one relation that may lead outside: a reader presses it or not
FETCHING = ("dde", "ddeauto", "includetext", "includepicture", "import", "include", "link")  # fields of Word
HEAD = 1024


def check_office(content: bytes) -> None:
    """Raises RefusedError."""
    if b"%PDF-" in content[:HEAD]:
        raise RefusedError("two_in_one")
    file = io.BytesIO(content)
    budget = _Budget()
    for entry in checked_entries(file):
        name, head = part_name(entry.filename), next(unpacked(file, entry), b"")[:HEAD]
        _check_kind(name, head)
        if name.endswith((*MARKUP, ".svg")) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            feed(unpacked(file, entry), _Part(budget))
        else:
            _check_whole(unpacked(file, entry))


class _Budget(Budget):
    """A long text has more elements than a sheet has styles; all of them are looked at here."""

    def spend_other(self) -> None:
        self.others += 1
        if self.others > limits.ELEMENTS:
            raise RefusedError("too_heavy")


def _check_kind(name: str, head: bytes) -> None:
    suffix = f".{name.rpartition('.')[2]}"
    if head.startswith(PROGRAMS):
        raise RefusedError("active_content")
    if suffix == ".bin" and any(kind in name for kind in SETTINGS):
        return
    if suffix not in (*MARKUP, *PICTURES, *TYPEFACES):
        raise RefusedError("active_content")


def _check_whole(chunks: Iterable[bytes]) -> None:
    """Unpacked to its end, a part must be as long as the table promised."""
    for _chunk in chunks:
        pass


class _Part(PartScan):
    """Relations, content types and the instructions of fields, wherever in the file they stand."""

    def __init__(self, budget: Budget):
        super().__init__(budget)
        self.instruction: list[str] = []

    def attach(self, parser: Any) -> None:
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        self.parser = parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.budget.spend_other()
        match local_name(name):
            case "Relationship":
                _check_relation(attributes)
            case "Default" | "Override":
                _check_type(attributes.get("ContentType", ""))
            case "script" | "foreignObject":
                raise RefusedError("active_content")  # of an .svg
            case "fldSimple":
                _check_field(next((text for key, text in attributes.items() if local_name(key) == "instr"), ""))
            case "fldChar":
                self._field(next((text for key, text in attributes.items() if local_name(key) == "fldCharType"), ""))
            case "instrText":
                self.parser.CharacterDataHandler = self.instruction.append

    def end(self, name: str) -> None:
        if local_name(name) == "instrText":
            self.parser.CharacterDataHandler = None
            _check_field("".join(self.instruction))

    def _field(self, kind: str) -> None:
        """An instruction may stand in several pieces, from the beginning of its field on."""
        if kind == "begin":
            self.instruction.clear()


def _check_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    outside = attributes.get("TargetMode", "").lower() == "external"
    if kind in CARRYING or (outside and kind != PRESSED):
        raise RefusedError("active_content")


def _check_type(content_type: str) -> None:
    if any(active in content_type.lower() for active in ACTIVE_TYPES):
        raise RefusedError("active_content")


def _check_field(instruction: str) -> None:
    words = instruction.split(maxsplit=1)
    if words and words[0].lower() in FETCHING:
        raise RefusedError("active_content")


if __name__ == "__main__":
    run(check_office)
