"""公开页面: what a union says to everybody, and what it, or the city for all, keeps to itself."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import UnionOwned
from reports.enums import PublicPart


class PublicPage(UnionOwned):
    """What a 填报单位 decided about its public page, or the city about all; without a row everything is shown.

    `switched_off` are values of PublicPart in their order; `complaint` is how to complain in the unit's own words.
    """

    goes_to_heir: ClassVar[bool] = False

    switched_off = models.JSONField(_("不公开的部分"), default=list)
    complaint = models.TextField(_("监督和投诉的办法"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("设置人")
    )
    set_at = models.DateTimeField(_("设置时间"), auto_now=True)

    class Meta(UnionOwned.Meta):
        verbose_name = _("公开页面")
        verbose_name_plural = _("公开页面")
        constraints = [
            models.UniqueConstraint(
                fields=["union"],
                name="publicpage_one_per_union",
                violation_error_message=_("该工会的公开页面已有设置。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.union_id}"

    @property
    def audit_subject(self) -> str:
        return f"{self._meta.verbose_name} {self.union}"

    @property
    def shown(self) -> frozenset[PublicPart]:
        return frozenset(PublicPart).difference(map(PublicPart, self.switched_off))
