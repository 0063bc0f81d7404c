"""Forms of the official calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.documents.file_kinds import XLSX
from portal.forms.bounded import DayField
from portal.gate.field import TableField
from portal.web.layout import form_helper
from portal.workbook.reading.limits import FILE_BYTES

FIRST_YEAR, LAST_YEAR = 2000, 2100
WORKED = (("off", _("放假")), ("work", _("上班")))


class CrispyForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class DayForm(CrispyForm):
    """One day of the calendar."""

    day = DayField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    worked = forms.ChoiceField(label=_("放假或上班"), choices=WORKED)
    name = forms.CharField(label=_("节日"), max_length=30)


class CalendarImportForm(CrispyForm):
    """One year's notice as a workbook."""

    year = forms.IntegerField(label=_("年份"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(
        label=_("依据文号"), max_length=200, help_text=_("国务院办公厅放假通知的文号，如“国办发明电〔2025〕7号”。")
    )
    file = TableField(label=_("日历文件"), accept=XLSX.suffixes, largest=FILE_BYTES)
