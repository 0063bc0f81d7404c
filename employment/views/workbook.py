"""Workbooks in the browser: template, upload, check, confirm, marked copy; and the case workbook taken out."""

import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.exchange.exchanges import CASES, Exchange
from employment.exchange.exporting import export_workbook
from employment.forms.workbook import WorkbookExportForm, WorkbookUploadForm
from portal import audit
from portal.access import Permission
from portal.audit import By
from portal.enums import AuditAction
from portal.models import WorkbookUpload
from portal.models.union import UnionClosed
from portal.models.upload import UploadState
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView
from portal.workbook.importing.holding import WeightyRow
from portal.workbook.importing.service import Outcome
from portal.workbook.marked import write_marked_copy
from portal.workbook.template import write_template
from portal.workbook.uploading import RestRefused, as_file, confirm_upload, upload_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 10
SHOWN_CHANGES = 500


def as_download(name: str, write: Callable[[BinaryIO], object]) -> FileResponse:
    """What `write` puts into a file, as a download."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def counted(held: list[WeightyRow]) -> list[tuple[str, str, int]]:
    """Of rows that a second person looks at: sheet, why, and how many."""
    return [(sheet, why, count) for (sheet, why), count in Counter((row.sheet, row.why) for row in held).items()]


class ImportView(PortalView):
    """A step of bringing in the workbook of `exchange`."""

    exchange: Exchange = CASES
    permission = Permission.IMPORT_WORKBOOK

    @property
    def uploads(self):
        """What the user's union and those below it uploaded of this workbook."""
        return WorkbookUpload.objects.visible_to(self.request.user).filter(kind=self.exchange.name)

    def find_upload(self) -> WorkbookUpload:
        """The upload of the address; 404 for one of others."""
        uploads = self.uploads.select_related("union", "uploaded_by", "answered_by")
        # Its content is up to 10 MB, opened only where it is asked for.
        return get_object_or_404(uploads.defer("content"), pk=self.kwargs["pk"])


class WorkbookTemplate(ImportView):
    """The empty workbook, with notes and drop-downs."""

    def get(self, request):
        return as_download(str(self.exchange.template_file), partial(write_template, self.exchange.workbook))


class WorkbookUploadPage(FormMixin, ImportView, PortalPage, ProcessFormView):
    """Choose a file; it is checked at once, and nothing is written yet."""

    template_name = "employment/workbook/upload.html"
    form_class = WorkbookUploadForm

    def get_context_data(self, **kwargs):
        recent = self.uploads.defer("content", "outcome").select_related("uploaded_by")
        return super().get_context_data(
            title=self.exchange.title,
            template_url=self.exchange.url("template"),
            list_name=self.exchange.list_name,
            recent=[(each, self.exchange.url("check", each)) for each in recent.order_by("-uploaded_at")[:RECENT]],
            **kwargs,
        )

    def form_valid(self, form):
        file, user = form.cleaned_data["file"], self.request.user
        given = {"workbook": self.exchange.workbook, "kind": self.exchange.name, "unit": user.union}
        try:
            upload = upload_workbook(file.read(), name=file.name, **given, by=By.of(self.request))
        except UnionClosed as closed:
            form.add_error("file", str(closed))
            return self.form_invalid(form)
        return redirect(self.exchange.url("check", upload))


class WorkbookCheck(ImportView, PortalPage):
    """What the import would do, or did, or every cell that is wrong."""

    template_name = "employment/workbook/check.html"

    def get_context_data(self, **kwargs):
        upload = self.find_upload()
        outcome = Outcome.loads(upload.outcome)
        is_checked = upload.state == UploadState.CHECKED
        titles = [sheet.title for sheet in self.exchange.workbook.sheets]
        return super().get_context_data(
            upload=upload,
            confirm_url=self.exchange.url("confirm", upload),
            marked_url=self.exchange.url("marked", upload),
            upload_url=self.exchange.url("upload"),
            list_name=self.exchange.list_name,
            outcome=outcome,
            changes=outcome.changes[:SHOWN_CHANGES],
            more_changes=max(len(outcome.changes) - SHOWN_CHANGES, 0),
            can_confirm=is_checked and outcome.rows > 0,
            is_empty=is_checked and not outcome.rows,
            titles="、".join(map(str, titles)),
            held=counted(outcome.held),
            held_count=len(outcome.held),
            is_waiting=upload.state == UploadState.WAITING,
            is_refused=upload.state == UploadState.REFUSED,
            is_faulty=upload.state == UploadState.FAULTY,
            **kwargs,
        )


class WorkbookConfirm(ImportView):
    """Import what was checked."""

    def post(self, request, *args, **kwargs):
        upload, rest = self.find_upload(), request.POST.get("rest") == "now"
        try:
            upload = confirm_upload(upload, workbook=self.exchange.workbook, rest_at_once=rest, by=By.of(request))
        except RestRefused as refused:
            words = _("其余各行离不开待复核的行，不能单独导入（%(why)s）。请选择全部一起送复核。")
            messages.error(request, words % {"why": refused})
            return redirect(self.exchange.url("check", upload))
        if upload.state == UploadState.WAITING:
            messages.success(request, _("已送单位审核人复核；复核同意后写入。"))
        elif upload.state == UploadState.IMPORTED:
            messages.success(request, _("工作簿已导入。"))
        else:
            messages.error(request, _("上次检查之后数据有变化，工作簿未导入，请看下面的原因。"))
        return redirect(self.exchange.url("check", upload))


class WorkbookMarked(ImportView):
    """A copy of the uploaded workbook with the wrong cells marked and commented."""

    def get(self, request, *args, **kwargs):
        upload = self.find_upload()
        outcome = Outcome.loads(upload.outcome)
        if upload.state != UploadState.FAULTY or not outcome.can_be_marked:
            raise Http404
        audit.record(AuditAction.EXPORTED, by=By.of(request), union=upload.union, subject=upload.file_name)
        with as_file(upload.content) as path:
            write = partial(write_marked_copy, path, outcome.errors, workbook=self.exchange.workbook)
            return as_download(str(self.exchange.marked_file), write)


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
        audit.record(AuditAction.EXPORTED, by=By.of(self.request), union=union, subject=union.code, **details)
        return as_download(name, partial(export_workbook, union, campaign=campaign))
