"""The sheet of accounts: its columns, said once for the template, for reading and for what is told of a cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.accounts.services import CITY_ROLES
from portal.forms.account import ROLES
from portal.identity import IdentityError, clean_text
from portal.models import Union
from portal.workbook.lists.table import find_table
from portal.workbook.raw import Boolean, ErrorValue, Formula, Raw, lost_digits, shown
from portal.workbook.reading.headings import fold_heading
from portal.workbook.reading.reader import WorkbookRefused, read_any_table
from portal.workbook.sheets import REQUIRED_MARK
from portal.workbook.writing import put, put_heading

TITLE = "账号名单"
MOST_ROWS = 10_000
LAST_ROW = MOST_ROWS + 1


@dataclass(frozen=True)
class ListedColumn:
    """A column: the field of the form that it fills, its heading, what else people call it, and what is noted on it."""

    field: str
    heading: str
    synonyms: tuple[str, ...]
    note: str | Promise
    width: int
    required: bool = True


COLUMNS = (
    ListedColumn(
        "username",
        "用户名",
        ("登录名", "账号", "帐号", "登录账号"),
        gettext_lazy("登录用，字母、数字和 @ . + - _，建立后不能修改。"),
        20,
    ),
    ListedColumn("name", "姓名", ("人员姓名",), "", 14),
    ListedColumn("role", "岗位", ("角色",), gettext_lazy("从下拉中选，各岗位见“岗位”表。"), 20),
    ListedColumn(
        "union",
        "所属工会",
        ("单位", "工会", "单位名称", "所属单位", "单位编码"),
        gettext_lazy("编码或全称，见“工会”表；有同名的写编码。"),
        36,
    ),
    ListedColumn(
        "email",
        "电子邮箱",
        ("邮箱", "电子邮件", "email", "e-mail"),
        gettext_lazy("可不填。催报通知会同时发到这里。"),
        28,
        required=False,
    ),
)
HEADINGS = {column.field: column.heading for column in COLUMNS}
BY_FOLDED = {fold_heading(word): column.field for column in COLUMNS for word in (column.heading, *column.synonyms)}


@dataclass
class ListedRow:
    """A row: its number in the file, what its cells say by field, and by field what is wrong with a cell itself."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def read_rows(path: Path) -> list[ListedRow]:
    """The rows of the table of accounts in a file. Raises WorkbookRefused, in words, where there is none."""
    table = find_table(read_any_table(path), lambda heading: fold_heading(heading) in BY_FOLDED, HEADINGS.values())
    places: dict[str, int] = {}
    for at, heading in table.headings.items():
        if name := BY_FOLDED.get(fold_heading(heading)):
            if name in places:
                raise WorkbookRefused(_("有两列都是“%(heading)s”，请只留一列。") % {"heading": HEADINGS[name]})
            places[name] = at
    if missing := [column.heading for column in COLUMNS if column.required and column.field not in places]:
        raise WorkbookRefused(_("缺少列：%(columns)s。") % {"columns": "、".join(missing)})
    rows = [_row(number, {name: _cell(cells, at) for name, at in places.items()}) for number, cells in table.rows]
    rows = [row for row in rows if any(row.cells.values())]
    if not rows:
        raise WorkbookRefused(_("表中没有账号。"))
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused(_("一份名单最多 %(most)d 行，请分成几份。") % {"most": MOST_ROWS})
    return rows


def _cell(cells: list, at: int) -> Raw:
    return cells[at] if at < len(cells) else None


def _row(number: int, cells: dict[str, Raw]) -> ListedRow:
    row = ListedRow(number, {})
    for name, raw in cells.items():
        text = shown(raw) or ""
        try:
            row.cells[name] = clean_text(text)
        except IdentityError as fault:
            row.cells[name], row.faults[name] = "", str(fault)
        if fault_of_kind := _fault_of(raw):
            row.faults[name] = fault_of_kind
    return row


def _fault_of(raw: Raw) -> str:
    """What is wrong with the kind of a cell; '' where it is a text or a number."""
    if isinstance(raw, Formula):
        return _("是公式，请粘贴为值。")
    if isinstance(raw, ErrorValue | Boolean):
        return _("不是文字，请重新填写。")
    return _("数字太长，后几位已被 Excel 改掉，请改成文本后重新填写。") if lost_digits(raw) else ""


def write_template(unions: Iterable[Union], file: IO[bytes]) -> None:
    """An .xlsx to fill in, with the roles and `unions` in words on two sheets behind."""
    book = Workbook()
    tab = book.active or book.create_sheet()
    tab.title, tab.freeze_panes = TITLE, "A2"
    for place, column in enumerate(COLUMNS, start=1):
        heading = tab.cell(1, place)
        put_heading(heading, column.heading + REQUIRED_MARK * column.required, required=column.required)
        if column.note:
            heading.comment = Comment(str(column.note), "", height=90, width=260)
        dimension = tab.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.number_format = column.width, "@"
    roles = DataValidation("list", formula1=f'"{",".join(ROLES)}"', allow_blank=True, showErrorMessage=True)
    roles.add(f"C2:C{LAST_ROW}")
    tab.add_data_validation(roles)
    roles_told = ((word, _where(role)) for word, role in ROLES.items())
    _write(book.create_sheet("岗位"), ("岗位", "设在"), roles_told)
    _write(book.create_sheet("工会"), ("编码", "名称"), ((union.code, union.name) for union in unions))
    book.save(file)


def _where(role: str) -> str:
    return _("市总工会") if role in CITY_ROLES else _("填报单位或其下级工会")


def _write(tab: Worksheet, headings: Iterable[str], lines: Iterable[tuple[str, str]]) -> None:
    for place, heading in enumerate(headings, start=1):
        put_heading(tab.cell(1, place), heading)
        tab.column_dimensions[get_column_letter(place)].width = 36
    for number, line in enumerate(lines, start=2):
        for place, text in enumerate(line, start=1):
            put(tab.cell(number, place), text)
