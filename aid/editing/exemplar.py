"""The form of an exemplar."""

from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK
from aid.workbook.exemplars import ExemplarSheet
from portal.records.editing import Editing, Group

EXEMPLAR_FORM = Editing(
    sheet=ExemplarSheet(),
    workbook=AID_WORKBOOK,
    prefix="T",
    groups=(
        Group(_("典型"), ("kind", "name", "title", "story")),
        Group(
            _("同意"),
            ("consent_by", "consent_on"),
            _(
                "本人（未成年人由监护人）或单位书面同意后才能公开；同意书在典型的页面上传。同意人写姓名和与本人的关系，如“曾建国（父亲）”。"
            ),
        ),
        Group(_("登记"), ("union", "number")),
    ),
)
