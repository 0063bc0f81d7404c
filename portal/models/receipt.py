"""Forms that were sent, so that one sent twice acts once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormReceipt(models.Model):
    """That a person sent a form, by the key it was given when it was opened, and the record that came of it.

    `digest` is a keyed hash of what was typed: it tells the same form sent again from one that was changed since.
    What came of it is a record, or the address `answer`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    record_type = models.CharField(max_length=50, blank=True)  # label of the model
    record_pk = models.BigIntegerField(default=0)
    answer = models.CharField(max_length=200, blank=True)  # of a page of its own kind: the address it answered with
    sent_at = models.DateTimeField(_("提交时间"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("表单回执")
        verbose_name_plural = _("表单回执")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_sent_once")]

    def __str__(self) -> str:
        return self.answer or f"{self.record_type} {self.record_pk}"
