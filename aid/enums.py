"""Codes of Golden Autumn (金秋助学). The labels are the words of the official forms and of the workbook."""

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


class AidMode(models.TextChoices):
    """助学方式: the four modes of the notice, part one (three)."""

    POLICY = "policy", _("政策助学")
    PAIRING = "pairing", _("结对助学")
    EMPLOYMENT = "employment", _("就业援助")
    SOCIAL = "social", _("社会助学")


class CaseStatus(models.TextChoices):
    """Where an aid case stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    ON_NOTICE = "on_notice", _("公示中")
    APPROVED = "approved", _("已审批通过")
    REJECTED = "rejected", _("审批不通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    CLOSED = "closed", _("已结案")


class Decision(models.TextChoices):
    """审批结果."""

    APPROVED = "approved", _("通过")
    REJECTED = "rejected", _("不通过")


class FundSource(models.TextChoices):
    """资金来源, as annex 1, line 1 names them."""

    GOVERNMENT = "government", _("各级党委政府资助")
    SOCIAL = "social", _("社会捐助")
    UNION = "union", _("各级工会投入")


class PaymentMethod(models.TextChoices):
    """发放方式."""

    CARD = "card", _("银行卡")
    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账")


class PaymentStatus(models.TextChoices):
    """发放状态: only a paid disbursement counts."""

    PAID = "paid", _("已发放")
    PENDING = "pending", _("待发放")
    FAILED = "failed", _("发放失败")


class VisitWay(models.TextChoices):
    """慰问方式: notice, part one (two) 1."""

    TALK = "talk", _("谈心")
    BOOKS = "books", _("赠送书籍学习用品")
    TUTORING = "tutoring", _("暑期补习")
    OTHER = "other", _("其他")


class Sex(models.TextChoices):
    """性别, read from the identity number (GB 11643-1999)."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
