"""Codes of a household's file."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerCategory(models.TextChoices):
    """职工类别: annex 1, line 5 counts migrant workers apart."""

    WORKER = "worker", _("困难职工")
    MIGRANT = "migrant", _("困难农民工")


class HardshipCategory(models.TextChoices):
    """困难类别: the first three of 2013 to 2018, the next two since; 意外致困 belongs to the later list."""

    MINIMUM_INCOME = "minimum_income", _("低保户")
    NEAR_MINIMUM_INCOME = "near_minimum_income", _("低保边缘户")
    ACCIDENT_HOUSEHOLD = "accident_household", _("意外致困户")
    DEEP = "deep", _("深度困难")
    RELATIVE = "relative", _("相对困难")
    ACCIDENT = "accident", _("意外致困")


class Sex(models.TextChoices):
    """性别, read from the identity number (GB 11643-1999)."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class HardshipCause(models.TextChoices):
    """致困原因 of a file: one main, up to three secondary."""

    ILLNESS = "illness", _("本人或家属患大病")
    DISABILITY = "disability", _("本人或家属残疾")
    UNEMPLOYMENT = "unemployment", _("下岗失业")
    LOW_INCOME = "low_income", _("收入低、无法维持基本生活")
    SCHOOLING = "schooling", _("子女上学")
    SINGLE_PARENT = "single_parent", _("单亲抚养子女")
    DEPENDANTS = "dependants", _("赡养老人负担重")
    DISASTER = "disaster", _("意外灾害")
    OTHER = "other_cause", _("其他原因")


class Housing(models.TextChoices):
    """住房类型."""

    OWNED = "owned", _("自有住房")
    PUBLIC = "public", _("公房、公租房或廉租房")
    RENTED = "rented", _("租房")
    BORROWED = "borrowed", _("借住")
    DORMITORY = "dormitory", _("单位宿舍")


class Health(models.TextChoices):
    """健康状况."""

    GOOD = "good", _("健康")
    WEAK = "weak", _("体弱")
    CHRONIC = "chronic", _("慢性病")
    SERIOUS = "serious", _("大病")
    DISABLED = "disabled", _("残疾")


class ClosingReason(models.TextChoices):
    """注销原因 (domain.md, Household): kept on the file in these words, as a workbook brings them."""

    LIFTED = "lifted", _("脱困")
    RETIRED = "retired", _("退休")
    DIED = "died", _("死亡")
    MOVED_AWAY = "moved_away", _("迁出")
    MISIDENTIFIED = "misidentified", _("识别不准")


class DocumentKind(models.TextChoices):
    """材料种类: the checklist of a household's file."""

    APPLICATION = "application", _("申请书")
    IDENTITY = "identity", _("身份证明")
    INCOME = "income", _("收入证明")
    SCHOOL = "school", _("在读证明")
    NOTICE = "notice", _("公示记录")
    AUTHORISATION = "authorisation", _("核对授权书")  # where the application was signed without these words
    OTHER = "other_document", _("其他材料")
