"""部门问询: a sheet that no workbook carries. About whom is asked follows from the page that one comes from."""

from django.utils.translation import gettext_lazy as _

from aid.models import Document, Household, OfficeQuestion
from aid.models.household_lists import AUTHORISING
from aid.workbook.columns import NUMBER_LENGTH, number_column
from portal.record_rules import Rule
from portal.workbook.cells import DateCell, IdNumberCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

LONGEST_ANSWER = 1000
ANSWER = ("answered_on", "answered_by", "answer")


def half_answered(question: OfficeQuestion) -> bool:
    told = [bool(getattr(question, name)) for name in ANSWER]
    return any(told) and not all(told)


def is_not_authorised(question: OfficeQuestion) -> bool:
    """A family signs that the union may ask others about it; what was asked already may still be answered."""
    papers = Document.objects.filter(household=question.household_id, kind__in=AUTHORISING)
    return question._state.adding and not papers.exists()


class OfficeQuestionSheet(ImportedSheet):
    """Below a family, a child or a graduate."""

    title = "部门问询"
    model = OfficeQuestion
    related = ("person", "office__union", "household__union")
    rules = (
        Rule(
            ("due_on", "asked_on"),
            lambda question: question.due_on < question.asked_on,
            _("答复期限不能早于问询日期"),
        ),
        Rule(
            ("answered_on", "asked_on"),
            lambda question: bool(question.answered_on) and question.answered_on < question.asked_on,
            _("答复日期不能早于问询日期"),
        ),
        Rule(ANSWER, half_answered, _("答复日期、答复人和答复内容须同时填写")),
        Rule(
            ("person",),
            is_not_authorised,
            _("这户没有登记申请书或核对授权书：没有书面授权，不能向有关部门核对。请先在档案里登记材料"),
        ),
    )

    number = number_column()
    person = Column(
        "身份证号",
        "person",
        IdNumberCell(),
        required=True,
        refers=("子女", "高校毕业生", "困难职工家庭"),
        path="person__id_number",
    )
    office = Column(
        "相关部门", "office", TextCell(NUMBER_LENGTH), required=True, refers=("相关部门",), path="office__number"
    )
    asked_on = Column("问询日期", "asked_on", DateCell(), required=True)
    subject = Column("问询事项", "subject", TextCell(200), required=True)
    due_on = Column("答复期限", "due_on", DateCell(future=True), required=True)
    answered_on = Column("答复日期", "answered_on", DateCell())
    answered_by = Column("答复人", "answered_by", TextCell(50))
    answer = Column("答复内容", "answer", TextCell(LONGEST_ANSWER))

    def referred(self, column, found):
        if column.attribute != "person":
            return found
        return found.worker if isinstance(found, Household) else found.person

    def complete(self, record, row):
        if row is not None and row.is_new and "person" in row.targets:
            about = row.targets["person"]
            record.household = about if isinstance(about, Household) else about.household
            record.place_with(about)
