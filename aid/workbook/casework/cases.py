"""助学申请."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import AidMode, CaseState, Decision, WorkerCategory
from aid.models import AidCase
from aid.record_rules import CASE_RULES
from aid.workbook.casework.moves import DECIDING_FIELDS, changed_past_workflow
from aid.workbook.casework.unposted import only_continued_without_notice
from aid.workbook.columns import number_column
from aid.workbook.known import names_of_units
from aid.workbook.schooling import STAGE_WORDS, child_column, stage_cell
from portal.calendar.work_calendar import work_calendar
from portal.models import REPORTING_PATH_LENGTH
from portal.record_rules import Fault, Party
from portal.workbook.cells import AmountCell, CodeCell, DateCell, TextCell, YearCell, YesNoCell
from portal.workbook.importing.book import Book, Row
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.links import CampaignColumn
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column

ONE_CASE_FIELDS = frozenset({"child", "campaign"})
COUNTED_FIELDS = ("counted_category", "counted_single")
YEAR_WORDS = ("年度", "助学年度", "申请年度", "活动年份", "助学年份", "年份")
MODE_WORDS = (
    "助学形式",
    "帮扶方式",
    "救助方式",
    "资助方式",
    "帮扶形式",
    "助学类型",
    "助学类别",
    "救助类型",
    "资助类型",
    "资助形式",
    "救助形式",
    "帮扶类型",
)
STANDARD_WORDS = (
    "帮扶标准", "救助金额", "申请金额", "资助金额", "帮扶金额", "助学金额", "补助金额", "救助标准", "资助标准",
    "助学标准", "补助标准", "拟资助金额", "拟救助金额", "拟帮扶金额", "申请救助金额", "申请资助金额", "金额",
    "助学金", "助学款", "发放金额", "发放标准", "审批金额", "批准金额", "结对金额", "结对资助金额", "助学金标准",
    "帮扶资金",
    "补助",
    "资助",
    "助学补助",
    "救助资金", "资助款", "补助款", "助学金额标准", "金秋助学金额",
)  # fmt: skip
SHORT_MODE = {
    "政策": "政策助学",
    "政策救助": "政策助学",
    "结对": "结对助学",
    "结对帮扶": "结对助学",
    "就业": "就业援助",
    "就业帮扶": "就业援助",
    "社会": "社会助学",
    "社会资助": "社会助学",
    "社会捐助": "社会助学",
}
# Notice [2014] 156, part one (three). It names no grant of the union itself: whose money it is, is the source's.
MODES_EXPLAINED = {
    AidMode.POLICY: gettext_lazy("先帮助落实政府的奖学金、助学金、助学贷款等"),
    AidMode.PAIRING: gettext_lazy("党支部、劳模、企业等与子女结对"),
    AidMode.EMPLOYMENT: gettext_lazy("为大学生子女提供社会实践岗位和就业帮助"),
    AidMode.SOCIAL: gettext_lazy("社会组织、志愿者项目等；工会直接发给学生、没有结对的助学金也选它"),
}
SHORT_DECISION = {
    "同意": "通过",
    "批准": "通过",
    "已通过": "通过",
    "审批通过": "通过",
    "不同意": "不通过",
    "不批准": "不通过",
    "未通过": "不通过",
    "审批不通过": "不通过",
}
CALENDAR, OFFICIAL = "calendar", "official"


def one_case_per_child(book: Book) -> Iterator[Fault]:
    """A second case for the same child and campaign, in any unit, is refused."""
    message = gettext_lazy("该子女本年度已有助学申请")
    first: dict = {}
    doubled = gettext_lazy("与第 %(row)d 行是同一名子女，重复了")
    for row in book.records_of(AidCase):
        if row.faulty & ONE_CASE_FIELDS:
            continue
        key = (row.record.child.person.id_number, row.record.campaign.year)
        other = first.setdefault(key, row)
        if other is not row:
            blamed, kept = (row, other) if row.changed & ONE_CASE_FIELDS else (other, row)
            yield Fault(doubled, (Party(blamed.record, "campaign", ONE_CASE_FIELDS),), {"row": kept.number})
    yield from _cases_on_file(book, {key: row.record for key, row in first.items()}, message)


def _cases_on_file(book: Book, cases: dict, message) -> Iterator[Fault]:
    by_person = {(case.child.person.pk, year): case for (_number, year), case in cases.items()}
    in_workbook = book.pks(AidCase)
    rivals = [
        (by_person[person, year], path)
        for chunk in in_chunks({person for person, _year in by_person if person})
        for pk, person, year, path in AidCase.objects.filter(person__in=chunk).values_list(
            "pk", "person", "campaign__year", "union_path"
        )
        if (person, year) in by_person and pk not in in_workbook
    ]
    units = names_of_units(path for _case, path in rivals)
    for case, path in rivals:
        party = (Party(case, "campaign", ONE_CASE_FIELDS),)
        if path.startswith(book.unit.path):
            yield Fault(message, party)
        else:
            elsewhere = gettext_lazy("该子女本年度已由“%(unit)s”申请助学")
            yield Fault(elsewhere, party, {"unit": units[path[:REPORTING_PATH_LENGTH]]})


def state_from_history(case: AidCase) -> CaseState:
    """Where a case stands that comes in with its history."""
    if case.decision:
        return CaseState.APPROVED if case.decision == Decision.APPROVED else CaseState.REJECTED
    return CaseState.ON_NOTICE if case.notice_from or case.notice_to else CaseState.SUBMITTED


def _forget_counted(case: AidCase, row: Row) -> None:
    """Only an approved case is counted: of another the cells say nothing."""
    for name in COUNTED_FIELDS:
        before = row.before or {}
        setattr(case, name, before.get(name, AidCase._meta.get_field(name).get_default()))
        row.changed -= {name}


def _worker_known(child) -> bool:
    """Whether no cell was refused between the case and what it is counted by."""
    household = cached(child, "household")
    return household is not None and cached(household, "worker") is not None


class CountedColumn(Column):
    """What an approved case is counted by, which it keeps whatever its household becomes; no other case has it."""

    empty_keeps = True

    def get_value(self, instance):
        return super().get_value(instance) if instance.is_approved else None


class CaseSheet(ImportedSheet):
    title = "助学申请"
    model = AidCase
    related = (
        "campaign",
        "person",
        "child__person",
        "child__union",
        "child__household__worker",
        "child__household__union",
    )
    exclusive = ("person", "child", "campaign")
    rules = CASE_RULES
    set_rules = (one_case_per_child, changed_past_workflow, only_continued_without_notice)

    number = number_column(synonyms=("申请编号", "助学申请编号", "申请表编号", "助学编号"))
    child = child_column()
    campaign = CampaignColumn(
        "活动年度", "campaign", YearCell(), required=True, path="campaign__year", synonyms=YEAR_WORDS
    )
    stage = Column("学段", "stage", stage_cell(), required=True, synonyms=STAGE_WORDS)
    mode = Column(
        "助学方式",
        "mode",
        CodeCell(AidMode, short=SHORT_MODE, explained=MODES_EXPLAINED),
        required=True,
        synonyms=MODE_WORDS,
    )
    standard = Column("帮扶标准(元)", "standard", AmountCell(), required=True, synonyms=STANDARD_WORDS)
    programme = Column("结对项目", "programme", TextCell(100), synonyms=("结对项目名称",))
    sponsor = Column(
        "结对方", "sponsor", TextCell(100), synonyms=("结对单位", "结对人", "结对方名称", "结对单位或个人", "帮扶方")
    )
    applied_on = Column("申请日期", "applied_on", DateCell(), required=True, synonyms=("申请时间", "申报日期"))
    notice_from = Column(
        "公示开始日期",
        "notice_from",
        DateCell(future=True),
        note=gettext_lazy(
            "没有公示日期的登记为“已提交”，公示前须由单位审核人初审；有公示或审批的登记到那一步，没有初审记录"
        ),
        synonyms=("公示起始日期", "公示开始日", "公示日期起"),
    )
    notice_to = Column(
        "公示结束日期", "notice_to", DateCell(future=True), synonyms=("公示截止日期", "公示终止日期", "公示日期止")
    )
    notice_place = Column("公示地点", "notice_place", TextCell(100), synonyms=("公示地方", "公示位置", "公示场所"))
    decided_on = Column("审批日期", "decided_on", DateCell(), synonyms=("审批时间", "批准日期"))
    decision = Column(
        "审批结果", "decision", CodeCell(Decision, short=SHORT_DECISION), synonyms=("审批意见", "审核结果")
    )
    counted_category = CountedColumn(
        "审批时职工类别",
        "counted_category",
        CodeCell(WorkerCategory),
        note=gettext_lazy("不填则取自审批时的家庭档案"),
    )
    counted_single = CountedColumn(
        "审批时单亲", "counted_single", YesNoCell(), note=gettext_lazy("不填则取自审批时的家庭档案")
    )

    def complete(self, record, row):
        child = cached(record, "child")
        if child is None or row is None:
            return
        record.person = child.person
        before = row.before or {}
        record.stands_unposted = before.get("decision") == Decision.APPROVED and not before.get("notice_from")
        if row.is_new:
            record.place_with(child)
        if row.is_new or row.changed & DECIDING_FIELDS:
            was_approved = record.is_approved
            record.status = state_from_history(record)
            if record.is_approved and not was_approved and _worker_known(child):
                record.copy_counted(
                    category=row.values.get("counted_category", ""), single=row.values.get("counted_single")
                )
        if not record.is_approved:
            _forget_counted(record, row)
        elif "counted_single" in row.changed and _worker_known(child):
            record.count_single(single=record.counted_single)

    def weighs(self, book, row):
        """A case that is decided, or that was and is changed; one that comes on notice past the check."""
        case = row.record
        if self.weighing(row) == "decision":
            return _("决定助学申请")
        is_posted = case.status == CaseState.ON_NOTICE and (row.is_new or row.changed & DECIDING_FIELDS)
        return _("不经初审公示助学申请") if is_posted and case.campaign.check_first else ""

    def weighing(self, row):
        """The decision, of what is decided or was; else the notice."""
        return "decision" if row.record.decision or (row.before or {}).get("decision") else "notice_from"

    def recall(self, book):
        book.seen[CALENDAR][OFFICIAL] = work_calendar()

    def remarks(self, book, row):
        case = row.record
        if case.notice_from and case.notice_to:
            days = book.seen[CALENDAR][OFFICIAL].working_days(case.notice_from, case.notice_to)
            if days < case.campaign.notice_days:
                yield _("公示只有 %(days)d 个工作日，少于活动要求的 %(asked)d 个工作日") % {
                    "days": days,
                    "asked": case.campaign.notice_days,
                }
