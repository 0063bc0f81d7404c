"""走访路线单: whom to see, street by street, with address and telephone, and room for the signature of who was seen."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from portal.models import Campaign
from portal.printouts.content import Align, Beside, Block, Height, Printout, Prose, Ruled, heading_line, list_line

SHOWN = ("name", "school", "worker_name", "address", "telephone")


def route_list(
    campaign: Campaign, group: str, streets: Mapping[str, Sequence[Mapping[str, str]]], unit: str
) -> Printout:
    """`streets` are the doors by the name of their union, each with the texts of SHOWN."""
    blocks: list[Block] = [Beside((_("走访单位：%s") % unit, _("走访人：　　　　　　　"), _("走访日期：")))]
    serial = 0
    for street, stops in streets.items():
        blocks.append(Prose(_("%(street)s（%(count)d 人）") % {"street": street, "count": len(stops)}, Align.FLUSH))
        blocks.append(_table(stops, serial))
        serial += len(stops)
    blocks.append(Prose(_("本单含个人信息，走访后收回、妥善保管或销毁。"), Align.FLUSH, is_small=True))
    title = _("%(year)s年走访路线单（%(group)s）") % {"year": campaign, "group": group}
    return Printout(title, tuple(blocks), is_wide=True)


def _table(stops: Iterable[Mapping[str, str]], before: int) -> Ruled:
    head = heading_line(
        (_("序号"), 1),
        (_("姓名"), 2),
        (_("学校"), 4),
        (_("职工"), 2),
        (_("家庭住址"), 6),
        (_("联系电话"), 3),
        (_("走访情况"), 3),
        (_("被走访人签名"), 3),
    )
    lines = (
        list_line(head, (str(number), *(stop[name] for name in SHOWN), "", ""), height=Height.BY_HAND)
        for number, stop in enumerate(stops, start=before + 1)
    )
    return Ruled((head, *lines), heads=1, is_small=True)
