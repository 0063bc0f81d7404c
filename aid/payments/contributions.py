"""The form of a contribution: the workbook's columns, and its closed ledger with a refusal that tells the numbers."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.enums import FundSource
from aid.ledger.days import empty, first_not_covered, nets_of
from aid.models import Contribution
from aid.payments.ledger import balance_of, yuan
from aid.workbook import AID_WORKBOOK, ContributionSheet
from aid.workbook.ledger import RAISING_FIELDS, usable
from portal.models import Union
from portal.record_rules import Fault, Party
from portal.records.editing import Editing, Group
from portal.records.grid.declaration import EntryGrid
from portal.workbook.importing.book import Book
from portal.workbook.sheets import Workbook

SHORT = _("改后“%(source)s”只筹集 %(raised)s 元，少于已发放的 %(paid)s 元和待发放的 %(reserved)s 元，还差 %(short)s 元")
SHORT_THEN = _("改后“%(source)s”截至 %(day)s 的余额是 %(balance)s 元，还差 %(short)s 元")


def raised_below_spent(book: Book) -> Iterator[Fault]:
    """A contribution that shrinks, comes later or goes to another source must leave enough for what was spent.

    On every day and, with what is reserved, in the end; as for a workbook. A ledger that history has overdrawn may be
    mended bit by bit: only what makes it worse is refused.
    """
    for row in book.records_of(Contribution):
        if row.before and not row.faulty & RAISING_FIELDS:
            unit, before = Union(path=book.unit.reporting_path), Contribution(**row.before)
            if short := _shortage(unit, before, row.record, usable(book, row)):
                message, numbers = short
                yield Fault(message, (Party(row.record, "amount", RAISING_FIELDS, as_changed=True),), numbers)


def spent_already(contribution: Contribution) -> str:
    """Why a contribution cannot be voided: without it less is raised than was spent; '' if it can."""
    short = _shortage(Union(path=contribution.union.reporting_path), contribution)
    return _("不能作废：%(why)s。") % {"why": short[0] % short[1]} if short else ""


def _shortage(
    unit: Union, before: Contribution, after: Contribution | None = None, left: Decimal = Decimal()
) -> tuple[str, dict] | None:
    """What is said, with its numbers, of a contribution that becomes `after` (None: void) and leaves too little.

    `left` is what may still be paid from it then.
    """
    numbers = _short(unit, before, after, left) or _short_on_a_day(unit, before, after, left)
    if not numbers:
        return None
    return SHORT_THEN if "day" in numbers else SHORT, numbers | {"source": FundSource(before.source).label}


def _short(unit: Union, before: Contribution, after: Contribution | None, left: Decimal) -> dict:
    """The numbers, where what is paid and reserved is no longer covered; {} where it is, or not less than before."""
    source = before.source
    lost = before.confirmed_amount - (left if after and after.source == source else Decimal())
    balance = balance_of(unit, source)
    short = lost - balance.left
    if lost <= 0 or short <= 0:
        return {}
    numbers = {"raised": balance.raised - lost, "paid": balance.paid, "reserved": balance.reserved, "short": short}
    return {name: yuan(number) for name, number in numbers.items()}


def _short_on_a_day(unit: Union, before: Contribution, after: Contribution | None, left: Decimal) -> dict:
    """The numbers of the worst day on which less is left than before, and less than nothing."""
    was = nets_of(unit)[before.source]
    now = empty() | was
    now[before.received_on] -= before.confirmed_amount
    if after and after.source == before.source:
        now[after.received_on] += left
    lacking = first_not_covered(was, now, [])
    if lacking is None:
        return {}
    _place, day, balance = lacking
    return {"day": day, "balance": yuan(balance), "short": yuan(-balance)}


class ContributionFormSheet(ContributionSheet):
    set_rules = (raised_below_spent,)


FORM_SHEET = ContributionFormSheet()

CONTRIBUTION_FORM = Editing(
    sheet=FORM_SHEET,
    workbook=Workbook((FORM_SHEET,)),
    prefix="F",
    initial=lambda _parent: {"received_on": localdate().isoformat()},
    groups=(
        Group(
            _("收款"),
            ("received_on", "source", "amount", "donor", "voucher", "number", "union"),
            _(
                "收款由单位审核人复核后才能发放；保存后请上传凭证。改大金额、改换来源或提前日期后须重新复核；"
                "改小金额、改换来源或推迟日期，都不能少于该来源已经发放和待发放的金额。"
            ),
        ),
    ),
)

# Of several that shrink at once each may leave enough and all together too little: judged as a workbook is.
CONTRIBUTION_GRID = EntryGrid(
    sheet=ContributionSheet(),
    workbook=AID_WORKBOOK,
    columns=("received_on", "source", "amount", "donor", "voucher", "union", "number"),
    caption=("number", "donor"),
)
