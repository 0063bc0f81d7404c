"""What a unit still has to do before its report can be handed in, each with the page where it is done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks.preparation import TYPED
from reports.checks.registry import Finding
from reports.models import Report
from reports.preparing.standing import Standing

FINDINGS = "#report-findings"
# The checks that a page of their own mends, and the word on its button.
PAGES = {"contact": ("report_contact", gettext_lazy("去填写")), "summary": ("report_summary", gettext_lazy("去上传"))}


@dataclass(frozen=True)
class Step:
    """One thing to do. `action` is the word on its button."""

    words: str
    action: str
    url: str


def steps_left(report: Report, live: Standing) -> list[Step]:
    """In the order in which they are best done: what is missing, what does not tie, what wants a word."""
    hard = [_mend(report, found) for found in live.findings if found.check.is_hard]
    others = [Step(words, _("查看"), FINDINGS) for words in live.impossible]
    return [*hard, *others, *_explain(report, live)]


def _explain(report: Report, live: Standing) -> list[Step]:
    """Many findings are one step, with a page for all of them."""
    if len(live.unexplained) > 1:
        words = _("%(count)d 项核对结果需要说明。") % {"count": len(live.unexplained)}
        if outdated := sum(map(live.is_outdated, live.unexplained)):
            words += _("其中 %(count)d 项数字已变，请核对说明。") % {"count": outdated}
        return [Step(words, _("逐项说明"), reverse("report_explain_all", args=[report.pk]))]
    return [
        Step(live.said(found), _explaining(live, found), reverse("report_explain", args=[report.pk, found.check.code]))
        for found in live.unexplained
    ]


def _explaining(live: Standing, found: Finding) -> str:
    return _("核对说明") if live.is_outdated(found) else _("填写说明")


def _mend(report: Report, found: Finding) -> Step:
    return mending(report, found) or Step(found.message, _("查看"), FINDINGS)


def mending(report: Report, found: Finding) -> Step | None:
    """The page of its own on which a finding is mended; None for what is mended in the records."""
    code = found.check.code
    if code in PAGES:
        page, action = PAGES[code]
        return Step(found.message, action, reverse(page, args=[report.pk]))
    if code.startswith(TYPED):
        return Step(found.message, _("去填写"), reverse("report_typed", args=[report.pk, code.removeprefix(TYPED)]))
    return None
