"""发放凭证: one batch as the accounts keep it, with the sum in capitals and who answers for it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import LineResult
from aid.models import PaymentBatch
from aid.printouts.receipt import frozen_lines, with_lines
from portal.printouts.cells import labelled
from portal.printouts.content import Beside, Box, Boxes, Height, Look, Printout, Ruled
from portal.printouts.kind import Asked, PrintoutKind
from portal.words.capitals import in_capitals
from portal.words.on_paper import BLANK_DAY, day_on_paper


def payment_voucher(batch: PaymentBatch, _asked: Asked) -> Printout:
    """Half a page."""
    payees = frozen_lines(batch)
    total = sum(line.amount for line in payees)
    lines = (
        labelled((_("活动年度"), str(batch.campaign)), (_("资金来源"), batch.get_source_display())),
        labelled((_("用途"), batch.purpose), (_("发放方式"), batch.get_method_display())),
        labelled((_("笔数"), _("%d 笔") % len(payees)), (_("金额(元)"), f"{total:,.2f}")),
        labelled((_("大写"), _("人民币%s") % in_capitals(total)), look=Look.LONG),
        labelled(
            (_("编制"), _by(batch.made_by.name, batch.made_on)),
            (_("复核"), _by(batch.released_by.name, batch.released_on)),
        ),
        labelled((_("办理结果"), _results(batch)), look=Look.LONG),
        labelled((_("附件"), _("签领表或银行回单　　　张，其他　　　张")), look=Look.LONG),
        Boxes(
            (Box(_("付款单位："), 24, Look.LONG, signing=(batch.union.name, _("（盖章）　　"), BLANK_DAY)),),
            Height.SEALED,
        ),
    )
    head = Beside((_("单位：%s") % batch.union.name, _("批次编号：%s") % batch.number))
    signed = Beside((_("经办："), _("复核："), _("负责人："), _("财务：")), is_signed=True)
    return Printout(str(PAYMENT_VOUCHER.title), (head, Ruled(lines), signed))


def _by(name: str, day) -> str:
    return f"{name}　{day_on_paper(day)}"


def _results(batch: PaymentBatch) -> str:
    """How many of what, of each result that there is."""
    items = [line.item for line in batch.lines.all()]
    told = []
    for result in LineResult:
        amounts = [item.amount for item in items if item.result == result]
        if amounts:
            words = _("%(result)s %(count)d 笔 %(sum)s 元")
            told.append(words % {"result": result.label, "count": len(amounts), "sum": f"{sum(amounts):,.2f}"})
    return "；".join(told)


PAYMENT_VOUCHER = PrintoutKind(
    model=PaymentBatch,
    noun="batches",
    act="voucher",
    title=gettext_lazy("金秋助学款发放凭证"),
    content=payment_voucher,
    read=with_lines,
)
