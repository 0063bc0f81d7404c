"""证据封存: what was added to the tables that only grow, hashed and chained, with a mark the database cannot make."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EvidenceLink(models.Model):
    """The rows of one table with keys above `above` up to `upto`, as they were when the link was made.

    `hashes` holds for each its key and a keyed hash over its `fields`. `earlier` is the mark of the link
    before, of whatever table; `mark` is a hash over all of this under a key of SEAL_KEYS. `noted` is the highest key
    that there was then: the next link ends there, when every transaction that took a lower key is over.
    """

    source = models.CharField(_("内容"), max_length=60)
    made_at = models.DateTimeField(_("封存时间"), default=timezone.now)
    above = models.BigIntegerField()
    upto = models.BigIntegerField()
    noted = models.BigIntegerField()
    count = models.PositiveIntegerField(_("行数"))
    fields = models.JSONField()
    hashes = models.BinaryField()
    earlier = models.CharField(max_length=64, blank=True, unique=True)
    mark = models.CharField(_("封存值"), max_length=64)

    class Meta:
        verbose_name = _("证据封存")
        verbose_name_plural = _("证据封存")

    def __str__(self) -> str:
        return f"{self.source} {self.above}-{self.upto}"
