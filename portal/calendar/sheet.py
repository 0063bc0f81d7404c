"""One year of the official calendar as a workbook: three columns, 日期, 放假或上班, 节日."""

from collections.abc import Iterable
from datetime import date
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.models import WorkdayException
from portal.records.exporting.xlsx import write_sheet
from portal.workbook.raw import Raw, shown
from portal.workbook.reading.reader import WorkbookRefused, read_workbook
from portal.workbook.uploading import as_file

TITLE = "工作日历"
HEADINGS = ("日期", "放假或上班", "节日")
WORDS = {"放假": False, "上班": True}
LONGEST_NAME = 30
TOLD = 20


def calendar_workbook(days: Iterable[WorkdayException]) -> IO[bytes]:
    """The days (as WorkdayException) as a file: what is brought in has the same form."""
    words = {worked: word for word, worked in WORDS.items()}
    return write_sheet(TITLE, list(HEADINGS), ([day.day, words[day.is_workday], day.name] for day in days))


def read_calendar(content: bytes) -> dict[date, tuple[bool, str]]:
    """Each day of the file, whether it is worked, and the holiday. Raises ValidationError with every faulty row."""
    with as_file(content) as path:
        try:
            book = read_workbook(path, [TITLE])
        except WorkbookRefused as refused:
            raise ValidationError(refused.reason) from None
    if not book.sheets:
        raise ValidationError(_("没有找到工作表“%(title)s”。") % {"title": TITLE})
    sheet = book.sheets[0]
    places = {shown(value): place for place, value in enumerate(sheet.header)}
    if missing := [heading for heading in HEADINGS if heading not in places]:
        raise ValidationError(_("缺少列：%(columns)s。") % {"columns": "、".join(missing)})
    found: dict[date, tuple[bool, str]] = {}
    wrong = []
    for number, cells in sheet.rows:
        values = [cells[places[heading]] if places[heading] < len(cells) else None for heading in HEADINGS]
        words = _read(found, *values)
        if words:
            wrong.append(_("第 %(row)d 行：%(words)s") % {"row": number, "words": words})
    if wrong or not found:
        raise ValidationError(wrong[:TOLD] or [_("表中没有日期。")])
    return found


def _read(found: dict, day: Raw, worked: Raw, name: Raw) -> str:
    """Take one row into `found`, or say what is wrong with it."""
    if not isinstance(day, date):
        try:
            day = date.fromisoformat((shown(day) or "").strip())
        except ValueError:
            return _("日期应写成 2026-10-01 这样。")
    words, name = (shown(worked) or "").strip(), (shown(name) or "").strip()
    if words not in WORDS:
        return _("“放假或上班”只能填放假或上班。")
    if not name or len(name) > LONGEST_NAME:
        return _("请填写节日，%(most)d 字以内。") % {"most": LONGEST_NAME}
    if day in found:
        return _("这一天已在前面的行。")
    found[day] = (WORDS[words], name)
    return ""
