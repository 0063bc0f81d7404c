"""Codes of activities for the children."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """活动类型: 座谈、参观、举办活动 and 暑期补习 of the notice, parts one (one) 1 and one (two) 1."""

    TALK = "round_table", _("座谈")
    OUTING = "outing", _("参观")
    CAMP = "summer_camp", _("夏令营")
    TUTORING = "tutoring_class", _("补习班")
    BOOKS = "giving_books", _("赠书")
    OTHER = "other_activity", _("其他活动")
