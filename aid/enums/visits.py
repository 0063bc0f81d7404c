"""Codes of visits and of what follows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitWay(models.TextChoices):
    """慰问方式: notice, part one (two) 1."""

    TALK = "talk", _("谈心")
    BOOKS = "books", _("赠送书籍学习用品")
    TUTORING = "tutoring", _("暑期补习")
    OTHER = "other", _("其他")


class FollowUpKind(models.TextChoices):
    """跟进事项: the 三个掌握 of the notice, part one (two) 2."""

    UPDATE_FILE = "update_file", _("更新困难职工档案信息")
    ADJUST_STANDARD = "adjust_standard", _("调整帮扶标准")
    OFFER_PROJECT = "offer_project", _("拓展有针对性的帮扶项目")
