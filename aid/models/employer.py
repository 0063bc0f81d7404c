"""用人单位: one directory for practice posts and for job offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from portal.fields import EncryptedTextField
from portal.models import VersionedRecord
from portal.models.owned import by_order, unique_number, unit_path


class Employer(VersionedRecord):
    """An employer that a union works with.

    Practice posts know it by its name, in the form in which they hold theirs; vacancies refer to it.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    name = models.CharField(_("单位名称"), max_length=100)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    trade = models.CharField(_("行业"), max_length=1, choices=Trade, blank=True)
    district = models.CharField(_("所在区县"), max_length=50, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(VersionedRecord.Meta):
        verbose_name = _("用人单位")
        verbose_name_plural = _("用人单位")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["name", "id"], name="employer_name"),
            by_order("employer", "number"),
        ]
        constraints = [
            unique_number("employer"),
            models.UniqueConstraint(
                unit_path(),
                "name",
                name="employer_name_unique_in_unit",
                violation_error_message=_("本单位已有同名的用人单位。"),
            ),
        ]

    def __str__(self):
        return self.name
