"""How one person has a list arranged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnList(models.Model):
    """The list of one kind of record as one person wants it; without a row as everybody has it.

    `kind` is the beginning of the kind's url names. `hidden` are the paths of columns left out. `filters` are saved
    under names: pairs of a name and the query of the list's address, without the words searched for, which may be
    somebody's name. `every_year`: it opens with the records of all campaigns, not with those of the one that runs.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=50)
    hidden = models.JSONField(default=list)
    rows = models.PositiveSmallIntegerField(_("每页行数"))
    filters = models.JSONField(default=list)
    every_year = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("列表设置")
        verbose_name_plural = _("列表设置")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="own_list_one_per_kind")]

    def __str__(self) -> str:
        return self.kind
