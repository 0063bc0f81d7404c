"""What a file may be that goes with a report, judged by its content (domain.md, Report 报表 and Adjustment 调整).

A summary report is a .docx or a .pdf; what shows why a figure is adjusted may also be a workbook or a picture.
"""

from portal.documents.file_kinds import DOCX, JPEG, LARGEST, PDF, PNG, XLSX

SUMMARY_BYTES = LARGEST
SUMMARY_KINDS = (DOCX, PDF)
EVIDENCE_KINDS = (DOCX, PDF, XLSX, JPEG, PNG)
