"""Four eyes on workbooks and lists: rows that decide, pay or change a card wait for a lead, who sees just these."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from employment.exchange.exchanges import CASES
from employment.lists.kinds import LIST_KINDS
from employment.views.workbook import counted
from portal.access import Permission
from portal.audit import By
from portal.models import ListUpload, WorkbookUpload
from portal.models.upload import UploadState
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import pages_of
from portal.web.base import PortalPage
from portal.workbook.importing.holding import WeightyRow
from portal.workbook.importing.service import Outcome
from portal.workbook.lists.steps.second import agree_to_list, refuse_list, waiting_rows
from portal.workbook.uploading import agree_to_upload, digest_of, refuse_upload
from portal.workflow import MoveRefused

PAGE_SIZE = 50
RECENT = 100


class WaitingList(PortalPage):
    """The workbooks and lists of the own union and below of which rows wait for the person."""

    permission = Permission.APPROVE_CASES
    template_name = "employment/workbook/waiting.html"

    def get_context_data(self, **kwargs):
        books = WorkbookUpload.objects.awaiting(self.request.user).filter(kind=CASES.name).defer("content", "outcome")
        lists = ListUpload.objects.awaiting(self.request.user).defer("content", "table", "reading", "outcome")
        uploads = [
            (upload, reverse(name, args=[upload.pk]))
            for name, waiting in (("workbook_second", books), ("list_second", lists))
            for upload in waiting.select_related("uploaded_by", "sent_by", "union").order_by("uploaded_at")[:RECENT]
        ]
        return super().get_context_data(uploads=sorted(uploads, key=lambda each: each[0].uploaded_at), **kwargs)


class SecondPage(PortalPage):
    """The rows of one upload that wait, and the answer to them: all or none."""

    permission = Permission.APPROVE_CASES
    template_name = "employment/workbook/second.html"
    upload: WorkbookUpload | ListUpload
    held: list[WeightyRow]

    def get_context_data(self, **kwargs):
        held = self.held
        page = Paginator(held, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            upload=self.upload,
            count=len(held),
            counts=counted(held),
            rows=page.object_list,
            digest=digest_of(held),
            is_own=not self.request.user.hands.isdisjoint({self.upload.uploaded_by_id, self.upload.sent_by_id}),
            **pages_of(self.request, page),
            **kwargs,
        )


class WaitingShow(SecondPage):
    """Those of a workbook."""

    @cached_property
    def upload(self) -> WorkbookUpload:
        uploads = WorkbookUpload.objects.visible_to(self.request.user).filter(kind=CASES.name)
        uploads = uploads.filter(state=UploadState.WAITING).select_related("union", "uploaded_by", "sent_by")
        return get_object_or_404(uploads.defer("content"), pk=self.kwargs["pk"])

    @property
    def held(self) -> list[WeightyRow]:
        return Outcome.loads(self.upload.outcome).held

    def post(self, request, *args, **kwargs):
        by = By.of(request)
        try:
            if request.POST.get("answer") == "agree":
                given = {"workbook": CASES.workbook, "digest": request.POST.get("digest", "")}
                upload = agree_to_upload(self.upload, **given, by=by)
            else:
                upload = refuse_upload(self.upload, reason=request.POST.get("reason", ""), by=by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("workbook_second", self.upload.pk)
        return self._tell(upload)

    def _tell(self, upload: WorkbookUpload):
        if upload.state == UploadState.WAITING:
            messages.error(self.request, _("这些行在送审之后有变化，没有导入，请重新核对。"))
            return redirect("workbook_second", upload.pk)
        if upload.state == UploadState.FAULTY:
            messages.error(self.request, _("送审之后数据有变化，工作簿已不能导入，请经办人重新上传。"))
        elif upload.state == UploadState.IMPORTED:
            messages.success(self.request, _("已同意，工作簿已导入。"))
        else:
            messages.success(self.request, _("已退回，这些行没有写入。"))
        return redirect("workbook_waiting")


class ListSecond(SecondPage):
    """Those of a list."""

    @cached_property
    def upload(self) -> ListUpload:
        uploads = ListUpload.objects.visible_to(self.request.user).filter(sent_by__isnull=False)
        uploads = uploads.select_related("union", "uploaded_by", "sent_by")
        return get_object_or_404(uploads.defer("content", "table", "outcome"), pk=self.kwargs["pk"])

    @property
    def held(self) -> list[WeightyRow]:
        return waiting_rows(self.upload)

    def post(self, request, *args, **kwargs):
        by, agrees = By.of(request), request.POST.get("answer") == "agree"
        try:
            if agrees:
                digest = request.POST.get("digest", "")
                upload = agree_to_list(self.upload, kinds=LIST_KINDS, digest=digest, by=by)
            else:
                upload = refuse_list(self.upload, reason=request.POST.get("reason", ""), by=by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("list_second", self.upload.pk)
        return self._tell(upload, agrees=agrees)

    def _tell(self, upload: ListUpload, *, agrees: bool):
        if agrees and upload.sent_by_id is not None:
            messages.error(self.request, _("这些行在送审之后有变化，没有写入，请重新核对。"))
            return redirect("list_second", upload.pk)
        messages.success(self.request, _("已同意，这些行已写入。") if agrees else _("已退回，这些行没有写入。"))
        return redirect("workbook_waiting")
