"""Codes of the policies of the government that come before a union's aid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Policy(models.TextChoices):
    """政策救助: what the government grants and a union first helps to get (notice, part one (three) 1)."""

    SCHOLARSHIP = "scholarship", _("奖学金")
    GRANT = "grant", _("助学金")
    STUDENT_LOAN = "student_loan", _("助学贷款")
    TUITION_WAIVER = "tuition_waiver", _("学杂费减免")
    CIVIL_RELIEF = "civil_relief", _("民政教育救助")
    OTHER = "other_policy", _("其他政策救助")


class PolicyOutcome(models.TextChoices):
    """落实情况: what became of one policy."""

    GRANTED = "granted", _("已落实")
    APPLIED = "applied", _("已申请，待批")
    REFUSED = "refused_policy", _("申请未获批准")
    NOT_APPLIED = "not_applied", _("未申请")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class PolicyFilling(models.TextChoices):
    """What answers the policies that nobody has answered yet, without typing."""

    BY_STAGE = "by_stage", _("按学段填写")
    AS_LAST_YEAR = "as_last_year", _("与去年相同")
    NONE_APPLIES = "none_applies", _("都不适用")
