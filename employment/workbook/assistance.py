"""就业帮扶."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aid.workbook.columns import number_column
from employment.enums import AssistanceKind
from employment.models import Assistance, Referral
from employment.record_rules import ASSISTANCE_RULES
from employment.workbook.promises import help_that_kept_a_promise_changed
from portal.record_rules import Fault, Party
from portal.workbook.cells import AmountCell, CodeCell, DateCell, IdNumberCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import ImportedSheet, cached, changed_pks
from portal.workbook.sheets import Column


def placements_of_referrals_changed(book: Book) -> Iterator[Fault]:
    """The help by which a referral was settled stays a placement of the same graduate."""
    rows = {row.record.pk: row.record for row in book.records_of(Assistance)}
    for chunk in in_chunks(changed_pks(book, Assistance, "kind", "graduate")):
        settled = Referral.objects.filter(placement__in=chunk).values_list("placement", "graduate", "number")
        for placement, graduate, number in settled:
            record = rows[placement]
            if record.kind != AssistanceKind.PLACEMENT or record.graduate_id != graduate:
                message = _("岗位推荐 %(number)s 以这条“实现就业”录用，类别和毕业生不能改")
                yield Fault(message, (Party(record, "kind", frozenset({"kind", "graduate"})),), {"number": number})


class AssistanceSheet(ImportedSheet):
    title = "就业帮扶"
    model = Assistance
    related = ("graduate__person", "graduate__household__worker", "graduate__union")
    rules = ASSISTANCE_RULES
    dated_by = "given_on"
    set_rules = (placements_of_referrals_changed, help_that_kept_a_promise_changed)

    number = number_column()
    graduate = Column(
        "毕业生身份证号",
        "graduate",
        IdNumberCell(),
        required=True,
        refers=("高校毕业生",),
        path="graduate__person__id_number",
    )
    given_on = Column("日期", "given_on", DateCell(), required=True)
    kind = Column("类别", "kind", CodeCell(AssistanceKind), required=True)
    amount = Column("金额(元)", "amount", AmountCell())
    provider = Column("提供单位", "provider", TextCell(100))
    note = Column("说明", "note", TextCell(200))

    def complete(self, record, row):
        graduate = cached(record, "graduate")
        if row is not None and row.is_new and graduate is not None:
            record.place_with(graduate)
