"""What other systems may ask for and send of the way to work, and of the case workbook, which is put together here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema
from pydantic import create_model

from aid.workbook import CaseSheet, ChildSheet, HouseholdSheet, VisitSheet
from employment.matching.feed import FIELDS, feed_page
from employment.models import Vacancy
from employment.workbook import CASE_WORKBOOK
from employment.workbook.applications import APPLICATION_WORKBOOK, ApplicationSheet
from employment.workbook.assistance import AssistanceSheet
from employment.workbook.enquiries import ENQUIRY_WORKBOOK
from employment.workbook.graduates import GraduateSheet
from portal.access import Permission
from portal.api.resource import ApiRequest, Operation, Resource
from portal.api.rows import KEY_BELOW
from portal.api.sheets import sheet_resource
from portal.workbook.importing.sheet import ImportedSheet

OF_THE_WORKBOOK: dict[str, type[ImportedSheet]] = {
    "households": HouseholdSheet,
    "children": ChildSheet,
    "cases": CaseSheet,
    "visits": VisitSheet,
    "graduates": GraduateSheet,
    "help": AssistanceSheet,
}

# The fields of the open feed and no others: neither a contact nor a telephone is read.
_FIELDS: dict[str, Any] = {field.name: (str | int | None, ...) for field in FIELDS}
VacancyOut = create_model("VacancyOut", __base__=Schema, **_FIELDS)


class VacancyPage(Schema):
    """Vacancies in the order of their id, and the id after which the next page begins."""

    records: list[VacancyOut]  # type: ignore[valid-type]
    after: int | None


def list_vacancies(request: ApiRequest, after: int = Query(0, ge=0, lt=KEY_BELOW)) -> dict[str, Any]:
    page = feed_page(after, Vacancy.objects.visible_to(request.auth.system))
    return {"records": page.rows, "after": page.after}


VACANCIES = Operation(
    "list",
    "/vacancies",
    _("招聘岗位：列出对外发布、今天可以应聘的"),
    Permission.VIEW_RECORDS,
    list_vacancies,
    VacancyPage,
    _("与公开的岗位数据（/feed/vacancies.json）同样的内容，只含令牌所属工会及其下级工会的岗位。"),
)

RESOURCES = (
    *(
        sheet_resource(name, CASE_WORKBOOK.by_title[kind.title], CASE_WORKBOOK)
        for name, kind in OF_THE_WORKBOOK.items()
    ),
    sheet_resource("enquiries", ENQUIRY_WORKBOOK.sheets[0], ENQUIRY_WORKBOOK),
    Resource("vacancies", _("招聘岗位"), (VACANCIES,)),
    sheet_resource(
        "applications", APPLICATION_WORKBOOK.by_title[ApplicationSheet.title], APPLICATION_WORKBOOK, _("求职申请")
    ),
)
