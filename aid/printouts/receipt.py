"""签领表: who gets how much of a batch, with room for a signature; of identity and card the last four digits only."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from aid.enums import PayeePerson
from aid.models import PayeeLine, PaymentBatch
from portal.printouts.content import Beside, Box, Boxes, Height, Look, Printout, Ruled, heading_line, list_line
from portal.printouts.kind import Asked, NotPrinted, PrintoutKind
from portal.records.attribute import Attribute
from portal.words.capitals import in_capitals

CASH_COLUMNS = (
    (_lazy("序号"), 2),
    (_lazy("领款人"), 4),
    (_lazy("身份证后四位"), 3),
    (_lazy("子女"), 4),
    (_lazy("金额(元)"), 4),
    (_lazy("签名"), 4),
    (_lazy("日期"), 3),
)
CARD_COLUMNS = (
    (_lazy("序号"), 2),
    (_lazy("户名"), 3),
    (_lazy("身份证后四位"), 3),
    (_lazy("子女"), 3),
    (_lazy("卡号后四位"), 3),
    (_lazy("金额(元)"), 3),
    (_lazy("签名"), 4),
    (_lazy("日期"), 3),
)


def last_four(number: str) -> str:
    """By which people tell a number of theirs, and nobody else can use it."""
    return number[-4:]


WORKER = Attribute("item.case.child.household.worker.id_number", mask=last_four)
PUPIL = Attribute("item.case.child.person.id_number", mask=last_four)
CHILD = Attribute("item.case.child.name")
CARD = Attribute("card", mask=last_four)


def frozen_lines(batch: PaymentBatch) -> list[PayeeLine]:
    """What was released. Raises NotPrinted before that."""
    if not batch.is_frozen:
        raise NotPrinted(_("批次 %(number)s 还没有复核发放，没有可以签字的单据。") % {"number": batch})
    return list(batch.lines.all())


def receipt_list(batch: PaymentBatch, asked: Asked) -> Printout:
    """A line for each payment, the sum in figures and in capitals, and the four who answer for it."""
    payees, reader = frozen_lines(batch), asked.reader(last_four)
    head = heading_line(*(CARD_COLUMNS if batch.by_card else CASH_COLUMNS))
    lines = [list_line(head, _texts(line, reader, batch), height=Height.BY_HAND) for line in payees]
    total = sum(line.amount for line in payees)
    foot = (
        Box(_("合计"), 5, Look.LABEL),
        Box(_("%d 笔") % len(payees), 5),
        Box(f"{total:,.2f} 元", 14),
    )
    words = (Box(_("合计（大写）"), 5, Look.LABEL), Box(_("人民币%s") % in_capitals(total), 19, Look.LONG))
    table = Ruled((head, *lines, Boxes(foot), Boxes(words)), heads=1, is_small=True)
    signed = Beside((_("经办："), _("复核："), _("负责人："), _("财务：")), is_signed=True)
    return Printout(_("%s年金秋助学款签领表") % batch.campaign, (*told_of(batch), table, signed))


def told_of(batch: PaymentBatch) -> tuple[Beside, Beside]:
    """Above the table: whose batch it is, from which source, for what."""
    return (
        Beside((_("单位：%s") % batch.union.name, _("批次：%s") % batch.number)),
        Beside(
            (
                _("资金来源：%s") % batch.get_source_display(),
                _("用途：%s") % batch.purpose,
                _("发放方式：%s") % batch.get_method_display(),
            )
        ),
    )


def _texts(line: PayeeLine, reader, batch: PaymentBatch) -> list[str]:
    told = [str(line.number), _payee(line), _identity(line, reader), reader.text(CHILD, line)]
    return [*told, *([reader.text(CARD, line)] if batch.by_card else []), f"{line.amount:,.2f}", "", ""]


def _payee(line: PayeeLine) -> str:
    """The name that was paid to, and who that is where it is neither the worker nor the child."""
    payee = line.item.case.payee
    is_other = payee.account_person not in (PayeePerson.WORKER, PayeePerson.CHILD)
    if is_other and line.name == payee.account_name:
        return f"{line.name}\n（{payee.account_person.label}）"
    return line.name


def _identity(line: PayeeLine, reader) -> str:
    """Of the worker or the child, whoever the account is in the name of; of anybody else it is written in by hand."""
    child = line.item.case.child
    if line.name == child.household.worker_name:
        return reader.text(WORKER, line)
    return reader.text(PUPIL, line) if line.name == child.name else ""


def with_lines(batches: QuerySet) -> QuerySet:
    """With whom they pay, in the order of the lines."""
    joined = ("item__case__child__household__worker", "item__case__child__person")
    lines = PayeeLine.objects.select_related(*joined).order_by("number")
    return batches.select_related("campaign", "made_by", "released_by").prefetch_related(Prefetch("lines", lines))


RECEIPT_LIST = PrintoutKind(
    model=PaymentBatch,
    noun="batches",
    act="receipt",
    title=_lazy("签领表"),
    content=receipt_list,
    read=with_lines,
)
