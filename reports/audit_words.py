"""Details of audit rows about reports, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "adjusted": _("调整的数字"),
    "campaign": _("活动年度"),
    "change": _("修改内容"),
    "code": _("核验码"),
    "cut_off": _("统计截止日"),
    "figure": _("数字"),
    "figures": _("数字个数"),
    "format": _("文件格式"),
    "kept": _("保存的汇总"),
    "misses": _("未计入的记录"),
    "missing": _("未报送单位数"),
    "rows": _("记录数"),
    "switched_off": _("不公开的部分"),
    "until": _("延长至"),
    "withdrawn": _("撤销调整"),
}
