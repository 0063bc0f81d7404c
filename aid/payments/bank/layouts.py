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
    "released_on": _("放款日期"),
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
ICBC = {
    "name": "工商银行批量支付",
    "columns": [
        ["币种", CONSTANT + "RMB"],
        ["日期", "released_on"],
        ["顺序号", "number"],
        ["付款账号", CONSTANT],
        ["付款账号名称", CONSTANT],
        ["收款账号开户行", "bank"],
        ["收款账号", "card"],
        ["收款账号名称", "name"],
        ["金额", "amount"],
        ["汇款用途", "purpose"],
    ],
    "head": [],
    "first_row": 2,
}
TO_FILL_IN = {"icbc": ICBC}


def constant(value: str) -> str | None:
    """The text of a column that has the same in every line; None of any other column."""
    return value.removeprefix(CONSTANT) if value.startswith(CONSTANT) else None
