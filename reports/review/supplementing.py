"""Supplementary reports: what was accepted stays, and another report of the same unit and campaign follows it.

Source: domain.md, Report: "accepted … from then on only a supplementary report changes it".
"""

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along
from portal.models import Union
from reports.models import Report, ReportEvent
from reports.preparing.prose import prose
from reports.workflow import REPORT_WORKFLOW

# What the unit added by hand, and finds again in its supplementary report; each has a field `report`.
CARRIED = ("adjustments", "typed", "explanations")
CARRIED_ONCE = ("summary", "narrative")
FIELDS = ("is_nil", "contact_name", "contact_telephone")


@transaction.atomic
def open_supplement(report: Report, *, reason: str, by: By) -> Report:
    """Open 补报 N+1 after the accepted `report`, which stays valid until the supplement is accepted itself.

    Locks the unit. Writes the new report, a draft with what the unit had added to the accepted one, with one version
    of its history; a row in the history of the accepted report; one audit row. Raises ValidationError for a reason with
    forbidden characters, and MoveRefused if `by` does not review reports, the reason is missing, the report is not
    accepted, or another supplement follows it: pressed twice it acts once.
    """
    Union.objects.select_for_update().get(pk=report.union_id)
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "union").get(pk=report.pk)
    reason = prose(reason, "reason")
    move = REPORT_WORKFLOW.apply(report, "supplement", actor=by.actor, reason=reason)
    opened = _begin(report, reason, by)
    ReportEvent.objects.create(
        report=report,
        move=move.name,
        state=report.state,
        actor=by.actor,
        comment=reason,
        submission_id=report.submission_id,
    )
    audit.record(AuditAction.SUPPLEMENT_OPENED, by=by, about=opened, reason=reason)
    return opened


def _begin(report: Report, reason: str, by: By) -> Report:
    opened = Report(
        campaign=report.campaign,
        number=report.number + 1,
        supplement_reason=reason,
        **{field: getattr(report, field) for field in FIELDS},
    )
    opened.place_in(report.union)
    opened.full_clean(exclude=["campaign", "union"], validate_unique=False, validate_constraints=False)
    keep_along(opened, by, _("开启补报"))
    for name in CARRIED:
        for kept in getattr(report, name).order_by("id"):
            _carry(kept, opened)
    for name in CARRIED_ONCE:
        if kept := getattr(report, name, None):
            _copy(kept, report=opened)
    return opened


def _carry(kept: models.Model, opened: Report) -> None:
    file = getattr(kept, "file", None)
    made = _copy(kept, report=opened)
    if file is not None:
        _copy(file, adjustment=made)


def _copy(kept: models.Model, **changed) -> models.Model:
    """Another row like `kept`, with `changed` instead. Who made it and what is in it stay."""
    names = [field.name for field in kept._meta.concrete_fields if not field.primary_key]
    made = type(kept)(**{name: getattr(kept, name) for name in names} | changed)
    made.save()
    return made
