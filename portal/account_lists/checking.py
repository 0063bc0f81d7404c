"""What becomes of each row of a list of accounts: asked of the form by which one account is opened."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.account_lists.sheet import HEADINGS, ListedRow
from portal.accounts.second_person import opening_needs_second
from portal.enums import AccountAct, AccountFate
from portal.forms.account import ListedAccountForm
from portal.models import AccountRequest, Union, User
from portal.unions.choosing.finding import KnownUnions

TOLD = ("name", "role", "union", "email")  # what an account says of itself, besides its name to sign in with


@dataclass(frozen=True)
class RefusedCell:
    """Why a row is refused: which cell, what it says, and the reason in words."""

    heading: str
    value: str
    reason: str


@dataclass
class JudgedRow:
    """A row with what becomes of it; `fields` are the values of its account, where it is a possible one.

    `unread` says by field what is wrong with a cell itself, as with a formula.
    """

    number: int
    cells: dict[str, str]
    unread: dict[str, str]
    fate: str = AccountFate.OPEN
    faults: list[RefusedCell] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)

    def refuse(self, name: str, reason: str) -> None:
        """Take the row out, for what its cell `name` says."""
        self.fate = AccountFate.REFUSED
        self.faults.append(RefusedCell(HEADINGS[name], self.cells.get(name, ""), reason))

    def kept(self) -> dict[str, Any]:
        """The row as it is kept: what was typed, and what becomes of it."""
        return {
            "number": self.number,
            "cells": self.cells,
            "unread": self.unread,
            "fate": str(self.fate),
            "faults": [asdict(fault) for fault in self.faults],
        }


def by_rules(rows: Iterable[ListedRow], tick: Callable[[], object] = bool) -> list[JudgedRow]:
    """The rows in their order, each with its fate by what it says itself; `tick` is called for each. One query.

    This takes the time; what may change meanwhile is asked by `compare`.
    """
    form = ListedAccountForm(KnownUnions(Union.objects.all()))
    found = []
    for row in rows:
        found.append(_by_form(row, form))
        tick()
    _refuse_repeated(found)
    return found


def _by_form(row: ListedRow, form: ListedAccountForm) -> JudgedRow:
    made = JudgedRow(row.number, row.cells, row.faults)
    for name, reason in row.faults.items():
        made.refuse(name, reason)
    form.take(row.cells)
    for name, reasons in form.errors.items():
        if name not in row.faults:
            made.refuse(name, " ".join(map(str, reasons)))
    if not made.faults:
        made.fields = dict(form.cleaned_data)
        if opening_needs_second(made.fields["role"]):
            made.fate = AccountFate.SECOND
    return made


def _refuse_repeated(rows: list[JudgedRow]) -> None:
    """Of two rows with one user name nobody can say which is meant."""
    by_name: dict[str, list[JudgedRow]] = defaultdict(list)
    for row in rows:
        by_name[row.cells.get("username", "")].append(row)
    for name, alike in by_name.items():
        if name and len(alike) > 1:
            numbers = "、".join(str(row.number) for row in alike)
            for row in alike:
                row.refuse("username", _("第 %(rows)s 行的用户名相同，请各用一个。") % {"rows": numbers})


def compare(rows: list[JudgedRow]) -> None:
    """With the accounts on file, and with those that wait for a second person. Few queries, however many rows."""
    possible = {row.fields["username"]: row for row in rows if row.fate != AccountFate.REFUSED}
    for user in User.objects.in_bulk(list(possible), field_name="username").values():
        row = possible.pop(user.username)
        differs = [name for name in TOLD if getattr(user, name) != row.fields[name]]
        if user.is_active and not differs:
            row.fate = AccountFate.SAME
        else:
            _refuse_taken(row, differs)
    for asked in AccountRequest.objects.waiting():
        if row_asked := possible.get(asked.username):
            same = asked.act == AccountAct.OPEN and asked.fields == as_asked(row_asked.fields)
            if same:
                row_asked.fate = AccountFate.ASKED
            else:
                row_asked.refuse("username", _("这个账号已有一项申请在等待办理，请先办完或撤回。"))


def _refuse_taken(row: JudgedRow, differs: list[str]) -> None:
    words = _("用户名已有账号，已停用。要重新启用，请在“账号”页办理。")
    if differs:
        columns = "、".join(HEADINGS[name] for name in differs)
        words = _("用户名已有账号，%(columns)s与名单不同。是同一个人，请在“账号”页修改；是另一个人，请换用户名。") % {
            "columns": columns
        }
    row.refuse("username", words)


def as_asked(fields: dict[str, Any]) -> dict[str, Any]:
    """The values of an account as a request keeps them."""
    return {name: fields[name].code if name == "union" else fields[name] for name in TOLD}
