"""相关部门: the offices beside the unions that know of a family or aid it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import OfficeKind
from portal.codes.fields import CodeField
from portal.fields import EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number, unit_path
from portal.models.voidable import LIVE


class Office(VoidableRecord):
    """民政, 教育, 人社 and the like: whom one calls there (notice, part one (three) 3, 相关部门的沟通协作)."""

    number = models.CharField(_("业务编号"), max_length=40)
    kind = CodeField(_("部门类别"), max_length=20, choices=OfficeKind)
    name = models.CharField(_("部门名称"), max_length=100)
    district = models.CharField(_("所在区"), max_length=50, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)
    note = models.CharField(_("办理事项"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("相关部门")
        verbose_name_plural = _("相关部门")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["name", "id"], name="office_name"),
            by_order("office", "number"),
        ]
        constraints = [
            unique_number("office", LIVE),
            models.UniqueConstraint(
                unit_path(),
                "name",
                condition=LIVE,
                name="office_name_unique_in_unit",
                violation_error_message=_("本单位已登记过同名的部门。"),
            ),
        ]

    def __str__(self):
        return self.name
