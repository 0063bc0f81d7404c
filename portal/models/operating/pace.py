"""登录节奏: how fast passwords may be tried for one name, or from one address."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInPace(models.Model):
    """Until when, in seconds of the clock, what was tried lately has used up the pace of one name or address.

    `key` is a keyed hash: people type passwords into the field for the name.
    """

    key = models.CharField(max_length=64, unique=True)
    spent_until = models.FloatField(db_index=True)

    class Meta:
        verbose_name = _("登录节奏")
        verbose_name_plural = _("登录节奏")

    def __str__(self) -> str:
        return self.key[:8]
