"""依据: the file that shows why a figure is adjusted (domain.md, Adjustment: "optional file").

It goes with the adjustment: when that is withdrawn, so is the file. Locks and refusals are those of preparation.py.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.enums import AuditAction
from portal.models import User
from reports.models import AdjustmentFile, Report
from reports.preparing.preparation import LONGEST_NAME, figure_in, keep_version, locked
from reports.preparing.summary_file import EVIDENCE_KINDS, kind_of


@transaction.atomic
def attach_adjustment_file(
    report: Report, *, slug: str, name: str, content: bytes, actor: User, address: str | None = None
) -> AdjustmentFile:
    """Keep a file with the adjustment of `slug`, encrypted, at most 20 MB; it replaces the last one.

    Writes the file, one version of the report and one audit row; the same file given twice acts once. Raises
    ValidationError if the figure is not adjusted or the file is of another kind, and MoveRefused.
    """
    report = locked(report, actor)
    figure = figure_in(report, slug)
    kind = kind_of(content, name, EVIDENCE_KINDS)
    adjustment = report.adjustments.filter(slug=slug).first()
    if adjustment is None:
        raise ValidationError(_("这个数字没有调整，不能上传依据。"))
    name, digest = name[-LONGEST_NAME:], hashlib.sha256(content).hexdigest()
    before = AdjustmentFile.objects.filter(adjustment=adjustment).defer("content").first()
    if before and (before.digest, before.file_name) == (digest, name):
        return before
    made, _created = AdjustmentFile.objects.update_or_create(
        adjustment=adjustment,
        defaults={
            "file_name": name,
            "content_type": kind.content_type,
            "content": content,
            "digest": digest,
            "uploaded_by": actor,
        },
    )
    keep_version(report, actor, _("上传“%(figure)s”的调整依据") % {"figure": figure})
    audit.record(
        AuditAction.UPLOADED,
        actor=actor,
        address=address,
        union=report.union,
        subject=str(report),
        figure=str(figure),
        digest=digest,
    )
    return made


@transaction.atomic
def remove_adjustment_file(report: Report, *, slug: str, actor: User) -> None:
    """Take the file of an adjustment away; nothing happens if there is none.

    Deletes the file and writes one version of the report. Raises ValidationError for an unknown figure; MoveRefused.
    """
    report = locked(report, actor)
    figure = figure_in(report, slug)
    deleted, _by_model = AdjustmentFile.objects.filter(adjustment__report=report, adjustment__slug=slug).delete()
    if deleted:
        keep_version(report, actor, _("移除“%(figure)s”的调整依据") % {"figure": figure})
