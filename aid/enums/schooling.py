"""Codes of children and their schools."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """学段, in rising order; senior and vocational secondary school are one level."""

    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    COLLEGE = "college", _("大专")
    BACHELOR = "bachelor", _("本科")
    POSTGRADUATE = "postgraduate", _("研究生")


STAGE_RANK = {
    Stage.PRIMARY: 1,
    Stage.JUNIOR: 2,
    Stage.SENIOR: 3,
    Stage.VOCATIONAL: 3,
    Stage.COLLEGE: 4,
    Stage.BACHELOR: 5,
    Stage.POSTGRADUATE: 6,
}

# What clerks also write for 中职; read as such from a workbook.
STAGE_ALIASES = {"中专": "中职", "职高": "中职", "技校": "中职"}


class StageGroup(models.TextChoices):
    """学段 as annex 1 groups them; the labels are its words."""

    BASIC = "basic", _("小学和初中阶段")
    SECONDARY = "secondary", _("高中和中等职业教育阶段")
    TERTIARY = "tertiary", _("大专以上")


STAGE_GROUPS = {
    StageGroup.BASIC: (Stage.PRIMARY, Stage.JUNIOR),
    StageGroup.SECONDARY: (Stage.SENIOR, Stage.VOCATIONAL),
    StageGroup.TERTIARY: (Stage.COLLEGE, Stage.BACHELOR, Stage.POSTGRADUATE),
}
