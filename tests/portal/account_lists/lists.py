"""Lists of accounts as files."""

import io

from openpyxl import Workbook

from portal.account_lists.services import check_batch, keep_batch

HEADINGS = ("用户名", "姓名", "岗位", "所属工会", "电子邮箱")
CLERK = ("sunli", "孙丽", "经办人", "310001", "sunli@example.org")
LEAD = ("zhoujie", "周杰", "单位审核人", "东湖区总工会", "")


def workbook_of(*rows, headings=HEADINGS):
    """An .xlsx of a list with these rows."""
    book = Workbook()
    book.active.title = "账号名单"
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def many(count):
    """So many rows, every second of which two people open."""
    return [(f"person-{each}", "何人", ("经办人", "单位审核人")[each % 2], "310001", "") for each in range(count)]


def bring_batch(content, *, name, by):
    """A list that was brought and checked."""
    return check_batch(keep_batch(content, name=name, by=by))
