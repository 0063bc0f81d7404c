"""A season of reports for the demo: last year's accepted and consolidated, this year's on their way."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.audit import By
from portal.models import Campaign, Union, User
from reports.city.consolidation import consolidate
from reports.demo.clock import as_of
from reports.enums import ReturnReason
from reports.handed_in.submission import Returned, accept_report, return_report, start_review, submit_report
from reports.models import Report
from reports.preparing.explaining import explain_check
from reports.preparing.narrating import save_narrative, use_as_summary
from reports.preparing.narrative import draft, told_of
from reports.preparing.preparation import set_contact
from reports.preparing.standing import standing
from reports.summary.drafting import PLACEHOLDER

# Of this year; the first unit's is left for whoever tries the demo to prepare.
RETURNED, UNDER_REVIEW, SUBMITTED = "310301", "310201", "310102"
HANDED_IN = (9, 6, 4, 2)  # days before last year's reports were due, by unit; accepted a day later
SUMMED_UP = 5  # days after
ON_THE_WAY = {RETURNED: 6, UNDER_REVIEW: 3, SUBMITTED: 1}  # days ago this year's were handed in


def hand_in_reports(last: Campaign, current: Campaign) -> None:
    """Both years' reports, by the people who would."""
    reviewer = User.objects.get(username="reviewer")
    for unit, days in zip(Union.objects.reporting(), HANDED_IN, strict=True):
        handed_in_on = last.due_on - timedelta(days=days)
        with as_of(handed_in_on):
            report = _handed_in(last, unit)
        with as_of(handed_in_on + timedelta(days=1)):
            accept_report(report, by=By(reviewer))
    with as_of(last.due_on + timedelta(days=SUMMED_UP)):
        consolidate(last, by=By(reviewer))
    today = localdate()
    for unit in Union.objects.reporting().filter(code__in=ON_THE_WAY):
        with as_of(max(today - timedelta(days=ON_THE_WAY[unit.code]), current.starts_on)):
            report = _handed_in(current, unit)
        if unit.code != SUBMITTED:
            start_review(report, by=By(reviewer))
        if unit.code == RETURNED:
            figures = [Returned("paid", ReturnReason.MISMATCH, _("与发放清单不一致，请逐笔核对"))]
            return_report(report, figures=figures, comment=_("请核对发放金额后重新报送。"), by=By(reviewer))


def _handed_in(campaign: Campaign, unit: Union) -> Report:
    """The report of `unit`, prepared and submitted by its lead."""
    report = Report.objects.open(campaign, unit)
    lead = User.objects.get(role="lead", union=unit)
    set_contact(report, name=lead.name, telephone="021-63211939", version=report.version, by=By(lead))
    for found in standing(report).unexplained:
        explain_check(report, code=found.check.code, text=_("已逐项核对，情况属实。"), by=By(lead))
    _write_summary(Report.objects.get(pk=report.pk), By(lead))
    submit_report(report, by=By(lead))
    return Report.objects.select_related("campaign", "union").get(pk=report.pk)


def _write_summary(report: Report, by: By) -> None:
    """The draft as it is, with a word where it leaves a place for one."""
    word = _("（演示数据）本年度活动按市总工会的部署开展。")
    parts = {part: text.replace(str(PLACEHOLDER), word) for part, text in draft(told_of(report)).items()}
    narrative = save_narrative(report, parts=parts, version=0, by=by)
    narrative.report = report
    use_as_summary(narrative, by=by)
