"""结对方 and 结对关系: sheets that no workbook carries, for the forms of the browser."""

from aid.enums import Programme, SponsorKind
from aid.models import Pairing, Sponsor
from aid.programmes import kind_against_programme, worker_against_programme
from aid.workbook.columns import NUMBER_LENGTH, number_column, union_column
from portal.record_rules import Doubt
from portal.words.bounds import MOST_OF_ONE
from portal.workbook.cells import AmountCell, CodeCell, DateCell, IdNumberCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet, cached
from portal.workbook.sheets import Column


class SponsorSheet(ImportedSheet):
    title = "结对方"
    model = Sponsor

    number = number_column()
    kind = Column("结对方类别", "kind", CodeCell(SponsorKind), required=True)
    name = Column("结对方名称", "name", TextCell(100), required=True)
    contact = Column("联系人", "contact", TextCell(50))
    telephone = Column("联系电话", "telephone", TelephoneCell())
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)


class PairingSheet(ImportedSheet):
    """Below a child, or a family whose worker it is; goes to the union of the sponsor."""

    title = "结对关系"
    model = Pairing
    related = ("sponsor__union", "child__person", "child__household__worker", "child__union", "household__worker")

    number = number_column()
    whom = Column(
        "结对对象身份证号",
        "whom",
        IdNumberCell(),
        required=True,
        refers=("子女", "困难职工家庭"),
        path="whom__number",
    )
    sponsor = Column(
        "结对方", "sponsor", TextCell(NUMBER_LENGTH), required=True, refers=("结对方",), path="sponsor__number"
    )
    programme = Column("结对项目", "programme", CodeCell(Programme), required=True)
    starts_on = Column("结对开始日期", "starts_on", DateCell(), required=True)
    ends_on = Column("结对结束日期", "ends_on", DateCell(future=True))
    yearly_amount = Column("每年资助(元)", "yearly_amount", AmountCell(maximum=MOST_OF_ONE))

    def complete(self, record, row):
        sponsor = cached(record, "sponsor")
        if sponsor is not None:
            record.place_with(sponsor)

    def doubts(self, book, row):
        fresh = row.changed & {"sponsor", "programme"}
        if fresh and (words := kind_against_programme(row.record.sponsor.kind, row.record.programme)):
            yield Doubt("programme", words)
        if fresh and row.record.household and (words := worker_against_programme(row.record.programme)):
            yield Doubt("programme", words)
