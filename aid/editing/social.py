"""The form of a social organisation."""

from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK
from aid.workbook.social.organisation import OrganisationSheet
from portal.records.editing import Editing, Group

ORGANISATION_FORM = Editing(
    sheet=OrganisationSheet(),
    workbook=AID_WORKBOOK,
    prefix="U",
    groups=(
        Group(
            _("社会组织"),
            ("kind", "name", "credit_code", "qualification"),
            _("登记证号照法人登记证书填写 18 位统一社会信用代码，末位是校验码。"),
        ),
        Group(_("评估"), ("grade", "graded_on"), _("民政部门评定的等级；没有参加评估的都不填。")),
        Group(_("联系方式"), ("contact", "telephone")),
        Group(_("停止合作"), ("closed_on", "closed_why"), _("注销登记或不再合作时填写；之后不能为它新建项目。")),
        Group(_("登记"), ("union", "number")),
    ),
)
