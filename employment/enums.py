"""Codes of Sunshine Employment (阳光就业)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Location(models.TextChoices):
    """院校所在地 and 生源地."""

    LOCAL = "local", _("本市")
    ELSEWHERE = "elsewhere", _("外地")


class Degree(models.TextChoices):
    """学历."""

    COLLEGE = "college", _("大专")
    BACHELOR = "bachelor", _("本科")
    POSTGRADUATE = "postgraduate", _("研究生")


class Intention(models.TextChoices):
    """就业意向; annex 2, line 1(2) names the first two."""

    SELF_PLACED = "self_placed", _("已自谋职业")
    NEEDS_HELP = "needs_help", _("需要就业帮扶")
    FURTHER_STUDY = "further_study", _("升学及其他")


class AssistanceKind(models.TextChoices):
    """就业帮扶类别: the nine kinds that annex 2 counts in 人次."""

    INTERNSHIP = "internship", _("实习见习")
    TRAINING = "training", _("技能培训")
    CERTIFICATE = "certificate", _("职业资格证书")
    POLICY = "policy", _("就业扶持政策")
    STARTUP_GUIDANCE = "startup_guidance", _("创业指导")
    STARTUP_TRAINING = "startup_training", _("创业培训")
    MICROLOAN = "microloan", _("小额担保贷款")
    JOB_GRANT = "job_grant", _("求职补贴")
    PLACEMENT = "placement", _("实现就业")


# The two kinds whose amount annex 2 sums, lines 6(3) and 9(2).
KINDS_WITH_AMOUNT = (AssistanceKind.MICROLOAN, AssistanceKind.JOB_GRANT)


class EventKind(models.TextChoices):
    """类型 of 就业活动与岗位: two kinds of event, and posts that an employer offers."""

    JOB_FAIR = "job_fair", _("招聘会")
    OTHER_EVENT = "other_event", _("其他就业服务活动")
    OFFER = "offer", _("岗位提供")


EVENT_KINDS = (EventKind.JOB_FAIR, EventKind.OTHER_EVENT)


class OfferChannel(models.TextChoices):
    """渠道: the four that annex 2, line 5 names."""

    STATE_ENTERPRISE = "state_enterprise", _("国有大中型企业")
    MODEL_WORKER_ENTERPRISE = "model_worker_enterprise", _("劳模企业")
    CARING_ENTERPRISE = "caring_enterprise", _("社会爱心企业")
    PUBLIC_WELFARE = "public_welfare", _("政府公益性岗位")
