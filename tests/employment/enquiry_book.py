"""A workbook of enquiries written by hand, as the hotline would send it."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from tests.workbook.sheets import day

TITLE = "咨询登记"
HEADINGS = ("业务编号", "工会编码", "受理日期", "来源渠道", "诉求类别", "姓名", "身份证号", "联系电话", "诉求内容")
FIRST_ROW = 2


def row(number: int, code: str, **cells) -> dict:
    """A valid row; other cells by their heading."""
    values = (
        f"RX{number:04d}",
        code,
        day("2014-07-20"),
        "12351 热线",
        "困难求助",
        f"来电人{number}",
        None,
        f"138{number:08d}",
        f"第 {number} 位来电，孩子上学有困难",
    )
    return dict(zip(HEADINGS, values, strict=True)) | cells


def content(rows: Iterable[dict], headings: Iterable[str] = HEADINGS) -> bytes:
    """The .xlsx."""
    book, file = Workbook(), io.BytesIO()
    headings = list(headings)
    book.active.title = TITLE
    book.active.append(headings)
    for each in rows:
        book.active.append([each.get(heading) for heading in headings])
    book.save(file)
    return file.getvalue()
