"""社会助学项目 and 项目付款: sheets that no workbook carries, and the rule that joins them."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from aid.enums import ProjectState, ProjectWay
from aid.models import Project, ProjectPayment
from aid.workbook.columns import NUMBER_LENGTH, number_column, union_column
from portal.record_rules import Fault, Party, Rule, not_ahead
from portal.words.bounds import MOST_AT_ONCE, MOST_HOURS_OF_PROJECT
from portal.workbook.cells import AmountCell, CodeCell, DateCell, TextCell, WholeCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column

MOST_VOLUNTEERS = 100_000
BUDGET, AMOUNT = frozenset({"budget", "way"}), frozenset({"amount"})


def _paid(project: Project, but: ProjectPayment | None = None) -> Decimal:
    others = ProjectPayment.objects.filter(project=project).exclude(pk=but.pk if but else None)
    return others.aggregate(total=Sum("amount"))["total"] or Decimal()


def paid_beyond_budget(book: Book) -> Iterator[Fault]:
    """Payments stay within the budget: neither one payment more nor a smaller budget. The 填报单位 is locked."""
    for row in book.records_of(ProjectPayment):
        payment = row.record
        if row.faulty & AMOUNT:
            continue
        budget, others = payment.project.budget or Decimal(), _paid(payment.project, payment)
        if others + payment.amount > budget:
            words = {"budget": f"{budget:,.2f}", "paid": f"{others:,.2f}", "left": f"{budget - others:,.2f}"}
            message = _("预算 %(budget)s 元，其他付款共 %(paid)s 元，最多还能付 %(left)s 元")
            yield Fault(message, (Party(payment, "amount", AMOUNT),), words)
    for row in book.records_of(Project):
        paid = _paid(row.record) if not row.is_new and not row.faulty & BUDGET else Decimal()
        if paid > (row.record.budget or Decimal()):
            message = _("已付款 %(paid)s 元，预算不能少于此数")
            yield Fault(message, (Party(row.record, "budget", BUDGET),), {"paid": f"{paid:,.2f}"})


PROJECT_RULES = (
    not_ahead(
        "starts_on",
        lambda project: project.state != ProjectState.PLANNED,
        _("项目已经开始实施，项目开始日期不能晚于今天"),
    ),
    not_ahead(
        "starts_on",
        lambda project: bool(project.volunteers or project.hours),
        _("志愿者人数和服务时数是做过的；项目还没有开始的，请先不填"),
        "volunteers",
        "hours",
    ),
    Rule(
        ("organisation__closed_on", "starts_on"),
        lambda project: bool(project.organisation.closed_on) and project.organisation.closed_on < project.starts_on,
        _("这个社会组织在项目开始前已停止合作"),
    ),
    Rule(
        ("contract_number", "contract_on", "budget", "way"),
        lambda project: (
            project.way != ProjectWay.PURCHASED
            and bool(project.contract_number or project.contract_on or project.budget)
        ),
        _("只有购买服务的项目有合同和预算"),
    ),
    Rule(
        ("contract_number", "contract_on", "budget", "way"),
        lambda project: (
            project.way == ProjectWay.PURCHASED
            and project.state != ProjectState.PLANNED
            and not (project.contract_number and project.contract_on and project.budget)
        ),
        _("已开始实施的购买服务项目，合同编号、合同签订日期和预算不能空着"),
    ),
    Rule(
        ("organisation", "union"),
        lambda project: not project.organisation.union_path.startswith(project.union.path),
        _("社会组织由上级或其他工会登记，项目请登记在同一工会"),
    ),
)


class ProjectSheet(ImportedSheet):
    title = "社会助学项目"
    model = Project
    related = ("organisation__union",)
    rules = PROJECT_RULES
    set_rules = (paid_beyond_budget,)

    number = number_column()
    title_ = Column("项目名称", "title", TextCell(100), required=True)
    way = Column("项目形式", "way", CodeCell(ProjectWay), required=True)
    organisation = Column(
        "承接的社会组织",
        "organisation",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("社会组织",),
        path="organisation__number",
    )
    starts_on = Column("项目开始日期", "starts_on", DateCell(future=True), required=True)
    ends_on = Column("项目结束日期", "ends_on", DateCell(future=True))
    description = Column("项目内容", "description", TextCell(500))
    contract_number = Column("合同编号", "contract_number", TextCell(60))
    contract_on = Column("合同签订日期", "contract_on", DateCell())
    budget = Column("预算(元)", "budget", AmountCell(maximum=MOST_AT_ONCE))
    volunteers = Column("志愿者人数", "volunteers", WholeCell(1, MOST_VOLUNTEERS))
    hours = Column("服务时数(小时)", "hours", AmountCell(maximum=MOST_HOURS_OF_PROJECT))
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)


class ProjectPaymentSheet(ImportedSheet):
    """Below a project, and in its union."""

    title = "项目付款"
    model = ProjectPayment
    related = ("project__union", "project__organisation")
    set_rules = (paid_beyond_budget,)
    rules = (
        Rule(
            ("paid_on", "project__contract_on"),
            lambda payment: bool(payment.project.contract_on) and payment.paid_on < payment.project.contract_on,
            _("付款日期不能早于合同签订日期"),
        ),
    )

    number = number_column()
    project = Column(
        "社会助学项目",
        "project",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("社会助学项目",),
        path="project__number",
    )
    paid_on = Column("付款日期", "paid_on", DateCell(), required=True)
    amount = Column("付款金额(元)", "amount", AmountCell(maximum=MOST_AT_ONCE), required=True)
    note = Column("付款说明", "note", TextCell(200))

    def complete(self, record, row):
        project = cached(record, "project")
        if project is not None:
            record.place_with(project)
