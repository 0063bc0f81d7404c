"""What a summary report may be: a .docx or a .pdf, judged by its content (domain.md, Report 报表)."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
SUMMARY_BYTES = 20 * MEGABYTE
PARTS = 5000
LIST_BYTES = MEGABYTE  # [Content_Types].xml, the only part that is unpacked
CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "vbaproject.bin"
ENCRYPTED = 0x1
HEAD, TAIL = 1024, 2048  # where a reader looks for the first and the last line of a PDF


@dataclass(frozen=True)
class Kind:
    suffix: str
    content_type: str


DOCX = Kind(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
PDF = Kind(".pdf", "application/pdf")


def kind_of(content: bytes, name: str) -> Kind:
    """What the file is. Raises ValidationError, in words, for all that is neither, is too large or is misnamed."""
    if not content:
        raise ValidationError(_("文件是空的，请重新选择。"))
    if len(content) > SUMMARY_BYTES:
        raise ValidationError(_("文件超过 20 MB，请压缩其中的图片后重试。"))
    kind = PDF if _is_pdf(content) else DOCX if _is_docx(content) else None
    if kind is None:
        raise ValidationError(_("这不是 Word（.docx）或 PDF 文件，或者文件加了密码、含有宏、已损坏。请另存后重试。"))
    if PurePath(name).suffix.lower() != kind.suffix:
        message = _("文件的内容是 %(suffix)s，与文件名的后缀不符，请改正文件名后重试。")
        raise ValidationError(message % {"suffix": kind.suffix})
    return kind


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:HEAD] and b"%%EOF" in content[-TAIL:]


def _is_docx(content: bytes) -> bool:
    """A Word document without macros. Only the list of parts is unpacked, and no more of it than LIST_BYTES."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry.filename for entry in archive.infolist()]
            if len(names) > PARTS or DOCUMENT not in names or CONTENT_TYPES not in names:
                return False
            if any(name.lower().endswith(MACROS) for name in names):
                return False
            if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
                return False
            with archive.open(CONTENT_TYPES) as part:
                return DOCUMENT_TYPE in part.read(LIST_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError, zlib.error):
        return False
