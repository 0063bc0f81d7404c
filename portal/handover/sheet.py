"""交接单: what went over, what waits and when it is due, with places to sign. Nothing of a record stands on it."""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.models import DeskHandover
from portal.printouts.content import Align, Beside, Printout, Prose, Ruled, heading_line, list_line


def handover_sheet(handover: DeskHandover) -> Printout:
    """The sheet as it stood when the desk was handed over."""
    told, day = handover.told, f"{localtime(handover.done_at):%Y-%m-%d}"
    given = [(label, count, against or _("已转给接收人")) for label, count, against in told["given"]]
    left = [(label, count, _("由接收人接着办")) for label, count in told["left"]]
    if told["stayed"]:
        left.append((_("接收人自己也在填的表单"), told["stayed"], _("留着接收人的，移交人的不转")))
    waiting = [(label, count) for label, count in told["waiting"]]
    parts = [
        Beside((_("工会：%s") % handover.union.name, _("岗位：%s") % handover.predecessor.get_role_display(), day)),
        Beside((_("移交人：%s") % handover.predecessor, _("接收人：%s") % handover.successor)),
        *_table(_("一、移交的工作"), ((_("事项"), 10), (_("数量"), 4), (_("怎样移交"), 10)), [*given, *left]),
        *_table(_("二、接手后的待办"), ((_("事项"), 18), (_("数量"), 6)), waiting),
        *_table(_("三、什么时候到期"), ((_("日期"), 6), (_("事项"), 18)), told["days"]),
        Prose(
            _(
                "移交人登记、提交或申请的，接收人以后也不能自己审批或复核，须由其他人办理。移交人的账号已停用，登录已全部退出。"
            ),
            Align.FLUSH,
            is_small=True,
        ),
        Beside((_("移交人："), _("接收人："), _("监交人："), _("日期：")), is_signed=True),
    ]
    return Printout(_("工作交接单"), tuple(parts))


def _table(title: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Iterable[object]]) -> list:
    head = heading_line(*columns)
    lines = [list_line(head, [str(text) for text in row]) for row in rows]
    heading = Prose(title, Align.FLUSH, is_heading=True)
    return [heading, Ruled((head, *lines), heads=1)] if lines else [heading, Prose(_("没有。"), Align.FLUSH)]
