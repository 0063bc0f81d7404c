"""The form of an act of help: the workbook's columns, and what proves it: certificate, voucher, last day."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.editing.certificates import CertificateNumberCell, certificates_of_somebody_else, is_certificate
from employment.enums import KINDS_WITH_AMOUNT, AssistanceKind, CertificateLevel
from employment.models import Assistance
from employment.workbook import CASE_WORKBOOK
from employment.workbook.assistance import AssistanceSheet
from portal.record_rules import Rule
from portal.records.editing import Editing, Group
from portal.workbook.cells import CodeCell, DateCell, TextCell
from portal.workbook.sheets import Column

PROOF_RULES = (
    Rule(
        ("certificate", "kind"),
        lambda help_: is_certificate(help_) and not help_.certificate,
        gettext_lazy("职业资格证书必须填写证书名称"),
    ),
    Rule(
        ("certificate_level", "kind"),
        lambda help_: is_certificate(help_) and not help_.certificate_level,
        gettext_lazy("职业资格证书必须填写证书等级；不分等级的也请选明"),
    ),
    Rule(
        ("certificate_number", "kind"),
        lambda help_: is_certificate(help_) and not help_.certificate_number,
        gettext_lazy("职业资格证书必须填写证书编号；还没有编号的请填“暂无”"),
    ),
    Rule(
        ("certificate", "certificate_level", "certificate_number", "kind"),
        lambda help_: (
            not is_certificate(help_) and bool(help_.certificate or help_.certificate_level or help_.certificate_number)
        ),
        gettext_lazy("只有类别为职业资格证书时才填写证书"),
    ),
    Rule(
        ("voucher", "kind"),
        lambda help_: help_.kind in KINDS_WITH_AMOUNT and not help_.voucher,
        gettext_lazy("小额担保贷款和求职补贴必须填写凭证号"),
    ),
    Rule(
        ("ends_on", "given_on"),
        lambda help_: bool(help_.ends_on and help_.given_on) and help_.ends_on < help_.given_on,
        gettext_lazy("结束日期不能早于开始日期"),
    ),
)


def is_long_before(assistance: Assistance) -> bool:
    """Whether it was given before the year that went before the graduate's registration: more likely a slip.

    In their last year at school many are helped before anybody registers them.
    """
    return assistance.given_on.year < assistance.graduate.registered_on.year - 1


class AssistanceFormSheet(AssistanceSheet):
    """The workbook's columns, and those that only the browser knows."""

    rules = (*AssistanceSheet.rules, *PROOF_RULES)
    set_rules = (*AssistanceSheet.set_rules, certificates_of_somebody_else)

    ends_on = Column("结束日期", "ends_on", DateCell(future=True))
    certificate = Column("证书名称", "certificate", TextCell(100))
    certificate_level = Column("证书等级", "certificate_level", CodeCell(CertificateLevel))
    certificate_number = Column("证书编号", "certificate_number", CertificateNumberCell(60))
    voucher = Column("凭证号", "voucher", TextCell(60))

    def remarks(self, book, row):
        yield from super().remarks(book, row)
        if row.record.kind == AssistanceKind.PLACEMENT and row.record.graduate.contract_on is None:
            yield _("该毕业生还没有登记签约日期，仍计为未签约；已签约的请修改毕业生记录")
        if is_long_before(row.record):
            yield _("帮扶日期比该毕业生登记的年份早一年以上，请核对")


ASSISTANCE_FORM = Editing(
    sheet=AssistanceFormSheet(),
    workbook=CASE_WORKBOOK,
    parent="graduate",
    prefix="J",
    initial=lambda _graduate: {"given_on": localdate().isoformat()},
    groups=(
        Group(gettext_lazy("帮扶"), ("given_on", "kind", "provider", "note", "number")),
        Group(gettext_lazy("培训和见习"), ("ends_on",), gettext_lazy("培训、见习结束的日期；没有结束的可以先不填。")),
        Group(
            gettext_lazy("贷款和补贴"),
            ("amount", "voucher"),
            gettext_lazy("类别为小额担保贷款或求职补贴时必填，计入附件 2 的金额。"),
        ),
        Group(
            gettext_lazy("证书"),
            ("certificate", "certificate_level", "certificate_number"),
            gettext_lazy(
                "类别为职业资格证书时必填；还没有编号的填“暂无”。证书编号加密保存，同一编号不能登记给两个人。"
            ),
        ),
    ),
)
