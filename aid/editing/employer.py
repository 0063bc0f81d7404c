"""The form of an employer."""

from django.utils.translation import gettext_lazy as _

from aid.workbook.employers import EmployerSheet
from portal.records.editing import Editing, Group
from portal.workbook.sheets import Workbook

EMPLOYER_FORM = Editing(
    sheet=EmployerSheet(),
    workbook=Workbook((EmployerSheet(),)),
    prefix="Q",
    groups=(
        Group(
            _("用人单位"),
            ("name", "credit_code", "trade", "district"),
            _("名称要与社会实践岗位的“单位名称”、就业帮扶的“提供单位”写得一样，该单位提供的岗位才能对上。"),
        ),
        Group(_("联系方式"), ("contact", "telephone")),
        Group(_("登记"), ("note", "union", "number")),
    ),
)
