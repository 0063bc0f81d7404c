"""Details of audit rows about case work, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "case": _("助学申请"),
    "document": _("材料"),
    "failed": _("失败笔数"),
    "files": _("文件数"),
    "format": _("文件格式"),
    "grounds": _("依据"),
    "households": _("困难职工家庭"),
    "layout": _("银行文件格式"),
    "monthly": _("每人每月(元)"),
    "outcome": _("处理结果"),
    "paid": _("成功笔数"),
    "sources": _("资助来源"),
    "standards": _("帮扶标准(元)"),
    "state": _("状态"),
    "total": _("金额合计(元)"),
    "what": _("事项"),
}
