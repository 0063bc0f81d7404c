"""Details of audit rows about employment and about workbooks, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "at": _("原签到时间"),
    "by": _("原登记人"),
    "campaign": _("活动年度"),
    "declined": _("暂不登记的时间"),
    "declined_by": _("暂不登记的登记人"),
    "graduate": _("毕业生"),
    "help": _("帮扶类别"),
    "months": _("稳岗满几个月"),
    "struck": _("取消签到"),
    "way": _("签到方式"),
}
