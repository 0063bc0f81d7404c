"""What a file may be that goes with a report, judged by its content (domain.md, Report 报表 and Adjustment 调整).

A summary report is a .docx or a .pdf; what shows why a figure is adjusted may also be a workbook or a picture.
"""

from collections.abc import Iterable

from portal.documents import file_kinds
from portal.documents.file_kinds import DOCX, JPEG, PDF, PNG, XLSX, Kind, suffixes

__all__ = ["DOCX", "EVIDENCE_KINDS", "SUMMARY_BYTES", "SUMMARY_KINDS", "kind_of", "suffixes"]

SUMMARY_BYTES = file_kinds.LARGEST
SUMMARY_KINDS = (DOCX, PDF)
EVIDENCE_KINDS = (DOCX, PDF, XLSX, JPEG, PNG)


def kind_of(content: bytes, name: str, kinds: Iterable[Kind] = SUMMARY_KINDS) -> Kind:
    """Which of `kinds` the file is. Raises ValidationError, in words, for all else, too large or misnamed."""
    return file_kinds.kind_of(content, name, kinds, largest=SUMMARY_BYTES)
