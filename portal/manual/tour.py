"""The first visit: five things of the frame, one after the other, until the person has had enough."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User


@dataclass(frozen=True)
class TourStep:
    """One thing to know. `target` is the selector of what is pointed at, where scripts run."""

    title: str | Promise
    text: str | Promise
    target: str


TOUR = (
    TourStep(
        _("首页：今天要办什么"),
        _("每次登录先到首页。上面是等您办理的事，点一下就到要办的地方。无论走到哪里，点左上角的平台名称都能回到首页。"),
        ".portal-brand",
    ),
    TourStep(
        _("上面一排：工作分几大块"),
        _("点其中一块，先看到这项工作一步一步到了哪里、每一步有几件；数字可以点开。再往下一排是这一块里的各个页面。"),
        ".portal-areas",
    ),
    TourStep(
        _("右上角：找人、找档案"),
        _("在右上角输入姓名、姓名拼音的首字母或编号，按回车，就能找到一户人家或一名学生。号码不会留在地址栏里。"),
        ".portal-search",
    ),
    TourStep(
        _("找不到页面时：全部功能"),
        _("点小方格图标，或按 Ctrl+K，列出您能用的全部页面，输入名称或拼音首字母就能跳过去。"),
        "[data-commands]",
    ),
    TourStep(
        _("不会做时：点“帮助”"),
        _("每一页右上角都有“帮助”，打开的就是这一页的说明，配有图。这个导览也可以从帮助里再看一遍。"),
        ".portal-help",
    ),
)


def end_tour(user: User) -> None:
    """Note that `user` has seen the tour, or wants none; said twice, the first time stays. Writes no audit row."""
    User.objects.filter(pk=user.pk, tour_ended_at=None).update(tour_ended_at=timezone.now())
