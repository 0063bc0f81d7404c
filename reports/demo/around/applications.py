"""Applications that 工会就业服务网 took in, brought back as the list that a clerk exports there."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.timezone import localdate
from openpyxl import Workbook as Spreadsheet

from employment.lists.applications import APPLICATIONS
from employment.models import Graduate, Vacancy
from portal.audit import By
from portal.models import User
from portal.workbook.lists.saying import Said
from portal.workbook.lists.service import import_list, understand

NAME = "求职申请.xlsx"
HEADINGS = ("岗位编号", "姓名", "身份证号码", "投递日期", "投递结果")
RESULTS = ("已投递", "邀请面试")


def bring_applications(graduates: Iterable[Graduate], vacancy: Vacancy, clerk: User) -> None:
    """One that waits for an answer, and one whose graduate was asked to come."""
    book = Spreadsheet()
    book.active.append(HEADINGS)
    for graduate, result in zip(graduates, RESULTS, strict=False):
        day = localdate().isoformat()
        book.active.append((vacancy.number, graduate.name, graduate.person.id_number, day, result))
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file)
        file.flush()
        understood = understand(Path(file.name), kinds=(APPLICATIONS,), name=NAME)
    outcome = import_list(understood, unit=clerk.union, said=Said(), by=By(clerk), name=NAME)
    if not outcome.ok or outcome.held:
        message = f"the demo's list of applications is refused: {outcome.reason or outcome.held}"
        raise AssertionError(message)
