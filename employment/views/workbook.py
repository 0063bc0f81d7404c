"""The case workbook in the browser: template, upload, check, confirm, marked copy, export."""

import tempfile
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.exporting import export_workbook
from employment.forms.workbook import WorkbookExportForm, WorkbookUploadForm
from employment.workbook import CASE_WORKBOOK
from portal import audit
from portal.access import Permission
from portal.audit import address_of
from portal.enums import AuditAction
from portal.models import WorkbookUpload
from portal.models.upload import UploadState
from portal.views.base import PortalPage, PortalView
from portal.workbook.importing.service import Outcome
from portal.workbook.marked import write_marked_copy
from portal.workbook.template import write_template
from portal.workbook.uploading import as_file, confirm_upload, upload_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 10
SHOWN_CHANGES = 500


def as_download(name: str, write: Callable[[BinaryIO], object]) -> FileResponse:
    """What `write` puts into a file, as a download."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def find_upload(user, pk) -> WorkbookUpload:
    """The upload, if it belongs to the user's union or one below it; 404 otherwise."""
    uploads = WorkbookUpload.objects.visible_to(user).select_related("union", "uploaded_by")
    return get_object_or_404(uploads.defer("content"), pk=pk)  # up to 10 MB, opened only where it is asked for


class WorkbookTemplate(PortalView):
    """The empty workbook, with notes and drop-downs."""

    permission = Permission.IMPORT_WORKBOOK

    def get(self, request):
        return as_download(_("助学助业工作簿模板.xlsx"), partial(write_template, CASE_WORKBOOK))


class WorkbookUploadPage(FormMixin, PortalPage, ProcessFormView):
    """Choose a file; it is checked at once, and nothing is written yet."""

    permission = Permission.IMPORT_WORKBOOK
    template_name = "employment/workbook/upload.html"
    form_class = WorkbookUploadForm

    def get_context_data(self, **kwargs):
        recent = WorkbookUpload.objects.visible_to(self.request.user).defer("content", "outcome")
        recent = recent.select_related("uploaded_by").order_by("-uploaded_at")[:RECENT]
        return super().get_context_data(recent=recent, **kwargs)

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        upload = upload_workbook(
            file.read(),
            name=file.name,
            workbook=CASE_WORKBOOK,
            unit=self.request.user.union,
            actor=self.request.user,
            address=address_of(self.request),
        )
        return redirect("workbook_check", upload.pk)


class WorkbookCheck(PortalPage):
    """What the import would do, or did, or every cell that is wrong."""

    permission = Permission.IMPORT_WORKBOOK
    template_name = "employment/workbook/check.html"

    @cached_property
    def upload(self) -> WorkbookUpload:
        return find_upload(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        outcome = Outcome.loads(self.upload.outcome)
        return super().get_context_data(
            upload=self.upload,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_CHANGES],
            more_changes=max(len(outcome.changes) - SHOWN_CHANGES, 0),
            can_confirm=self.upload.state == UploadState.CHECKED,
            is_faulty=self.upload.state == UploadState.FAULTY,
            **kwargs,
        )


class WorkbookConfirm(PortalView):
    """Import what was checked."""

    permission = Permission.IMPORT_WORKBOOK

    def post(self, request, pk):
        upload = find_upload(request.user, pk)
        upload = confirm_upload(upload, workbook=CASE_WORKBOOK, actor=request.user, address=address_of(request))
        if upload.state == UploadState.IMPORTED:
            messages.success(request, _("工作簿已导入。"))
        else:
            messages.error(request, _("上次检查之后数据有变化，工作簿未导入，请看下面的原因。"))
        return redirect("workbook_check", pk)


class WorkbookMarked(PortalView):
    """A copy of the uploaded workbook with the wrong cells marked and commented."""

    permission = Permission.IMPORT_WORKBOOK

    def get(self, request, pk):
        upload = find_upload(request.user, pk)
        if upload.state != UploadState.FAULTY:
            raise Http404
        audit.record(AuditAction.EXPORTED, request=request, union=upload.union, subject=upload.file_name)
        errors = Outcome.loads(upload.outcome).errors
        with as_file(upload.content) as path:
            return as_download(_("已标注错误的工作簿.xlsx"), partial(write_marked_copy, path, errors))


class WorkbookExport(FormMixin, PortalPage, ProcessFormView):
    """The records of a union in scope as a case workbook, full numbers included."""

    permission = Permission.EXPORT_WORKBOOK
    template_name = "employment/workbook/export.html"
    form_class = WorkbookExportForm

    def get_initial(self):
        union = self.request.user.union
        return {} if union.is_city else {"unit": union.code}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        union, campaign = form.cleaned_data["unit"], form.cleaned_data["campaign"]
        name = f"{union.code}-{campaign}.xlsx" if campaign else f"{union.code}.xlsx"
        details = {"campaign": str(campaign or "")}
        audit.record(AuditAction.EXPORTED, request=self.request, union=union, subject=union.code, **details)
        return as_download(name, partial(export_workbook, union, campaign=campaign))
