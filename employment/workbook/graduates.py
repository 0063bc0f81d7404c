"""高校毕业生."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.models import Child, Household
from aid.workbook.columns import NUMBER_LENGTH, PersonColumn
from aid.workbook.known import names_of_units
from aid.workbook.remarks import about_person, recall_names
from employment.enums import Degree, Intention, Location
from employment.models import Graduate
from portal.models import REPORTING_PATH_LENGTH
from portal.pinyin import initials
from portal.rules import Fault, Party
from portal.workbook.cells import CodeCell, DateCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column

HOLDING_FIELDS = frozenset({"person", "household"})


def students_known_elsewhere(book: Book) -> Iterator[Fault]:
    """A child or graduate of an open household is refused while another unit has the person in an open household.

    Children against children is the rule of the sheet 子女; here graduates come in, on either side.
    """
    graduates = list(_held(book, Graduate))
    children = list(_held(book, Child))
    yield from _elsewhere(book, graduates, Graduate.objects.filter(household__closed_on__isnull=True))
    yield from _elsewhere(book, graduates, Child.objects.filter(on_file=True))
    yield from _elsewhere(book, children, Graduate.objects.filter(household__closed_on__isnull=True))


def _held(book: Book, model) -> Iterator:
    for row in book.records_of(model):
        if not row.faulty & HOLDING_FIELDS and row.record.household.is_open:
            yield row.record


def _elsewhere(book: Book, records: list, on_file) -> Iterator[Fault]:
    by_person = {record.person.pk: record for record in records if record.person.pk}
    unit_path = book.unit.reporting_path
    rivals = [
        (by_person[person], path)
        for chunk in in_chunks(by_person)
        for person, path in on_file.filter(person__in=chunk).values_list("person", "union_path")
        if not path.startswith(unit_path)
    ]
    units = names_of_units(path for _record, path in rivals)
    for record, path in rivals:
        parties = (
            Party(record, "person", HOLDING_FIELDS),
            Party(record.household, "closed_on", frozenset({"closed_on"})),
        )
        message = gettext_lazy("此人在“%(unit)s”已有在档的家庭，如需转入请联系该单位办理转移")
        yield Fault(message, parties, {"unit": units[path[:REPORTING_PATH_LENGTH]]})


class GraduateSheet(ImportedSheet):
    title = "高校毕业生"
    model = Graduate
    related = ("person", "household__worker", "household__union")
    set_rules = (students_known_elsewhere,)

    person = PersonColumn("person")
    household = Column(
        "档案编号",
        "household",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("困难职工家庭",),
        path="household__number",
    )
    name = Column("姓名", "name", TextCell(50), required=True)
    school = Column("毕业院校", "school", TextCell(100))
    school_location = Column("院校所在地", "school_location", CodeCell(Location), required=True)
    origin = Column("生源地", "origin", CodeCell(Location), required=True)
    degree = Column("学历", "degree", CodeCell(Degree), required=True)
    graduated_on = Column("毕业日期", "graduated_on", DateCell(future=True), required=True)
    intention = Column("就业意向", "intention", CodeCell(Intention), required=True)
    contract_on = Column("签约日期", "contract_on", DateCell())
    registered_on = Column("登记日期", "registered_on", DateCell(), required=True)
    closed_on = Column("结束跟踪日期", "closed_on", DateCell())

    def complete(self, record, row):
        record.initials = initials(record.name)
        household = cached(record, "household")
        if household is not None:
            record.place_with(household)

    def followers(self, book):
        for chunk in in_chunks(changed_pks(book, Household, "union")):
            yield Graduate.objects.filter(household__in=chunk)

    def recall(self, book):
        recall_names(book, Graduate, "person", "name")

    def remarks(self, book, row):
        yield from about_person(book, row.record.person, row.record.name)
        if row.record.registered_on < row.record.household.filed_on:
            yield _("登记日期早于该户的建档日期")
