"""What a bank's file can hold, and the two layouts that are ready (domain.md, Payment batch)."""

from django.utils.translation import gettext_lazy as _

# What a column of a bank file may hold, by the word that a layout uses for it.
VALUES = {
    "number": _("序号"),
    "name": _("户名"),
    "card": _("账号"),
    "bank": _("开户行"),
    "amount": _("金额"),
    "purpose": _("用途"),
}
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
