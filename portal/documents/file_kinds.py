"""Kinds of file that may be attached to something, told by their content."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
LARGEST, LARGEST_SCAN = 20 * MEGABYTE, 10 * MEGABYTE
PARTS = 5000
LIST_BYTES = MEGABYTE  # [Content_Types].xml, the only part that is unpacked
CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
MACROS = "vbaproject.bin"
ENCRYPTED = 0x1
HEAD, TAIL = 1024, 2048  # where a reader looks for the first and the last line of a PDF
PNG_HEAD, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
JPEG_HEAD, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it may be named, and how it is told by its content."""

    name: str
    suffixes: tuple[str, ...]
    content_type: str
    is_found_in: Callable[[bytes], bool]


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:HEAD] and b"%%EOF" in content[-TAIL:]


def _is_png(content: bytes) -> bool:
    return content.startswith(PNG_HEAD) and PNG_END in content[-TAIL:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(JPEG_HEAD) and JPEG_END in content[-TAIL:]


def _is_office(content: bytes, part: str, part_type: str) -> bool:
    """A document without macros that has `part`. Only the list of parts is unpacked, no more of it than LIST_BYTES."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if len(names) > PARTS or part not in names or CONTENT_TYPES not in names:
                return False
            if any(name.lower().endswith(MACROS) for name in names):
                return False
            if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
                return False
            with archive.open(CONTENT_TYPES) as listed:
                return f"{OFFICE}.{part_type}.main+xml".encode() in listed.read(LIST_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError, zlib.error):
        return False


def _is_docx(content: bytes) -> bool:
    return _is_office(content, "word/document.xml", "wordprocessingml.document")


def _is_xlsx(content: bytes) -> bool:
    return _is_office(content, "xl/workbook.xml", "spreadsheetml.sheet")


PDF = Kind("PDF", (".pdf",), "application/pdf", _is_pdf)
DOCX = Kind("Word（.docx）", (".docx",), f"{OFFICE}.wordprocessingml.document", _is_docx)
XLSX = Kind("Excel（.xlsx）", (".xlsx",), f"{OFFICE}.spreadsheetml.sheet", _is_xlsx)
JPEG = Kind("JPG", (".jpg", ".jpeg"), "image/jpeg", _is_jpeg)
PNG = Kind("PNG", (".png",), "image/png", _is_png)
PICTURES, SCANS = (JPEG, PNG), (PDF, JPEG, PNG)


def kind_of(content: bytes, name: str, kinds: Iterable[Kind], *, largest: int = LARGEST) -> Kind:
    """Which of `kinds` the file is. Raises ValidationError, in words, for all else, too large or misnamed."""
    if not content:
        raise ValidationError(_("文件是空的，请重新选择。"))
    check_size(len(content), largest)
    kind = next((kind for kind in kinds if kind.is_found_in(content)), None)
    if kind is None:
        message = _("这不是 %(kinds)s 文件，或者文件加了密码、含有宏、已损坏。请另存后重试。")
        raise ValidationError(message % {"kinds": named_kinds(kinds)})
    if PurePath(name).suffix.lower() not in kind.suffixes:
        message = _("文件的内容是 %(suffix)s，与文件名的后缀不符，请改正文件名后重试。")
        raise ValidationError(message % {"suffix": kind.suffixes[0]})
    return kind


def check_size(size: int, largest: int) -> None:
    """Raise ValidationError for more bytes than `largest`, before they are read."""
    if size > largest:
        raise ValidationError(_("文件超过 %(limit)d MB，请压缩后重试。") % {"limit": largest // MEGABYTE})


def named_kinds(kinds: Iterable[Kind]) -> str:
    """The names of `kinds` in a sentence."""
    *most, last = (kind.name for kind in kinds)
    return _("%(most)s 或 %(last)s") % {"most": "、".join(most), "last": last}


def suffixes(kinds: Iterable[Kind]) -> str:
    """What a browser offers to choose."""
    return ",".join(suffix for kind in kinds for suffix in kind.suffixes)
