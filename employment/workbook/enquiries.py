"""咨询登记: a workbook of its own, by which the hotline's enquiries come in; the case workbook's sheets are fixed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.workbook.columns import number_column, union_column
from employment.enums import EnquiryChannel, EnquiryKind
from employment.models import Enquiry
from portal.identity import id_region_known
from portal.pinyin import initials
from portal.rules import Fault, Party
from portal.workbook.cells import CodeCell, DateCell, IdNumberCell, TelephoneCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column, Workbook

LONGEST_TEXT = 1000


def changes_of_closed(book: Book) -> Iterator[Fault]:
    """An enquiry that was closed stays as it was answered."""
    for row in book.records_of(Enquiry):
        if row.is_new or row.record.is_open or not row.changed:
            continue
        party = Party(row.record, "number", frozenset(row.changed), as_changed=True)
        message = gettext_lazy("该咨询已办结（%(outcome)s），不能修改；确需更正的请先重新办理")
        yield Fault(message, (party,), {"outcome": row.record.get_outcome_display()})


class EnquirySheet(ImportedSheet):
    title = "咨询登记"
    model = Enquiry
    set_rules = (changes_of_closed,)

    number = number_column()
    union = union_column()
    received_on = Column("受理日期", "received_on", DateCell(), required=True)
    channel = Column("来源渠道", "channel", CodeCell(EnquiryChannel), required=True)
    kind = Column("诉求类别", "kind", CodeCell(EnquiryKind), required=True)
    name = Column("姓名", "name", TextCell(50), required=True)
    id_number = Column("身份证号", "id_number", IdNumberCell())
    telephone = Column("联系电话", "telephone", TelephoneCell())
    text = Column("诉求内容", "text", TextCell(LONGEST_TEXT, multiline=True), required=True)

    def complete(self, record, row):
        record.initials = initials(record.name)
        if record.union_id:
            record.place_in(record.union)

    def remarks(self, book, row):
        if not row.record.telephone and not row.record.id_number:
            yield _("没有联系电话，也没有身份证号，将无法联系和核对此人")
        if row.record.id_number and not id_region_known(row.record.id_number):
            yield _("身份证号的地区代码不在现行或历史名录中，请核对")


ENQUIRY_WORKBOOK = Workbook(sheets=(EnquirySheet(),))
