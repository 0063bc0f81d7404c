"""What is looked at before a release (domain.md, card pre-flight): faults stop it, doubts must be confirmed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aid.cards.holders import holders_of
from aid.enums import CaseState, LineResult
from aid.models import AidCase, BatchItem, Child, Household, PayeeLine, PaymentBatch
from aid.models.payee import Payee
from aid.payments.dues import with_dues
from aid.payments.ledger import Balance, balance_of
from portal.fields import EncryptedTextField
from portal.identity import IdentityError, mask_card, parse_card
from portal.models import REPORTING_PATH_LENGTH, Union
from portal.workbook.importing.chunks import in_chunks

# What no payment reads stays shut: to open it for every family takes longer than all the rest.
SHUT = [
    f"case__child__household__{field.name}"
    for field in Household._meta.concrete_fields
    if isinstance(field, EncryptedTextField) and field.name != "bank_card"
]

CARD_IS_NEW = timedelta(days=30)


@dataclass(frozen=True)
class Finding:
    """Something about one item, in words; `item` is None for what is about the whole batch."""

    words: str
    item: BatchItem | None = None
    is_fault: bool = True


@dataclass(frozen=True)
class PayeeRow:
    """Whom one item pays, on which card, and what was found about it."""

    item: BatchItem
    card: str
    findings: tuple[Finding, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """How much is against it: faults first, then doubts."""
        return sum(found.is_fault for found in self.findings), len(self.findings)


@dataclass(frozen=True)
class Preflight:
    """Everything found, and the numbers it was found with; `rows` are the payees, those with findings first."""

    count: int
    total: Decimal
    balance: Balance
    findings: tuple[Finding, ...]
    rows: tuple[PayeeRow, ...] = ()

    @cached_property
    def of_whole(self) -> list[Finding]:
        """What is about the batch, not about one of its payees."""
        return [found for found in self.findings if found.item is None]

    @cached_property
    def faults(self) -> list[Finding]:
        return [found for found in self.findings if found.is_fault]

    @cached_property
    def doubts(self) -> list[Finding]:
        return [found for found in self.findings if not found.is_fault]


def items_to_pay(batch: PaymentBatch) -> QuerySet:
    """The items of a draft with what a line is made from, in the order of the lines."""
    pending = batch.items.filter(result=LineResult.PENDING).select_related(
        "batch", "case__child__household", "case__union"
    )
    return pending.defer(*SHUT).order_by("case__child__household__number", "pk")


def preflight(batch: PaymentBatch) -> Preflight:
    """Look at a draft. The same number of queries whatever its size, but for long lists cut in pieces."""
    items = list(items_to_pay(batch))
    total = sum((item.amount for item in items), Decimal())
    balance = balance_of(batch.union, batch.source)
    found = [*_of_whole(items, total, balance), *_amounts(batch.source, items)]
    if batch.by_card:
        found += _cards(batch, items)
    return Preflight(len(items), total, balance, tuple(found), _rows(items, found, by_card=batch.by_card))


def _rows(items: list[BatchItem], found: list[Finding], *, by_card: bool) -> tuple[PayeeRow, ...]:
    by_item = defaultdict(list)
    for finding in found:
        if finding.item:
            by_item[finding.item.pk].append(finding)
    cards = ((item, mask_card(item.case.payee.bank_card) if by_card else "") for item in items)
    rows = [PayeeRow(item, card, tuple(by_item[item.pk])) for item, card in cards]
    return tuple(sorted(rows, key=lambda row: row.weight, reverse=True))


def _of_whole(items: list[BatchItem], total: Decimal, balance: Balance) -> Iterator[Finding]:
    if not items:
        yield Finding(_("批次中还没有申请。"))
    elif balance.left < total:
        yield Finding(balance.refusal(total))


def _amounts(source: str, items: list[BatchItem]) -> Iterator[Finding]:
    """Whether every case may still get its amount: it may have changed since it was picked."""
    dues = {}
    for chunk in in_chunks([item.case_id for item in items]):
        dues |= dict(with_dues(AidCase.objects.filter(pk__in=chunk), source).values_list("pk", "due"))
    for item in items:
        if closed := item.case.union.closed_words:
            yield Finding(closed, item)
        elif item.case.status != CaseState.APPROVED:
            state = item.case.get_status_display()
            yield Finding(_("申请现在的状态是“%(state)s”，不能发放") % {"state": state}, item)
        elif item.amount > dues[item.case_id]:
            numbers = {"amount": f"{item.amount:,.2f}", "due": f"{max(dues[item.case_id], Decimal()):,.2f}"}
            yield Finding(_("金额 %(amount)s 元超过按帮扶标准和资助来源还应发放的 %(due)s 元") % numbers, item)


def _cards(batch: PaymentBatch, items: list[BatchItem]) -> Iterator[Finding]:
    shared, bounced, changed = _shared(batch, items), _bounced(items), _lately_changed(items)
    for item in items:
        payee = item.case.payee
        yield from (Finding(words, item) for words in card_faults(payee))
        for words in shared[item.pk]:
            yield Finding(words, item)
        if reason := bounced.get((payee.bank_card_hash, payee.account_name)):
            words = _("银行卡 %(card)s 曾被银行退回（%(reason)s）")
            values = {"card": mask_card(payee.bank_card), "reason": reason}
            yield Finding(words % values, item, is_fault=False)
        for words in changed[item.pk]:
            yield Finding(words, item, is_fault=False)


def card_faults(payee: Payee) -> Iterator[str]:
    """What keeps an account from being paid to."""
    if not payee.bank_card:
        yield _("没有登记银行卡号")
        return
    try:
        parse_card(payee.bank_card)
    except IdentityError as error:
        yield str(error)
    if not payee.bank_name:
        yield _("没有登记开户银行")


def _shared(batch: PaymentBatch, items: list[BatchItem]) -> dict[int, list[str]]:
    """By item: which other households name the same card. Of other units no more than the unit's name."""
    holders = holders_of(item.case.payee.bank_card_hash for item in items)
    units = _unit_names({holder.path for held in holders.values() if len(held) > 1 for holder in held})
    found = defaultdict(list)
    for item in items:
        for pk, number, path in holders.get(item.case.payee.bank_card_hash, ()):
            if pk != item.case.child.household_id:
                inside = path.startswith(batch.union_path)
                other = (
                    _("家庭档案 %s") % number if inside else _("“%s”的一个家庭") % units[path[:REPORTING_PATH_LENGTH]]
                )
                found[item.pk].append(_("同一张银行卡还登记在%(other)s") % {"other": other})
    return found


def _unit_names(paths: set[str]) -> dict[str, str]:
    reporting = {path[:REPORTING_PATH_LENGTH] for path in paths}
    return dict(Union.objects.filter(path__in=reporting).values_list("path", "name"))


def _bounced(items: list[BatchItem]) -> dict[tuple[str, str], str]:
    """Cards, each with the name, to which a payment failed last, with the bank's reason: the name may be corrected."""
    found = {}
    for chunk in in_chunks({item.case.payee.bank_card_hash for item in items} - {""}):
        lines = PayeeLine.objects.filter(card_hash__in=chunk).order_by("pk")
        settled = lines.filter(item__result__in=(LineResult.PAID, LineResult.FAILED))
        for card, name, result, reason in settled.values_list("card_hash", "name", "item__result", "item__reason"):
            found.pop((card, name), None)
            if result == LineResult.FAILED:
                found[card, name] = reason
    return found


def _lately_changed(items: list[BatchItem]) -> dict[int, list[str]]:
    """By item whose card was changed in the last 30 days: when, by whom and how.

    The card of a child leads the money away from the family's, whether it was put in or taken out.
    """
    homes = _changes(Household, {payee.pk for item in items if isinstance(payee := item.case.payee, Household)})
    children = _changes(Child, {item.case.child_id for item in items})
    found = defaultdict(list)
    for item in items:
        child = item.case.child
        if words := children.get(child.pk):
            found[item.pk].append(_("子女的%s") % words)
        if isinstance(child.payee, Household) and (words := homes.get(child.household_id)):
            found[item.pk].append(words)
    return found


def _changes(model: type[Household | Child], keys: set[int]) -> dict[int, str]:
    """By record the last change of its card, in words."""
    since, found = timezone.now() - CARD_IS_NEW, {}
    for chunk in in_chunks(keys):
        versions = model.history.filter(id__in=chunk).order_by("id", "history_date", "history_id")
        told = versions.values_list(
            "id", "bank_card_hash", "history_date", "history_user__name", "history_change_reason"
        )
        for (record, old, *_earlier), (same, new, at, who, how) in pairwise(told):
            if record == same and old != new and at >= since:
                words = _("银行卡号 %(day)s 由%(who)s改过（%(how)s），请向本人核实")
                values = {"day": f"{localtime(at):%Y-%m-%d}", "who": who or _("系统"), "how": how or _("在页面上修改")}
                found[record] = words % values
    return found


def frozen_total(batch: PaymentBatch) -> Decimal:
    return batch.lines.aggregate(total=Sum("amount"))["total"] or Decimal()
