"""依据: the file that shows why a figure is adjusted (domain.md, Adjustment: "optional file").

It goes with the adjustment: when that is withdrawn, so is the file. Locks and refusals are those of preparation.py.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import attach, keep_aside, shortened
from reports.models import AdjustmentFile, Report
from reports.preparing.preparation import figure_in, locked
from reports.preparing.summary_file import EVIDENCE_KINDS


@transaction.atomic
def attach_adjustment_file(report: Report, *, slug: str, name: str, content: bytes, by: By) -> AdjustmentFile:
    """Keep a file with the adjustment of `slug`, encrypted, at most 20 MB; it replaces the last one.

    Writes the file, one version of the report and one audit row; the same file given twice acts once. Raises
    ValidationError if the figure is not adjusted or the file is of another kind, and MoveRefused.
    """
    report = locked(report, by.actor)
    figure = figure_in(report, slug)
    adjustment = report.adjustments.filter(slug=slug).first()
    if adjustment is None:
        raise ValidationError(_("这个数字没有调整，不能上传依据。"))
    kept = AdjustmentFile.objects.filter(adjustment=adjustment).defer("content")
    file = kept.first() or AdjustmentFile(adjustment=adjustment)
    file.uploaded_by = by.actor
    made, is_new = attach(file, name, content, among=kept.filter(file_name=shortened(name)), kinds=EVIDENCE_KINDS)
    if not is_new:
        return made
    keep_aside(report, by, _("上传“%(figure)s”的调整依据") % {"figure": figure})
    audit.record(AuditAction.UPLOADED, by=by, about=report, figure=str(figure), digest=made.digest)
    return made


@transaction.atomic
def remove_adjustment_file(report: Report, *, slug: str, by: By) -> None:
    """Take the file of an adjustment away; nothing happens if there is none.

    Deletes the file and writes one version of the report. Raises ValidationError for an unknown figure; MoveRefused.
    """
    report = locked(report, by.actor)
    figure = figure_in(report, slug)
    file = AdjustmentFile.objects.filter(adjustment__report=report, adjustment__slug=slug).defer("content").first()
    if file:
        file.delete()
        told = {"figure": figure, "digest": file.digest[:12]}
        keep_aside(report, by, _("移除“%(figure)s”的调整依据（校验值 %(digest)s）") % told)
