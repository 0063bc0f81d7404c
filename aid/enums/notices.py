"""Codes of public notices and objections."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """公示范围: where the worker works or where the family lives (notice, part one (two) 3)."""

    EMPLOYER = "employer", _("职工所在单位")
    COMMUNITY = "community", _("社区（村）")


class NoticeApart(models.TextChoices):
    """分张公示: whether the cases of one press hang on one sheet, or on one for each place."""

    TOGETHER = "together", _("合为一张")
    BY_EMPLOYER = "by_employer", _("每个工作单位一张")
    BY_UNION = "by_union", _("每个所属工会一张")


class NoticeState(models.TextChoices):
    """Whether the posted sheet still hangs."""

    POSTED = "posted", _("公示期内")
    TAKEN_DOWN = "taken_down", _("已撤下")


class NoticeColumn(models.TextChoices):
    """公示栏目: what a posted sheet tells of each case, in the order of its columns; the campaign chooses."""

    WORKER = "notice_worker", _("职工姓名")
    EMPLOYER = "notice_employer", _("工作单位")
    CATEGORY = "notice_category", _("职工类别")
    HARDSHIP = "notice_hardship", _("困难类别")
    CHILD = "notice_child", _("子女姓名")
    STAGE = "notice_stage", _("子女学段")
    INTAKE = "notice_intake", _("新纳入或继续")
    UNION = "notice_union", _("所属工会")
    STANDARD = "notice_standard", _("帮扶标准（元）")


class ObjectionOutcome(models.TextChoices):
    """异议处理结果."""

    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")
