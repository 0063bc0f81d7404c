"""A season of reports for the demo: last year's accepted and consolidated, this year's on their way."""

import io

from django.utils.translation import gettext as _
from docx import Document

from portal.audit import By
from portal.models import Campaign, Union, User
from reports.city.consolidation import consolidate
from reports.enums import ReturnReason
from reports.handed_in.submission import Returned, accept_report, return_report, start_review, submit_report
from reports.models import Report
from reports.preparing.explaining import explain_check
from reports.preparing.preparation import attach_summary, set_contact
from reports.preparing.standing import standing

# Of this year; the first unit's is left for whoever tries the demo to prepare.
RETURNED, UNDER_REVIEW, SUBMITTED = "310301", "310201", "310102"
WORD = "总结报告.docx"


def hand_in_reports(last: Campaign, current: Campaign) -> None:
    """Both years' reports, by the people who would."""
    reviewer = User.objects.get(username="reviewer")
    for unit in Union.objects.reporting():
        report = _handed_in(last, unit)
        accept_report(report, by=By(reviewer))
    consolidate(last, by=By(reviewer))
    for unit in Union.objects.reporting().filter(code__in=(RETURNED, UNDER_REVIEW, SUBMITTED)):
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
    attach_summary(report, name=WORD, content=_summary(campaign, unit), by=By(lead))
    for found in standing(report).unexplained:
        explain_check(report, code=found.check.code, text=_("已逐项核对，情况属实。"), by=By(lead))
    submit_report(report, by=By(lead))
    return Report.objects.select_related("campaign", "union").get(pk=report.pk)


def _summary(campaign: Campaign, unit: Union) -> bytes:
    document = Document()
    title = _("%(unit)s %(year)s 年金秋助学和阳光就业行动总结报告") % {"unit": unit, "year": campaign}
    document.add_heading(title, level=1)
    document.add_paragraph(_("（演示数据）本年度活动按市总工会的部署开展，具体数字见两张统计表。"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
