"""回访登记表: whose money has come and who is to be asked how it was received, with room for what they say."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from aid.enums import PaymentState
from aid.models import AidCase
from portal.identity import mask_telephone
from portal.models import Campaign
from portal.printouts.content import Align, Beside, Boxes, Height, Printout, Prose, Ruled, heading_line, list_line
from portal.printouts.kind import Asked
from portal.records.attribute import Attribute, as_text

MOST = 300
TELEPHONE = Attribute("child.household.telephone", mask=mask_telephone)
SHOWN = (Attribute("child.name"), Attribute("child.household.worker_name"), TELEPHONE)
PAID = Q(disbursements__status=PaymentState.PAID)


def to_call(asked: Asked, campaign: Campaign) -> QuerySet[AidCase]:
    """The cases of a campaign to be followed up, with what was paid and when the last of it."""
    cases = AidCase.objects.visible_to(asked.user).to_follow_up().filter(campaign=campaign)
    paid = cases.annotate(
        paid=Sum("disbursements__amount", filter=PAID), paid_on=Max("disbursements__paid_on", filter=PAID)
    )
    return paid.select_related("child__household", "union").order_by("union_path", "number")


def call_back_register(campaign: Campaign, cases: Sequence[AidCase], asked: Asked) -> Printout:
    """Laid across; telephones masked unless a reason was given."""
    head = heading_line(
        (_("序号"), 1),
        (_("学生"), 2),
        (_("职工"), 2),
        (_("联系电话"), 3),
        (_("发放金额(元)"), 2),
        (_("发放日期"), 3),
        (_("回访日期"), 2),
        (_("收到日期"), 2),
        (_("是否足额"), 2),
        (_("用途和意见"), 3),
        (_("回访人签名"), 2),
    )
    table = Ruled((head, *_lines(head, cases, asked)), heads=1, is_small=True)
    above = Beside((_("回访单位：%s") % asked.user.union.name, _("共 %d 户次") % len(cases)))
    below = Beside((_("回访人："), _("复核："), _("日期：")), is_signed=True)
    note = Prose(_("本表含个人信息，用后归档，不外传。"), Align.FLUSH, is_small=True)
    return Printout(_("%s年金秋助学回访登记表") % campaign, (above, table, below, note), is_wide=True)


def _lines(head: Boxes, cases: Iterable[AidCase], asked: Asked) -> Iterable[Boxes]:
    reader = asked.reader()
    for serial, case in enumerate(cases, start=1):
        told = (reader.text(attribute, case) for attribute in SHOWN)
        paid = as_text(case.paid), as_text(case.paid_on)
        yield list_line(head, (str(serial), *told, *paid, "", "", "", "", ""), height=Height.BY_HAND)
