"""Numbers that went with an import that was taken back: they were told to people, and are not given again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.owned import UnionOwned


class GoneNumber(UnionOwned):
    """The highest number of one `beginning` (D2026-) among records of `model` that one import had made in a unit."""

    model = models.CharField(_("记录种类"), max_length=60)
    beginning = models.CharField(_("编号开头"), max_length=10)
    serial = models.PositiveIntegerField(_("最后序号"))

    class Meta(UnionOwned.Meta):
        verbose_name = _("不再使用的编号")
        verbose_name_plural = _("不再使用的编号")

    def __str__(self) -> str:
        return f"{self.beginning}{self.serial:06d}"
