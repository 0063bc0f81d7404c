"""社会组织: who runs the projects of 社会助学."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import OrganisationGrade, OrganisationKind
from portal.codes.fields import CodeField
from portal.fields import EncryptedTextField
from portal.models import VoidableRecord
from portal.models.owned import by_order, unique_number, unit_path
from portal.models.voidable import LIVE


class Organisation(VoidableRecord):
    """A 社会团体, 基金会 or 社会服务机构 of the area (notice, part one (three) 4), until its day of closing.

    Its registration number is the 统一社会信用代码 of GB 32100; its check character is judged where it is typed.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    kind = models.CharField(_("社会组织类别"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("社会组织名称"), max_length=100)
    credit_code = models.CharField(_("登记证号(统一社会信用代码)"), max_length=18)
    qualification = models.CharField(_("资质"), max_length=200, blank=True)
    grade = CodeField(_("评估等级"), max_length=10, choices=OrganisationGrade, blank=True)
    graded_on = models.DateField(_("评估日期"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=50, blank=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)
    closed_on = models.DateField(_("停止合作日期"), null=True, blank=True)
    closed_why = models.CharField(_("停止合作原因"), max_length=200, blank=True)

    class Meta(VoidableRecord.Meta):
        verbose_name = _("社会组织")
        verbose_name_plural = _("社会组织")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["name", "id"], name="organisation_name"),
            by_order("organisation", "number"),
        ]
        constraints = [
            unique_number("organisation", LIVE),
            models.UniqueConstraint(
                unit_path(),
                "credit_code",
                condition=LIVE,
                name="organisation_once_in_unit",
                violation_error_message=_("本单位已登记过这个登记证号的社会组织。"),
            ),
            models.CheckConstraint(
                condition=models.Q(grade="", graded_on__isnull=True)
                | (~models.Q(grade="") & models.Q(graded_on__isnull=False)),
                name="organisation_grade_has_date",
                violation_error_message=_("评估等级和评估日期须同时填写。"),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=False) | models.Q(closed_why=""),
                name="organisation_closed_for_reason",
                violation_error_message=_("填了停止合作原因，停止合作日期也必须填写。"),
            ),
        ]

    def __str__(self):
        return self.name
