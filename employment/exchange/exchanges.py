"""The workbooks that come in through the browser, and what their pages are called."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employment.workbook import CASE_WORKBOOK
from employment.workbook.enquiries import ENQUIRY_WORKBOOK
from portal.models import WorkbookUpload
from portal.workbook.sheets import Workbook


@dataclass(frozen=True)
class Exchange:
    """One workbook with its pages. `name` begins the names of their addresses, and is the kind of its uploads.

    `list_name` is the list in which what was imported stands, if it all stands in one.
    """

    name: str
    workbook: Workbook
    title: str | Promise
    template_file: str | Promise
    marked_file: str | Promise
    list_name: str = ""

    def url(self, act: str, upload: WorkbookUpload | None = None) -> str:
        return reverse(f"{self.name}_{act}", args=[upload.pk] if upload else [])


CASES = Exchange(
    "workbook",
    CASE_WORKBOOK,
    _("导入工作簿"),
    _("助学助业工作簿模板.xlsx"),
    _("已标注错误的工作簿.xlsx"),
)
ENQUIRIES = Exchange(
    "enquirybook",
    ENQUIRY_WORKBOOK,
    _("导入咨询登记"),
    _("咨询登记模板.xlsx"),
    _("已标注错误的咨询登记.xlsx"),
    "enquiry_list",
)
