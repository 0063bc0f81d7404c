"""Codes of an aid case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AidMode(models.TextChoices):
    """助学方式: the four modes of the notice, part one (three)."""

    POLICY = "policy", _("政策助学")
    PAIRING = "pairing", _("结对助学")
    EMPLOYMENT = "employment", _("就业援助")
    SOCIAL = "social", _("社会助学")


class CaseState(models.TextChoices):
    """Where an aid case stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    CHECKED = "checked", _("已初审")
    ON_NOTICE = "on_notice", _("公示中")
    APPROVED = "approved", _("已审批通过")
    FOLLOWED_UP = "followed_up", _("已回访")
    REJECTED = "rejected", _("审批不通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    CLOSED = "closed", _("已结案")


class Decision(models.TextChoices):
    """审批结果."""

    APPROVED = "approved", _("通过")
    REJECTED = "rejected", _("不通过")


class CaseReason(models.TextChoices):
    """Why a case was returned, rejected, taken off its notice or withdrawn: coded so that reasons can be counted."""

    INCOMPLETE = "incomplete", _("材料不全")
    WRONG_FACTS = "wrong_facts", _("信息有误")
    POLICY_FIRST = "policy_first", _("政策救助尚未落实")
    WRONG_STANDARD = "wrong_standard", _("帮扶标准不符")
    NOT_ELIGIBLE = "not_eligible", _("不符合帮扶条件")
    OBJECTED = "objected", _("公示有异议")
    NOTICE_FAULTY = "notice_faulty", _("公示有误")
    RENOUNCED = "renounced", _("家庭自愿放弃")
    OTHER = "other_reason", _("其他原因（请说明）")
