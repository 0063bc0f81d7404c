"""Cases to pay and batches of them, for the tests of money. Cards are valid by Luhn, each of its own household."""

import io
import itertools
from decimal import Decimal

from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import Workbook, load_workbook

from aid.enums import BatchState, FundSource, PaymentMethod
from aid.models import (
    AidCase,
    BankLayout,
    BatchItem,
    Contribution,
    ContributionVoucher,
    PayeeLine,
    PaymentBatch,
)
from aid.payments.bank.layouts import READY
from aid.payments.batches import add_cases, open_batch
from aid.payments.handing_over import hand_over
from aid.payments.release import release_batch
from portal.audit import By
from portal.enums import Role
from portal.models import Campaign, Union, User
from tests.factories import UserFactory
from tests.reports import builders as make

SOURCE = FundSource.SOCIAL
_cards = itertools.count(1)


def card() -> str:
    """A card number of 16 digits with its check digit, worked out here by the rule itself."""
    digits = f"622200{next(_cards):09d}"
    doubled = sum(sum(divmod(int(d) * 2, 10)) if place % 2 == 0 else int(d) for place, d in enumerate(reversed(digits)))
    return f"{digits}{-doubled % 10}"


def case_to_pay(union: Union, amount: int | str = 1000, **home) -> AidCase:
    """An approved case of a family with a card."""
    values = {"bank_card": card(), "bank_name": "工商银行东湖支行", "worker_name": "王建国"} | home
    child = make.child(union, household=make.household(union, **values))
    return make.case(union, child=child, standard=Decimal(amount))


def raised(union: Union, amount: int | str, source: str = SOURCE, **fields) -> None:
    make.contribution(union, amount=Decimal(amount), source=source, **fields)


def draft(campaign: Campaign, clerk: User, cases, **terms) -> PaymentBatch:
    terms = {"source": SOURCE, "method": PaymentMethod.CARD, "purpose": "金秋助学款"} | terms
    batch = open_batch(campaign=campaign, by=By(clerk), **terms)
    added = add_cases(batch, [case.pk for case in cases], by=By(clerk))
    assert added.refused == []
    return PaymentBatch.objects.get(pk=batch.pk)


def handed_over(campaign: Campaign, clerk: User, cases, **terms) -> PaymentBatch:
    """A draft that its maker declared to be ready."""
    return hand_over(draft(campaign, clerk, cases, **terms), by=By(clerk))


def released(campaign: Campaign, clerk: User, lead: User, cases, **terms) -> PaymentBatch:
    return release_batch(handed_over(campaign, clerk, cases, **terms), by=By(lead), confirmed=True)


def voucher_of(contribution: Contribution) -> ContributionVoucher:
    voucher = ContributionVoucher(
        contribution=contribution,
        file_name="进账单.pdf",
        content_type="application/pdf",
        content=b"%PDF-1.4 %%EOF",
        digest="0" * 64,
        uploaded_by=UserFactory(role=Role.CLERK, union=contribution.union),
    )
    voucher.place_with(contribution)
    voucher.save()
    return voucher


def layout(name: str = "通用格式") -> BankLayout:
    """A ready layout; made again where a test has emptied the tables."""
    ready = next(each for each in READY if each["name"] == name)
    return BankLayout.objects.get_or_create(name=name, defaults=ready)[0]


def lines_of(batch: PaymentBatch) -> list:
    return list(batch.lines.order_by("number"))


def return_file(batch: PaymentBatch, failed: dict | None = None, *, change=None) -> bytes:
    """What the bank sends back for the plain layout; `failed` are reasons by line number.

    `change` gets the rows (lists of cells) and may spoil them.
    """
    failed = failed or {}
    rows = [
        [line.number, line.name, line.card, line.bank, line.amount, line.purpose]
        + (["失败", failed[line.number]] if line.number in failed else ["成功", None])
        for line in lines_of(batch)
    ]
    rows.insert(0, ["序号", "户名", "账号", "开户行", "金额", "用途", "处理结果", "失败原因"])
    if change:
        change(rows)
    return xlsx(rows)


def xlsx(rows, title: str = "Sheet") -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def opened(content: bytes):
    """The sheet of a bank file."""
    return load_workbook(io.BytesIO(content)).active


def items(batch: PaymentBatch) -> list[BatchItem]:
    return list(batch.items.select_related("line", "disbursement").order_by("line__number"))


def batch_in(union: Union, state: str = BatchState.DRAFT, method: str = PaymentMethod.CARD, **fields) -> PaymentBatch:
    """A batch put into `union` as it would lie there, with one item; released ones have its line and its payment."""
    clerk, lead = (UserFactory(role=role, union=union) for role in (Role.CLERK, Role.LEAD))
    frozen = state not in (BatchState.DRAFT, BatchState.CANCELLED)
    batch = PaymentBatch(campaign=make.campaign(), source=SOURCE, method=method, state=state, made_by=clerk)
    batch.number, batch.purpose, batch.made_on = make.number("P"), fields.pop("purpose", "助学款"), localdate()
    if state == BatchState.DRAFT:
        batch.handed_over_at = timezone.now()
    if frozen:
        batch.released_by, batch.released_on = lead, localdate()
    case = fields.pop("case", None) or case_to_pay(union)
    batch.place_in(union)
    batch.save()
    item = BatchItem(batch=batch, case=case, amount=case.standard)
    item.place_with(batch)
    if frozen:
        item.disbursement = make.payment(union, case=case, amount=case.standard, source=SOURCE, status="pending")
    item.save()
    if frozen:
        home = case.child.household
        line = PayeeLine(batch=batch, item=item, number=1, name=home.worker_name, card=home.bank_card, bank="工行")
        line.amount, line.purpose = item.amount, batch.purpose
        line.place_with(batch)
        line.save()
    return batch
