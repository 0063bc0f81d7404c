"""Codes of sponsors, their programmes and the exemplars."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SponsorKind(models.TextChoices):
    """结对方类别: those whom the programmes of the notice name (part one (three) 2), and others."""

    PARTY_BRANCH = "party_branch", _("党支部")
    MODEL_WORKER = "model_worker", _("劳模")
    CIVILISED_TEAM = "civilised_team", _("文明班组、红旗文明岗")
    ENTERPRISE = "enterprise", _("企业")
    JANUARY_27 = "january_27", _("1.27 爱心助学")
    ORGANISATION = "organisation", _("其他组织")
    INDIVIDUAL = "individual", _("个人")


class Programme(models.TextChoices):
    """结对项目, in the words of the notice, part one (three) 2."""

    PARTY_BRANCHES = "party_branches", _("千个党支部与千名学生结对助学")
    MODEL_WORKERS = "model_workers", _("劳模爱心结对")
    CIVILISED_TEAMS = "civilised_teams", _("千个文明班组、红旗文明岗牵手千名困难职工")
    ENTERPRISES = "enterprises", _("百名企业帮助百名学生")
    JANUARY_27 = "january_27", _("1.27 爱心助学")
    OTHER = "other_programme", _("其他结对助学")


class ExemplarKind(models.TextChoices):
    """典型类别: notice, part two (two)."""

    CARING_ENTERPRISE = "caring_company", _("爱心企业")
    STUDENT = "outstanding_student", _("优秀学子")
    ORGANISATION = "social_organisation", _("优秀社会组织")


class ExemplarFileKind(models.TextChoices):
    """典型材料种类."""

    PICTURE = "picture", _("宣传照片")
    CONSENT = "consent", _("同意书")
