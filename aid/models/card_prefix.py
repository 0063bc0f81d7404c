"""By which first digits a bank's cards are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CardPrefix(models.Model):
    """银行卡号前缀: the first digits of an issuer's cards (ISO/IEC 7812-1, issuer identification number), and its name.

    The table belongs to no union. Of several prefixes that fit a card the longest counts.
    """

    prefix = models.CharField(_("卡号前缀"), max_length=10, unique=True)
    bank = models.CharField(_("开户银行"), max_length=100)

    class Meta:
        verbose_name = _("银行卡号前缀")
        verbose_name_plural = _("银行卡号前缀")
        ordering = ["prefix"]

    def __str__(self):
        return self.prefix
