"""The path of every fen from source to child (domain.md, Contribution and disbursement), masked, for the auditor.

A source is one pool: what was raised from it pays whatever is paid from it. So a fen is followed from the receipts of a
unit's source, through batch and line where there is one, to the disbursement, its case and the child.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from aid.enums import FundSource
from aid.models import Contribution, Disbursement
from aid.payments.ledger import balances
from portal.identity import mask_card, mask_name
from portal.models import Campaign, Union, User
from portal.models.union import REPORTING_PATH_LENGTH
from portal.records.exporting.spooling import spooled
from portal.records.exporting.xlsx import cell
from portal.workbook.writing import put_heading

CHUNK = 500
POOL_HEADINGS = (
    gettext_lazy("填报单位"),
    gettext_lazy("来源"),
    gettext_lazy("已筹集(元)"),
    gettext_lazy("已发放(元)"),
    gettext_lazy("待发放(元)"),
    gettext_lazy("余额(元)"),
)
RECEIPT_HEADINGS = (
    gettext_lazy("填报单位"),
    gettext_lazy("来源"),
    gettext_lazy("业务编号"),
    gettext_lazy("收款日期"),
    gettext_lazy("金额(元)"),
    gettext_lazy("凭证号"),
)


@dataclass(frozen=True)
class Station:
    """A column of the way: in the file always, on the page unless it is `filed` only; `minor` on wide screens only."""

    name: str
    heading: str
    filed: bool = False
    minor: bool = False
    numeric: bool = False


STATIONS = (
    Station("unit", gettext_lazy("填报单位"), minor=True),
    Station("source", gettext_lazy("资金来源")),
    Station("batch", gettext_lazy("发放批次"), minor=True),
    Station("line", gettext_lazy("序号"), filed=True),
    Station("payment", gettext_lazy("发放编号"), minor=True),
    Station("paid_on", gettext_lazy("发放日期")),
    Station("amount", gettext_lazy("金额(元)"), numeric=True),
    Station("method", gettext_lazy("方式"), minor=True),
    Station("status", gettext_lazy("状态")),
    Station("voucher", gettext_lazy("凭证号"), minor=True),
    Station("card", gettext_lazy("账号"), minor=True),
    Station("case", gettext_lazy("助学申请"), minor=True),
    Station("standard", gettext_lazy("帮扶标准(元)"), filed=True),
    Station("child", gettext_lazy("子女")),
)


def payments_on_path(user: User, campaign: Campaign) -> QuerySet:
    """Payments of the cases of `campaign` in the scope of `user`, with everything on their way."""
    payments = Disbursement.objects.visible_to(user).filter(case__campaign=campaign)
    return payments.select_related("case__child", "item__batch", "item__line", "union")


def path_row(payment: Disbursement, units: dict[str, str]) -> dict[str, object]:
    """One payment with every station of its way, by name; a person and a card are told by their masks."""
    item = getattr(payment, "item", None)
    line = item.frozen_line if item else None
    return {
        "unit": units.get(payment.union_path[:REPORTING_PATH_LENGTH], ""),
        "source": payment.get_source_display(),
        "batch": item.batch.number if item else "",
        "line": line.number if line else None,
        "payment": payment.number,
        "paid_on": payment.paid_on,
        "amount": payment.amount,
        "method": payment.get_method_display(),
        "status": payment.get_status_display(),
        "voucher": payment.voucher,
        "card": mask_card(line.card) if line and line.card else "",
        "case": payment.case.number,
        "standard": payment.case.standard,
        "child": mask_name(payment.case.child.name),
    }


def unit_names(user: User) -> dict[str, str]:
    """Names of the 填报单位 in scope, by path; the own one's for who works below it is not told."""
    return dict(Union.objects.in_union(user.union).filter(depth__lte=2).values_list("path", "name"))


def write_path(user: User, campaign: Campaign, payments: QuerySet) -> tuple[IO[bytes], int]:
    """Three sheets: the pools, the receipts that filled them, and the way of `payments`; how many of these.

    Rows are read in pieces and written as they come: any number of them.
    """
    workbook, units = Workbook(write_only=True), unit_names(user)
    _sheet(workbook, _("资金来源"), POOL_HEADINGS, _pools(user, units))
    receipts = Contribution.objects.visible_to(user).filter(received_on__lte=campaign.ends_on)
    _sheet(workbook, _("筹集明细"), RECEIPT_HEADINGS, _receipts(receipts, units))
    found = payments.order_by("union_path", "pk").iterator(chunk_size=CHUNK)
    rows = ([*path_row(payment, units).values()] for payment in found)
    count = _sheet(workbook, _("发放去向"), [station.heading for station in STATIONS], rows)
    return spooled(workbook.save), count


def _sheet(workbook: Workbook, title: str, headings, rows) -> int:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet) for _heading in headings]
    for made, heading in zip(head, headings, strict=True):
        put_heading(made, str(heading))
    sheet.append(head)
    count = 0
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
        count += 1
    return count


def _pools(user: User, units: dict[str, str]) -> Iterator[list]:
    for path, by_source in sorted(balances(user.union).items()):
        for source in FundSource:
            if balance := by_source.get(source):
                numbers = [balance.raised, balance.paid, balance.reserved, balance.left]
                yield [units.get(path, ""), str(source.label), *numbers]


def _receipts(receipts: QuerySet, units: dict[str, str]) -> Iterator[list]:
    for receipt in receipts.order_by("union_path", "received_on", "pk").iterator(chunk_size=CHUNK):
        unit = units.get(receipt.union_path[:REPORTING_PATH_LENGTH], "")
        source = receipt.get_source_display()
        yield [unit, source, receipt.number, receipt.received_on, receipt.amount, receipt.voucher]
