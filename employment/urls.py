"""Addresses of Sunshine Employment, and of the pages of aid that also show graduates."""

from django.urls import path

from aid.records import AID_CASE
from employment.records import ASSISTANCE, CHILD, GRADUATE, HOUSEHOLD, JOB_EVENT, KINDS, VISIT
from employment.views import workbook
from portal.records.urls import record_urls
from portal.records.views import Find

OWN_PAGES = (HOUSEHOLD, CHILD, VISIT, GRADUATE, ASSISTANCE, JOB_EVENT)
FOUND_BY_TEXT = (HOUSEHOLD, CHILD, GRADUATE, AID_CASE)

urlpatterns = [
    path("workbook/", workbook.WorkbookUploadPage.as_view(), name="workbook_upload"),
    path("workbook/template/", workbook.WorkbookTemplate.as_view(), name="workbook_template"),
    path("workbook/export/", workbook.WorkbookExport.as_view(), name="workbook_export"),
    path("workbook/<uuid:pk>/", workbook.WorkbookCheck.as_view(), name="workbook_check"),
    path("workbook/<uuid:pk>/confirm/", workbook.WorkbookConfirm.as_view(), name="workbook_confirm"),
    path("workbook/<uuid:pk>/marked/", workbook.WorkbookMarked.as_view(), name="workbook_marked"),
    path("find/", Find.as_view(kinds=KINDS, kinds_of_text=FOUND_BY_TEXT), name="find"),
    *(url for kind in OWN_PAGES for url in record_urls(kind)),
]
