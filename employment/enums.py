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


# From the lowest to the highest; a post open to one is open to those above.
DEGREE_RANK = {Degree.COLLEGE: 1, Degree.BACHELOR: 2, Degree.POSTGRADUATE: 3}


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


class Standing(models.TextChoices):
    """求职进展: where a graduate stands, read from the records (employment/graduates/standing.py); never stored."""

    TO_CONTACT = "to_contact", _("待联系")
    NEEDS_HELP = "help_needed", _("待帮扶")
    IN_TRAINING = "in_training", _("培训中")
    IN_PRACTICE = "in_practice", _("见习中")
    OFFERED = "offered", _("已推荐岗位")
    SIGNED = "signed", _("已签约或自谋职业")
    FURTHER_STUDY = "further_study", _("升学及其他")
    UNTRACKED = "untracked", _("已结束跟踪")


class CertificateLevel(models.TextChoices):
    """职业资格等级, from the lowest (国家职业资格五级) to the highest."""

    FIVE = "five", _("五级（初级工）")
    FOUR = "four", _("四级（中级工）")
    THREE = "three", _("三级（高级工）")
    TWO = "two", _("二级（技师）")
    ONE = "one", _("一级（高级技师）")
    OTHER = "unranked", _("不分等级")


class DeclineReason(models.TextChoices):
    """Why a proposed graduate is not taken up this year."""

    STUDYING = "still_studying", _("延期毕业或仍在读")
    LEFT_SCHOOL = "left_school", _("休学或退学")
    WRONG_FACTS = "wrong_facts", _("学籍信息有误")
    UNREACHABLE = "unreachable", _("无法联系")
    OTHER = "other_reason", _("其他原因（请说明）")


class Season(models.TextChoices):
    """四季主题职场: the series of events through the year."""

    SPRING = "spring", _("春季职场")
    SUMMER = "summer", _("夏季职场")
    AUTUMN = "autumn", _("秋季职场")
    WINTER = "winter", _("冬季职场")


class PromiseState(models.TextChoices):
    """承诺进展: whether what was promised has come; read from the record, never stored."""

    OPEN = "to_be_kept", _("待兑现")
    KEPT = "kept", _("已兑现")
    DROPPED = "dropped", _("不再兑现")


class AttendanceWay(models.TextChoices):
    """签到方式."""

    SCANNED = "scanned", _("扫码签到")
    TICKED = "ticked", _("名单勾选")


class ReferralState(models.TextChoices):
    """推荐结果: what became of an offer that was passed to a graduate."""

    PASSED = "passed", _("已推荐，待答复")
    ACCEPTED = "accepted_offer", _("毕业生接受")
    PLACED = "placed", _("已录用")
    DECLINED = "declined_offer", _("毕业生谢绝")
    NOT_TAKEN = "not_taken", _("单位未录用")
    WITHDRAWN = "withdrawn_offer", _("推荐已撤回")


OPEN_REFERRALS = (ReferralState.PASSED, ReferralState.ACCEPTED)


class EnquiryChannel(models.TextChoices):
    """来源渠道 of an enquiry."""

    HOTLINE = "hotline", _("12351 热线")
    VISITOR = "visitor", _("来访")
    TELEPHONE = "telephone_call", _("来电")
    LETTER = "letter", _("来信")
    ONLINE = "online", _("网上")


class EnquiryKind(models.TextChoices):
    """诉求类别."""

    JOB_SEEKING = "job_seeking", _("求职")
    HARDSHIP = "hardship", _("困难求助")
    OTHER = "other_enquiry", _("其他咨询")


class EnquiryOutcome(models.TextChoices):
    """办理结果: what an enquiry became."""

    OPEN = "open_enquiry", _("待办理")
    FILED = "filed", _("已建档")
    AIDED = "applied_for_aid", _("已申请助学")
    HELPED = "helped", _("已登记为毕业生帮扶")
    REFERRED = "referred", _("已转其他单位")
    ANSWERED = "answered", _("已答复")
    MISTAKEN = "mistaken", _("误登作废")
    TO_HAND_DOWN = "to_hand_down", _("待下派")


# Of these nothing has come yet: the city has to hand it down, the unit to deal with it.
OPEN_ENQUIRIES = (EnquiryOutcome.OPEN, EnquiryOutcome.TO_HAND_DOWN)
