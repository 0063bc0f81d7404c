"""What somebody has typed into a form and not yet saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fields import EncryptedTextField


class FormDraft(models.Model):
    """The fields of one form of one person as they stood last, until it is saved, thrown away or thirty days old.

    `page` is the address of the form. The content is sealed: a half-typed form holds what a file holds.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    content = EncryptedTextField()  # as a browser sends a form
    typed_at = models.DateTimeField(_("填写时间"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("未保存的表单")
        verbose_name_plural = _("未保存的表单")
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="draft_one_per_form")]

    def __str__(self) -> str:
        return self.page
