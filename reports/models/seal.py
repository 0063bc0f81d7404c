"""封存: what proves a submission at a glance. The database refuses to change or delete these rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.frozen import Submission


class Seal(models.Model):
    """A keyed hash over a submission and the digests of its parts, chained to the submission before it.

    `before` is the digest of what the unit handed in before for the same campaign, '' for the first; `parts` are
    SHA-256 of the content, of the figures, and of the records of each fact. A row that was put into the database by
    hand has no seal, or one that the portal's key did not make.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="seal")
    before = models.CharField(max_length=64, blank=True)
    parts = models.JSONField()
    mark = models.CharField(_("封存值"), max_length=64)

    class Meta:
        verbose_name = _("封存")
        verbose_name_plural = _("封存")

    def __str__(self):
        return self.mark
