"""社会组织: a sheet that no workbook carries, for the form of the browser."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from aid.enums import OrganisationGrade, OrganisationKind
from aid.models import Organisation
from aid.workbook.columns import number_column, union_column
from portal.record_rules import Doubt
from portal.workbook.cells import CodeCell, CreditCodeCell, DateCell, TelephoneCell, TextCell
from portal.workbook.importing.sheet import ImportedSheet
from portal.workbook.sheets import Column

# GB 32100, table 1: what 民政 (5) registers.
KIND_OF = {"51": OrganisationKind.GROUP, "52": OrganisationKind.SERVICE, "53": OrganisationKind.FOUNDATION}


def code_against_kind(code: str, kind: str) -> str:
    """What is odd about a registration number of that kind of organisation, in words; '' when nothing is."""
    meant = KIND_OF.get(code[:2])
    if meant is None:
        return _("登记证号不是以 51、52、53 开头，不是民政部门登记的社会组织，请核对")
    if meant == kind:
        return ""
    words = {"digits": code[:2], "kind": meant.label}
    return _("登记证号以 %(digits)s 开头的是%(kind)s，与社会组织类别不符，请核对") % words


class OrganisationSheet(ImportedSheet):
    title = "社会组织"
    model = Organisation
    dated_by = "graded_on"

    number = number_column()
    kind = Column("社会组织类别", "kind", CodeCell(OrganisationKind), required=True)
    name = Column("社会组织名称", "name", TextCell(100), required=True)
    credit_code = Column("登记证号(统一社会信用代码)", "credit_code", CreditCodeCell(), required=True)
    qualification = Column("资质", "qualification", TextCell(200))
    grade = Column("评估等级", "grade", CodeCell(OrganisationGrade))
    graded_on = Column("评估日期", "graded_on", DateCell())
    contact = Column("联系人", "contact", TextCell(50))
    telephone = Column("联系电话", "telephone", TelephoneCell())
    closed_on = Column("停止合作日期", "closed_on", DateCell())
    closed_why = Column("停止合作原因", "closed_why", TextCell(200))
    union = union_column()

    def complete(self, record, row):
        if record.union_id:
            record.place_in(record.union)

    def doubts(self, book, row) -> Iterator[Doubt]:
        record = row.record
        fresh = row.changed & {"credit_code", "kind"}
        if fresh and (words := code_against_kind(record.credit_code, record.kind)):
            yield Doubt("credit_code", words)
