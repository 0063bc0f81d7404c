"""The parent's side of reading: looks at size and first bytes, starts the child, turns its lines into raw values."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.identity import clean_text
from portal.workbook.raw import Boolean, ErrorValue, Formula, Raw
from portal.workbook.reading import limits
from portal.workbook.reading.words import REASONS

ROOT = Path(__file__).resolve().parents[3]
CHILD = "portal.workbook.reading.child"
ZIP_MAGIC = b"PK\x03\x04"
ODS_AT, ODS_MAGIC = 30, b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
# By what a file looks like: how it is read where any table is welcome.
TABLES: dict[str | None, str] = {None: "xlsx", "old_format": "xls", "text": "csv"}
UTF16 = (b"\xff\xfe", b"\xfe\xff")  # Excel's "Unicode text"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
MARKERS: dict[str, Callable[[Any], Raw]] = {"d": date.fromisoformat, "f": Formula, "b": Boolean, "e": ErrorValue}


class WorkbookRefused(Exception):  # noqa: N818  named after what happens to the file
    """The file as a whole is not read; `reason` is a sentence, `sheet` the title of the sheet to blame, if one is."""

    def __init__(self, reason: str, sheet: str | None = None):
        super().__init__(reason)
        self.reason = reason
        self.sheet = sheet


@dataclass
class ReadSheet:
    """The raw values of one sheet: row 1, and every other row that is not blank with its number in the spreadsheet."""

    title: str
    header: list = field(default_factory=list)
    rows: list[tuple[int, list]] = field(default_factory=list)
    hidden_rows: int = 0
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def all_rows(self) -> list[tuple[int, list]]:
        """Every row that is not blank, row 1 included."""
        return [(1, self.header), *self.rows] if self.header else self.rows


@dataclass
class ReadWorkbook:
    """The sheets asked for, as far as the file has them, and the names of its other sheets, with those hidden.

    With `date1904` numbers that are days count from 1904, as long as they have no date format.
    """

    sheets: list[ReadSheet] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    date1904: bool = False


def read_workbook(path: Path | str, titles: Collection[str]) -> ReadWorkbook:
    """The named sheets of the .xlsx file at `path`. Raises WorkbookRefused, and nothing else, whatever the file is."""
    path = Path(path).resolve()
    _check_head(path)
    return _run_child(path, [clean_text(title) for title in titles])


def read_any_table(path: Path | str) -> list[ReadSheet]:
    """Every sheet of an .xlsx, .xls, .ods or .csv file; a .csv has one. Raises WorkbookRefused, and nothing else."""
    path = Path(path).resolve()
    head = _head(path)
    code = _looks_like(head)
    kind = "ods" if head[ODS_AT:].startswith(ODS_MAGIC) else TABLES.get(code)
    if kind is None:
        raise _refused(code if code and code != "unknown" else "no_table")
    return _run_child(path, None, kind).sheets


def _check_head(path: Path) -> None:
    code = _looks_like(_head(path))
    if code:
        raise _refused(code)


def _head(path: Path) -> bytes:
    if path.stat().st_size > limits.FILE_BYTES:
        raise _refused("too_large")
    with path.open("rb") as file:
        return file.read(1024)


def _looks_like(head: bytes) -> str | None:
    """What a file is that is no zip archive, as far as its first bytes tell."""
    if head.startswith(UTF16):
        return "text"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, code in ((ZIP_MAGIC, None), (OLE_MAGIC, "old_format")):
        if head.startswith(magic):
            return code
    if not start:
        return "empty"
    if start.startswith(b"<"):
        return "html"
    return "unknown" if b"\0" in head else "text"


def _command(path: Path, titles: list[str] | None, kind: str) -> list[str]:
    return [sys.executable, "-m", CHILD, str(path), json.dumps(titles), kind]


def _run_child(path: Path, titles: list[str] | None, kind: str = "xlsx") -> ReadWorkbook:
    """Reads what the child writes while it writes it, and ends it when its time is up."""
    with subprocess.Popen(  # noqa: S603  our own interpreter and module; the file's name is one argument, through no shell
        _command(path, titles, kind),
        cwd=ROOT,
        env={"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        alarm = threading.Timer(limits.WALL_SECONDS, child.kill)
        alarm.start()
        try:
            read = _collected(child.stdout or ())
            if read is None:
                # Killed by the alarm, or by a system short of memory: neither is the file's fault.
                raise _refused("busy" if child.wait() == -signal.SIGKILL else "too_heavy")
            return read
        finally:
            alarm.cancel()
            child.kill()


def _collected(lines: Iterable[bytes]) -> ReadWorkbook | None:
    """What the child said; None if it fell silent before it had said all."""
    workbook = ReadWorkbook()
    for line in lines:
        try:
            message = json.loads(line, object_hook=untagged)
        except ValueError:  # a line cut short
            break
        match message:
            case ["workbook", date1904]:
                workbook.date1904 = date1904
            case ["sheet", title, hidden_rows]:
                workbook.sheets.append(ReadSheet(title, hidden_rows=hidden_rows))
            case ["merges", merges]:
                workbook.sheets[-1].merges = [tuple(merge) for merge in merges]
            case ["rows", rows]:
                _take(workbook.sheets[-1], rows)
            case ["ignored", names, hidden]:
                workbook.ignored, workbook.hidden = names, hidden
            case ["refused", code, sheet, values]:
                raise _refused(code, sheet, dict(values))
            case ["end"]:
                return workbook
    return None


def _take(sheet: ReadSheet, rows: list) -> None:
    for number, values in rows:
        if number == 1:
            sheet.header = _trimmed(values)
        else:
            sheet.rows.append((number, values))


def _trimmed(values: list) -> list:
    while values and values[-1] is None:
        values = values[:-1]
    return values


def untagged(tagged: dict) -> Raw:
    """A raw value that JSON cannot carry by itself, from how the child tags it."""
    ((tag, content),) = tagged.items()
    return MARKERS[tag](content)


def _refused(code: str, sheet: str | None = None, values: dict | None = None) -> WorkbookRefused:
    reason = str(REASONS[code]) % values if values else str(REASONS[code])
    return WorkbookRefused(
        _("工作表“%(sheet)s”：%(reason)s") % {"sheet": sheet, "reason": reason} if sheet else reason, sheet
    )
