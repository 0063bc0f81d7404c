"""资金台账: the balance by source; every number opens its rows."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aid.enums import FundSource, PaymentState
from aid.ledger.days import prove
from aid.payments.balances import kept_balances
from aid.payments.ledger import Balance
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Union
from portal.records.exporting.answer import list_file
from portal.records.exporting.resource import ListResource, by_place
from portal.views.units.folding import Fold, UnitKind, folded
from portal.web.base import PortalPage, PortalView


@dataclass(frozen=True)
class LedgerRow:
    """One source, or all of them, with the addresses of what stands behind each number."""

    label: str
    balance: Balance
    asked: dict[str, str] | None

    @property
    def raised_url(self) -> str:
        return "" if self.asked is None else f"{reverse('contribution_list')}?{urlencode(self.asked)}"

    @property
    def paid_url(self) -> str:
        return self._payments(PaymentState.PAID)

    @property
    def reserved_url(self) -> str:
        return self._payments(PaymentState.PENDING)

    def _payments(self, state: PaymentState) -> str:
        if self.asked is None:
            return ""
        return f"{reverse('disbursement_list')}?{urlencode(self.asked | {'status': state.value})}"


@dataclass(frozen=True)
class LedgerUnit:
    """A 填报单位, those of one kind, or the whole city, with its sources and their sum. No list is of one kind."""

    name: str
    by_source: dict[str, Balance]
    union: Union | None = None  # None of several together
    url: str = ""  # of the page that shows its units one by one
    is_kind: bool = False

    @property
    def rows(self) -> list[LedgerRow]:
        return [
            LedgerRow(str(source.label), balance, None if self.is_kind else self._asked | {"source": source.value})
            for source, balance in self._balances.items()
        ]

    @property
    def total(self) -> LedgerRow:
        return LedgerRow(_("合计"), self._sum, None if self.is_kind else self._asked)

    @property
    def _sum(self) -> Balance:
        return sum(self._balances.values(), Balance(FundSource.UNION))

    @property
    def _asked(self) -> dict[str, str]:
        return {"union": self.union.code} if self.union else {}

    @property
    def _balances(self) -> dict[FundSource, Balance]:
        return {source: self.by_source.get(source, Balance(source)) for source in FundSource}


class LedgerPage(PortalPage):
    """Every source of every unit in scope. Who works below a unit sees what is recorded there, and no balance."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/ledger/show.html"

    def get_context_data(self, **kwargs):
        union = self.request.user.union
        units = ledgers(union)
        may_prepare = can(self.request.user, Permission.PREPARE_PAYMENTS) and union.is_reporting
        fold = folded([ledger.union for ledger in units], self.request)
        return super().get_context_data(
            fold=fold,
            units=shown_of(units, fold),
            may_prove=can(self.request.user, Permission.VIEW_AUDIT),
            has_balance=union.is_city or union.is_reporting,
            batch_url=reverse("paymentbatch_create") if may_prepare else "",
            **kwargs,
        )


class LedgerProof(PortalPage):
    """Whether any unit ever paid more from a source than it had raised: every ledger in scope, gone through by day."""

    permission = Permission.VIEW_AUDIT
    template_name = "aid/ledger/proof.html"

    def get_context_data(self, **kwargs):
        proof = prove(self.request.user.union)
        units = Union.objects.in_bulk([found.unit_path for found in proof.overdrafts], field_name="path")
        rows = [(units[found.unit_path], found, -found.balance) for found in proof.overdrafts]
        return super().get_context_data(proof=proof, rows=rows, **kwargs)


class LedgerExport(PortalView):
    """The same as a workbook; without a balance for who works below a unit. Writes one audit row."""

    permission = Permission.EXPORT_ANNEX

    def get(self, request):
        union = request.user.union
        has_balance = union.is_city or union.is_reporting
        headings = [_("填报单位"), _("来源"), _("已筹集(元)"), _("已发放(元)"), _("待发放(元)")]
        rows = [self._cells(unit, row, has_balance) for unit in ledgers(union) for row in unit.rows]
        title = _("资金台账")
        resource = ListResource(title, by_place([*headings, *([_("余额(元)")] if has_balance else [])]))
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=title, count=len(rows))
        return list_file(request, resource, rows, name=f"{title}_{timezone.localdate():%Y%m%d}")

    @staticmethod
    def _cells(unit: LedgerUnit, row: LedgerRow, has_balance) -> list:
        balance = row.balance
        cells = [unit.name, row.label, balance.raised, balance.paid, balance.reserved]
        return [*cells, balance.left] if has_balance else cells


def ledgers(union: Union) -> list[LedgerUnit]:
    """The units in the scope of `union`; for who works below a unit what is recorded there."""
    found = kept_balances(union)
    if not (union.is_city or union.is_reporting):
        return [LedgerUnit(union.name, found.get(union.reporting_path, {}), union)]
    units = Union.objects.in_union(union).filter(path__in=found).order_by("code")
    return [LedgerUnit(unit.name, found[unit.path], unit) for unit in units]


def shown_of(units: list[LedgerUnit], fold: Fold) -> list[LedgerUnit]:
    """What the page shows, and before it the sum of all, or of the kind that is open."""
    by_path = {ledger.union.path: ledger for ledger in units}

    def of_kind(kind: UnitKind) -> LedgerUnit:
        return replace(
            whole([by_path[union.path] for union in kind.units]), name=kind.label, url=kind.url, is_kind=True
        )

    shown = [of_kind(kind) for kind in fold.kinds] or [by_path[union.path] for union in fold.units]
    if fold.opened:
        return [replace(of_kind(fold.opened), url=""), *shown]
    return [whole(units), *shown] if len(units) > 1 else shown


def whole(units: list[LedgerUnit]) -> LedgerUnit:
    """Every source summed over the units."""
    summed: dict[str, Balance] = {}
    for unit in units:
        for source, balance in unit.by_source.items():
            summed[source] = summed[source] + balance if source in summed else balance
    return LedgerUnit(_("全部单位合计"), summed)
