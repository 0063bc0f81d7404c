"""Codes of the money: where it comes from, how it is paid, how far a batch is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundSource(models.TextChoices):
    """资金来源, as annex 1, line 1 names them."""

    GOVERNMENT = "government", _("各级党委政府资助")
    SOCIAL = "social", _("社会捐助")
    UNION = "union", _("各级工会投入")


class GrantLevel(models.TextChoices):
    """资助层级: who grants a part of what one child gets in a campaign."""

    CITY = "city_level", _("市级")
    UNIT = "unit_level", _("区级")
    SOCIAL = "social_level", _("社会")


class PaymentMethod(models.TextChoices):
    """发放方式."""

    CARD = "card", _("银行卡")
    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账")


class PaymentState(models.TextChoices):
    """发放状态: only a paid disbursement counts."""

    PAID = "paid", _("已发放")
    PENDING = "pending", _("待发放")
    FAILED = "failed", _("发放失败")


class CasePayment(models.TextChoices):
    """发放情况 of an approved case: whether its money has come, by all of its payments."""

    UNPAID = "unpaid", _("未发放")
    PENDING = "pending", _("待发放")
    FAILED = "failed", _("发放失败")
    PARTLY = "partly_paid", _("部分发放")
    PAID = "paid", _("已发放")


class BatchState(models.TextChoices):
    """How far a payment batch is (domain.md, Payment batch)."""

    DRAFT = "draft", _("草稿")
    RELEASED = "released", _("已复核发放")
    SENT = "sent", _("已送银行")
    SETTLED = "settled", _("已办结")
    CANCELLED = "cancelled", _("已取消")


class BatchReason(models.TextChoices):
    """Why a batch was returned to who made it: coded so that reasons can be counted."""

    WRONG_PAYEE = "wrong_payee", _("领款人有误")
    WRONG_CARD = "wrong_card", _("银行卡有误")
    WRONG_AMOUNT = "wrong_amount", _("金额有误")
    WRONG_SOURCE = "wrong_source", _("资金来源或发放方式有误")
    OTHER = "other_reason", _("其他原因（请说明）")


class PayeePerson(models.TextChoices):
    """收款人: whose account the aid goes to."""

    WORKER = "worker", _("职工本人")
    SPOUSE = "spouse", _("职工配偶")
    CHILD = "child", _("子女本人")
    GUARDIAN = "guardian", _("监护人")


class CardKind(models.TextChoices):
    """银行卡种类: the cards whose spread the notice asks for (part one (two) 3), and any other."""

    MEMBER = "member_card", _("工会会员服务卡")
    GRANT = "grant_card", _("助学金银行卡")
    OTHER = "other", _("其他")


class LineResult(models.TextChoices):
    """What became of one payment of a batch."""

    PENDING = "pending", _("待发放")
    PAID = "paid", _("已发放")
    FAILED = "failed", _("发放失败")
    CANCELLED = "cancelled", _("已取消")
