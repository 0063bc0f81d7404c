"""What a bank's file can hold, the two layouts that are ready, and one to fill in (domain.md, Payment batch)."""

from django.utils.translation import gettext_lazy as _

# What a column of a bank file may hold, by the word that a layout uses for it.
VALUES = {
    "number": _("序号"),
    "name": _("户名"),
    "card": _("账号"),
    "bank": _("开户行"),
    "amount": _("金额"),
    "purpose": _("用途"),
    "released_on": _("复核发放日期"),
    "blank": _("空白"),
}
CONSTANT = "text:"  # before a text that every line has, as the currency and the payer's account
REQUIRED_VALUES = ("name", "card", "amount")
BLANKS = ("title", "sum", "count")  # {sum} and the like in the cells above the columns

PLAIN = {
    "name": "通用格式",
    "columns": [
        ["序号", "number"],
        ["户名", "name"],
        ["账号", "card"],
        ["开户行", "bank"],
        ["金额", "amount"],
        ["用途", "purpose"],
    ],
    "head": [],
    "first_row": 2,
}
PAYROLL = {
    "name": "代发格式",
    "columns": [["账号", "card"], ["户名", "name"], ["金额", "amount"], ["用途", "purpose"]],
    "head": [["A1", "{title}"], ["A2", "总金额"], ["B2", "{sum}"], ["A3", "总笔数"], ["B3", "{count}"]],
    "first_row": 5,
}
READY = (PLAIN, PAYROLL)

# 批量支付 of the Industrial and Commercial Bank: the payer stands in every line, and is another for each layout.
# The 19 columns and their order are those that four programs in public write independently of each other; the bank's
# own document is not public. They differ in 汇款方式 (two write 1, one 0); one writes a twentieth column, 预先审批编号.
# So a unit tries a file of one line with its branch first (docs/decisions/0014).
ICBC = {
    "name": "工商银行批量支付",
    "columns": [
        ["币种", CONSTANT + "RMB"],
        ["日期", "released_on"],
        ["明细标志", "blank"],
        ["顺序号", "number"],
        ["付款账号开户行", CONSTANT + "工商银行"],
        ["付款账号/卡号", CONSTANT],
        ["付款账号名称/卡名称", CONSTANT],
        ["收款账号开户行", "bank"],
        ["收款账号省份", CONSTANT + "上海"],
        ["收款账号地市", CONSTANT + "上海"],
        ["收款账号地区码", "blank"],
        ["收款账号", "card"],
        ["收款账号名称", "name"],
        ["金额", "amount"],
        ["汇款用途", "purpose"],
        ["备注信息", "blank"],
        ["汇款方式", CONSTANT + "1"],
        ["收款账户短信通知手机号码", "blank"],
        ["自定义序号", "number"],
    ],
    "head": [],
    "first_row": 2,
}
TO_FILL_IN = {"icbc": ICBC}


def constant(value: str) -> str | None:
    """The text of a column that has the same in every line; None of any other column."""
    return value.removeprefix(CONSTANT) if value.startswith(CONSTANT) else None
