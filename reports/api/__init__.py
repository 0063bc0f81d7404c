"""What other systems may ask for of the figures and the reports."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema

from portal.access import Permission
from portal.api.refusal import ApiRefused, CallFault
from portal.api.resource import ApiRequest, Operation, Resource
from portal.api.rows import KEY_BELOW, page_of
from portal.models import Campaign, Union
from portal.refusals.lookup import get_object_or_404
from reports.annex.campaign_figures import FORM_NUMBERS
from reports.counting.asof import parse_as_of
from reports.models import Report
from reports.render.filled import Filled
from reports.render.frozen import FrozenForms
from reports.sealing.proving import prove

LONGEST_CODE = 20


class FiguresOut(Schema):
    """The figures of one union as the forms print them: texts by slug (docs/figures.md), up to `cut_off`."""

    year: int
    union: str
    cut_off: str
    figures: dict[str, str]


class ReportRecord(Schema):
    """A report: of which unit and year, where it stands, when it was handed in last; `number` counts supplements."""

    id: int
    union: str
    year: int
    number: int
    state: str
    state_words: str
    due_on: str
    submitted_at: str | None
    code: str | None


class ReportsOut(Schema):
    """Reports in the order of their id, and the id after which the next page begins."""

    records: list[ReportRecord]
    after: int | None


class ReportWhole(ReportRecord):
    """The same with the figures that were handed in last; none before that."""

    figures: dict[str, str]


def count_figures(
    request: ApiRequest,
    year: int = Query(..., ge=1000, le=9999),
    unit: str | None = Query(None, max_length=LONGEST_CODE),
    as_of: str | None = Query(None, max_length=10),
) -> dict[str, Any]:
    campaign = get_object_or_404(Campaign, year=year)
    try:
        filled = Filled.live(campaign, _unit(request, unit), parse_as_of(as_of or ""))
    except ValueError:
        words = _("不是日期，请填写如 2014-08-25 的日期")
        raise ApiRefused(422, faults=[CallFault(words, field="as_of")]) from None
    return {"year": year, "union": filled.union.code, "cut_off": str(filled.cut_off), "figures": _texts(filled)}


def _texts(filled: Filled) -> dict[str, str]:
    return {figure.slug: filled.text(figure.slug) for form in FORM_NUMBERS for figure in filled.figures.of_form(form)}


def _unit(request: ApiRequest, code: str | None) -> Union:
    own = request.auth.system.union
    found = own if code is None else Union.objects.in_union(own).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def list_reports(
    request: ApiRequest,
    year: int | None = Query(None, ge=1000, le=9999),
    after: int = Query(0, ge=0, lt=KEY_BELOW),
) -> dict[str, Any]:
    reports = _reports(request)
    found, following = page_of(reports.filter(campaign__year=year) if year is not None else reports, after)
    return {"records": [_shown(report) for report in found], "after": following}


def show_report(request: ApiRequest, id: int = Path(..., ge=1, lt=KEY_BELOW)) -> dict[str, Any]:  # noqa: A002
    report = get_object_or_404(_reports(request), pk=id)
    figures: dict[str, str] = {}
    if report.submission is not None:
        report.submission.report = report
        figures = _texts(FrozenForms.of(prove(report.submission)))
    return {**_shown(report), "figures": figures}


def _reports(request: ApiRequest) -> Any:
    return Report.objects.visible_to(request.auth.system).select_related("campaign", "union", "submission")


def _shown(report: Report) -> dict[str, Any]:
    submission = report.submission
    return {
        "id": report.pk,
        "union": report.union.code,
        "year": report.campaign.year,
        "number": report.number,
        "state": report.state,
        "state_words": str(report.get_state_display()),
        "due_on": str(report.due_on),
        "submitted_at": submission.submitted_at.isoformat() if submission else None,
        "code": submission.code if submission else None,
    }


FIGURES, REPORTS = Permission.VIEW_FIGURES, Permission.VIEW_REPORTS
NOW = gettext_lazy("按现在的记录统计，到所给的截止日为止；不写工会时是令牌所属的工会。数字的名称见 docs/figures.md。")

RESOURCES = (
    Resource(
        "figures",
        gettext_lazy("统计表的数字"),
        (Operation("count", "/figures", gettext_lazy("统计表的数字"), FIGURES, count_figures, FiguresOut, NOW),),
    ),
    Resource(
        "reports",
        gettext_lazy("报表"),
        (
            Operation("list", "/reports", gettext_lazy("报表：列出"), REPORTS, list_reports, ReportsOut),
            Operation("show", "/reports/{id}", gettext_lazy("报表：查看一份"), REPORTS, show_report, ReportWhole),
        ),
    ),
)
