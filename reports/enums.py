"""Codes of the report (domain.md, Report 报表)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """Where a unit's report stands."""

    DRAFT = "draft", _("填报中")
    SUBMITTED = "submitted", _("已报送")
    UNDER_REVIEW = "under_review", _("审核中")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接收")


EDITABLE = (ReportState.DRAFT, ReportState.RETURNED)  # while the unit prepares it


class ReturnReason(models.TextChoices):
    """Why a figure is returned; coded, so that reasons can be counted."""

    MISMATCH = "mismatch", _("与记录不符")
    MISSING_RECORDS = "missing_records", _("记录不全")
    OUTLIER = "outlier", _("与往年或同类单位相差过大，未说明")
    ADJUSTMENT = "adjustment", _("调整理由不足")
    SUMMARY = "summary", _("总结报告需补充")
    CONTACT = "contact", _("填报人或联系电话需更正")
    EXPLANATION = "explanation", _("核对说明不清楚或不符")
    OTHER = "other", _("其他")


class ReturnedPart(models.TextChoices):
    """What of a report is returned besides figures; it stands where a figure has its slug, which has no dot."""

    SUMMARY = "part.summary", _("总结报告文件")
    CONTACT = "part.contact", _("填报人和联系电话")
    EXPLANATIONS = "part.explanations", _("各项核对说明")


_OF_ONE_PART = {
    ReturnedPart.SUMMARY: (ReturnReason.SUMMARY, ReturnReason.MISMATCH, ReturnReason.OTHER),
    ReturnedPart.CONTACT: (ReturnReason.CONTACT, ReturnReason.OTHER),
    ReturnedPart.EXPLANATIONS: (ReturnReason.EXPLANATION, ReturnReason.OTHER),
}
_OF_FIGURES = tuple(reason for reason in ReturnReason if reason not in {ReturnReason.CONTACT, ReturnReason.EXPLANATION})


def reasons_for(slug: str) -> tuple[ReturnReason, ...]:
    """Why a figure, or a part of the report, may be returned."""
    return _OF_ONE_PART.get(slug, _OF_FIGURES)


class SummaryPart(models.TextChoices):
    """A part of the summary report 总结报告; each is a text of its own, and a column of the records that keep it."""

    WORK = "work", _("工作开展情况")
    DATA = "data", _("主要数据")
    PROBLEMS = "problems", _("存在问题")
    PLANS = "plans", _("下一步打算")


OVERTAKEN = "overtaken"  # the code of a ValidationError: somebody was quicker


class PublicPart(models.TextChoices):
    """A part of the public page of a union; each can be switched off by the unit and by the city."""

    RAISED = "raised", _("筹集的资金")
    PAID = "paid", _("发放的助学款")
    AIDED = "aided", _("资助人数")
    NOTICES = "notices", _("正在公示的名单")
    PROJECTS = "projects", _("已验收的社会助学项目")
    EXEMPLARS = "exemplars", _("典型事迹")
    COMPLAINT = "complaint", _("监督和投诉")
