"""The form of a vacancy, below its event."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from employment.workbook import OFFER_WORKBOOK
from employment.workbook.vacancies import VacancySheet
from portal.records.editing import Editing, Group

USUAL_TERM = timedelta(days=30)


def open_for_a_month(_event) -> dict[str, str]:
    today = localdate()
    return {"offered_on": today.isoformat(), "closes_on": (today + USUAL_TERM).isoformat(), "published": "否"}


VACANCY_FORM = Editing(
    sheet=VacancySheet(),
    workbook=OFFER_WORKBOOK,
    parent="event",
    prefix="V",
    initial=open_for_a_month,
    groups=(
        Group(
            _("岗位"),
            ("employer", "title", "posts", "offered_on", "closes_on"),
            _("没有所需的用人单位时，请先在“用人单位”中登记。各招聘岗位的人数合计不能多于活动的岗位数。"),
        ),
        Group(
            _("条件"),
            ("trade", "district", "degree", "wage_from", "wage_to", "requirements"),
            _("按这些条件与求职毕业生匹配，填得越全越准。"),
        ),
        Group(
            _("发布"),
            ("published", "number"),
            _(
                "对外发布的岗位可由工会就业服务网公开读取，名称、区县、要求和用人单位名称中都不能写联系人、电话等个人信息。"
            ),
        ),
    ),
)
