"""Reports that are ready to be handed in, and files to attach."""

import hashlib
import io
import zipfile

from django.utils import timezone

from portal.models import Campaign, Union
from reports.handed_in.files import freeze_files
from reports.handed_in.freezing import snapshot
from reports.models import (
    Adjustment,
    AdjustmentFile,
    Explanation,
    FrozenFigure,
    FrozenRecords,
    Narrative,
    Report,
    Submission,
    SummaryFile,
)
from reports.preparing.standing import standing
from reports.sealing.proving import seal
from reports.sealing.snapshot import short_code
from tests.factories import UserFactory
from tests.papers import PDF

PDF_DIGEST = hashlib.sha256(PDF).hexdigest()
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(types: str = WORD_TYPE, *parts: str) -> bytes:
    """The smallest file that a Word document can be recognised by; the same bytes whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), f'<Types><Override ContentType="{types}"/></Types>')
        for part in parts or ("word/document.xml",):
            archive.writestr(zipfile.ZipInfo(part), "<w/>")
    return file.getvalue()


def attached(report: Report) -> SummaryFile:
    """A summary report attached to `report`."""
    values = {"file_name": "总结.pdf", "content_type": "application/pdf", "content": PDF, "digest": PDF_DIGEST}
    by = UserFactory(union=report.union)
    return SummaryFile.objects.update_or_create(report=report, defaults=values | {"uploaded_by": by})[0]


def with_files(report: Report) -> None:
    """A summary report, an adjustment of "aided" with its file, and a narrative."""
    by = attached(report).uploaded_by
    values = {"difference": 1, "reason": "他处资助", "made_by": by}
    adjustment, _made = Adjustment.objects.get_or_create(report=report, slug="aided", defaults=values)
    file = {"file_name": "依据.pdf", "content_type": "application/pdf", "content": PDF, "digest": PDF_DIGEST}
    AdjustmentFile.objects.get_or_create(adjustment=adjustment, defaults=file | {"uploaded_by": by})
    Narrative.objects.get_or_create(report=report, defaults={"work": "逐户走访。", "made_by": by})


def ready(campaign: Campaign, union: Union) -> Report:
    """The report of `union` with contact, summary, and a word to whatever a soft check finds."""
    report = Report.objects.open(campaign, union)
    report.contact_name, report.contact_telephone = "陈经办", "021-63211939"
    report.save()
    by = attached(report).uploaded_by
    for found in standing(report).unexplained:
        Explanation.objects.create(report=report, check_code=found.check.code, text="情况属实", made_by=by)
    return report


def frozen(report: Report, *, keep_files: bool = True) -> Submission:
    """A submission of the report as it stands, whatever the checks say; the report's state is left alone.

    Without `keep_files` it is one from before the bytes of files were frozen.
    """
    content = snapshot(report)
    if not keep_files:
        del content.content["files"]
    made = Submission(
        report=report,
        number=content.content["number"],
        submitted_at=timezone.now(),
        submitted_by=UserFactory(role="lead", union=report.union),
        cut_off=content.content["cut_off"],
        content=content.content,
        digest=content.digest,
        code=short_code(content.digest),
    )
    made.place_in(report.union)
    made.save()
    FrozenFigure.objects.bulk_create(content.figures(made))
    FrozenRecords.objects.bulk_create(content.lists(made))
    freeze_files(made)
    seal(made, content)
    return made
