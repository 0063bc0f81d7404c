"""家庭成员 and 年度收入: kept in the browser only, and brought along where a workbook moves their household."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import Health
from aid.models import Household, Income, Member
from aid.relations import sex_against_relation
from aid.standards.odd_incomes import odd_income
from aid.workbook.columns import household_column
from portal.models.voidable import all_of
from portal.record_rules import Doubt
from portal.words.bounds import MOST_AT_ONCE, MOST_OF_ONE
from portal.words.identity_kinds import parse_identity
from portal.workbook.cells import AmountCell, CodeCell, IdNumberCell, NameCell, TextCell, WholeCell, YearCell
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column

FIRST_YEAR = 2000


class OfHouseholdSheet(ImportedSheet):
    """What belongs to a household and goes where it goes."""

    related = ("household__worker", "household__union")

    def complete(self, record, row):
        household = cached(record, "household")
        if household is not None:
            record.place_with(household)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union")):
            yield all_of(self.model).filter(household__in=chunk)


class MemberSheet(OfHouseholdSheet):
    title = "家庭成员"
    model = Member

    name = Column("姓名", "name", NameCell(50), required=True)
    household = household_column()
    relation = Column("与职工关系", "relation", TextCell(20), required=True, note=_("如配偶、父亲、母亲、子女。"))
    id_number = Column("身份证号", "id_number", IdNumberCell())
    health = Column("健康状况", "health", CodeCell(Health))
    occupation = Column("工作或就读单位", "occupation", TextCell(100))
    monthly_income = Column("月收入(元)", "monthly_income", AmountCell(minimum=0, exclusive=False, maximum=MOST_OF_ONE))

    def doubts(self, book, row):
        member = row.record
        if not (member.id_number and row.changed & {"relation", "id_number"}):
            return
        if words := sex_against_relation(member.relation, parse_identity(member.id_number).sex):
            yield Doubt("relation", words)
        if member.id_number == member.household.worker.id_number:
            yield Doubt("id_number", _("这是职工本人的证件号码，职工本人不用登记为家庭成员"))


class PastYearCell(YearCell):
    """A year up to the present one."""

    def __init__(self):
        super().__init__(FIRST_YEAR, date.max.year)

    def convert(self, value):
        self.maximum = localdate().year
        return super().convert(value)


class IncomeSheet(OfHouseholdSheet):
    title = "年度收入"
    model = Income

    year = Column("年度", "year", PastYearCell(), required=True)
    household = household_column()
    amount = Column(
        "家庭年收入(元)", "amount", AmountCell(minimum=0, exclusive=False, maximum=MOST_AT_ONCE), required=True
    )
    people = Column("家庭人口", "people", WholeCell(1, 999), required=True)
    note = Column("说明", "note", TextCell(200))

    def doubts(self, book, row):
        if row.changed & {"amount", "people", "year"}:
            yield from odd_income(row.record)
