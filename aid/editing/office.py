"""The forms of offices and of what they are asked."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.workbook import AID_WORKBOOK
from aid.workbook.offices.office import OfficeSheet
from aid.workbook.offices.question import OfficeQuestionSheet
from portal.records.editing import Editing, Group
from portal.workbook.sheets import Workbook

ANSWER_TERM = timedelta(days=15)  # no rule sets one; half a month, as such letters mostly ask

OFFICE_FORM = Editing(
    sheet=OfficeSheet(),
    workbook=AID_WORKBOOK,
    prefix="OB",
    groups=(
        Group(_("相关部门"), ("kind", "name", "district", "note"), _("办理事项写向它问什么，如“低保核对”“学籍”。")),
        Group(_("联系方式"), ("contact", "telephone")),
        Group(_("登记"), ("union", "number")),
    ),
)


def answered_in_half_a_month(_about: Model | None) -> Mapping[str, str]:
    today = localdate()
    return {"asked_on": today.isoformat(), "due_on": (today + ANSWER_TERM).isoformat()}


# The floor above puts the whole case workbook in: graduates are asked about, too.
OFFICE_QUESTION_FORM = Editing(
    sheet=OfficeQuestionSheet(),
    workbook=Workbook((*AID_WORKBOOK.sheets, OfficeSheet())),
    parent="person",
    prefix="OW",
    initial=answered_in_half_a_month,
    groups=(
        Group(
            _("问询"),
            ("office", "subject", "asked_on", "due_on", "number"),
            _("事项写核对什么，不写病情和证件号码。没有所需的部门时，请先在“相关部门”中登记。"),
        ),
        Group(
            _("答复"),
            ("answered_on", "answered_by", "answer"),
            _("还没有答复的都不填，到期前列在首页待办；答复内容加密保存，书面答复在问询的页面上传。"),
        ),
    ),
)
