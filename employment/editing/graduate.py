"""The form of a graduate: the workbook's columns, who is responsible, what is wished for and what stands in the way."""

from collections.abc import Iterator, Mapping

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from aid.models import Child
from employment.enums import Degree
from employment.models import Graduate
from employment.proposals.services import school_ends_on
from employment.workbook import CASE_WORKBOOK
from employment.workbook.graduates import GraduateSheet
from portal.record_rules import Fault, Party, Rule
from portal.records.editing import Editing, Group
from portal.records.editing.colleagues import ColleagueColumn, colleagues
from portal.workbook.cells import CodeCell, TextCell, WholeCell
from portal.workbook.importing.book import Book
from portal.workbook.sheets import Column

MOST_WAGE = 1_000_000


def helper_is_a_colleague(book: Book) -> Iterator[Fault]:
    """A helper newly named has an account in the union that enters it; one named before may have left."""
    for row in book.records_of(Graduate):
        helper = row.record.helper
        if not helper or (row.before or {}).get("helper") == helper:
            continue
        if not colleagues(book.unit).filter(name=helper).exists():
            message = _("帮扶责任人应为本单位或下级工会有账号的工作人员")
            yield Fault(message, (Party(row.record, "helper", frozenset({"helper"})),))


class GraduateFormSheet(GraduateSheet):
    """The workbook's columns, and those that only the browser knows."""

    rules = (
        *GraduateSheet.rules,
        Rule(
            ("closed_on", "registered_on"),
            lambda graduate: graduate.closed_on is not None and graduate.closed_on < graduate.registered_on,
            _("结束跟踪日期不能早于登记日期"),
        ),
    )
    set_rules = (*GraduateSheet.set_rules, helper_is_a_colleague)

    helper = ColleagueColumn("帮扶责任人", "helper")
    wished_trade = Column("期望行业", "wished_trade", CodeCell(Trade))
    wished_district = Column("期望区县", "wished_district", TextCell(50))
    wished_wage = Column("期望月薪(元)", "wished_wage", WholeCell(0, MOST_WAGE))
    obstacles = Column("就业困难", "obstacles", TextCell(200))


GRADUATE_FORM = Editing(
    sheet=GraduateFormSheet(),
    workbook=CASE_WORKBOOK,
    parent="household",
    initial=lambda _household: {"registered_on": localdate().isoformat()},
    groups=(
        Group(_("毕业生"), ("name", "person")),
        Group(_("毕业"), ("school", "school_location", "origin", "degree", "graduated_on")),
        Group(_("就业"), ("intention", "contract_on", "helper")),
        Group(
            _("求职意愿"),
            ("wished_trade", "wished_district", "wished_wage", "obstacles"),
            _("用来匹配招聘岗位；没有要求的可以不填。"),
        ),
        Group(
            _("跟踪"),
            ("registered_on", "closed_on"),
            _("填写结束跟踪日期后，在求职进展中列入“已结束跟踪”，当年仍计入统计。"),
        ),
    ),
)


def first_values(child: Child) -> Mapping[str, str]:
    """What the form of a child that becomes a graduate holds, as it would be typed. `child` has its school end."""
    ends_on = school_ends_on(child)
    degree = dict(Degree.choices).get(child.last_stage or child.stage, "")
    return {
        "name": child.name,
        "school": child.school or child.last_school or "",
        "degree": str(degree),
        "graduated_on": ends_on.isoformat() if ends_on else "",
    }
