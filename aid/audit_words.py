"""Details of audit rows about case work, in words; and what is told of there by a name of its own."""

from django.utils.translation import gettext_lazy as _

# Of many families at once. The year's report on minors' data finds them by these.
VISIT_PLAN = _("走访计划")
CALL_BACK_REGISTER = _("回访登记表")
NATIONAL_FILE = _("全国系统格式的困难职工档案")

WORDS = {
    "case": _("助学申请"),
    "document": _("材料"),
    "failed": _("失败笔数"),
    "files": _("文件数"),
    "format": _("文件格式"),
    "grounds": _("依据"),
    "households": _("困难职工家庭"),
    "lacking": _("缺少"),
    "layout": _("银行文件格式"),
    "monthly": _("每人每月(元)"),
    "outcome": _("处理结果"),
    "paid": _("成功笔数"),
    "seed": _("抽样种子"),
    "sources": _("资助来源"),
    "standards": _("帮扶标准(元)"),
    "state": _("状态"),
    "total": _("金额合计(元)"),
    "what": _("事项"),
}
