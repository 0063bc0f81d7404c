"""Codes of social organisations, of the projects that they run (notice, part one (three) 4), and of other offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """社会组织类别: the three that 民政 registers (社会组织登记管理条例)."""

    GROUP = "social_group", _("社会团体")
    FOUNDATION = "foundation", _("基金会")
    SERVICE = "social_service", _("社会服务机构")


class OrganisationGrade(models.TextChoices):
    """社会组织评估等级: 社会组织评估管理办法, article 6."""

    FIVE = "grade_5a", _("5A")
    FOUR = "grade_4a", _("4A")
    THREE = "grade_3a", _("3A")
    TWO = "grade_2a", _("2A")
    ONE = "grade_1a", _("1A")


class ProjectWay(models.TextChoices):
    """项目形式: 购买服务、举办志愿者项目等形式 of the notice."""

    PURCHASED = "purchased_service", _("购买服务")
    VOLUNTEERS = "volunteer_project", _("志愿者项目")


class ProjectState(models.TextChoices):
    """状态 of a project."""

    PLANNED = "project_planned", _("计划中")
    RUNNING = "project_running", _("实施中")
    ACCEPTED = "project_accepted", _("已验收")
    CLOSED = "project_closed", _("已结项")


class Acceptance(models.TextChoices):
    """验收结果."""

    EXCELLENT = "excellent", _("优秀")
    PASSED = "up_to_standard", _("合格")
    FAILED = "not_up_to_standard", _("不合格")


class OfficeKind(models.TextChoices):
    """部门类别: 教育、人保等相关部门 of the notice, part one (three) 3, and whoever else aids families."""

    CIVIL_AFFAIRS = "civil_affairs", _("民政部门")
    EDUCATION = "education", _("教育部门")
    LABOUR = "labour_office", _("人社部门")
    HEALTH = "health_insurance", _("医保、卫健")
    HOUSING = "housing_office", _("住房保障")
    DISABLED = "disabled_federation", _("残联")
    WOMEN = "women_federation", _("妇联")
    YOUTH = "youth_league", _("共青团")
    COMMUNITY = "community_office", _("街镇、社区")
    OTHER = "other_office", _("其他部门")
