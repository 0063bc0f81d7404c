"""Accounts from a list: the file brought in, looked at, confirmed, and agreed to by a second person."""

import tempfile
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.account_lists.jobs import AGREE, CHECK, CONFIRM
from portal.account_lists.letters import ACCOUNT_LETTERS, to_write_to
from portal.account_lists.services import (
    agree_to_batch,
    check_batch,
    confirm_batch,
    is_long,
    keep_batch,
    refuse_batch,
    to_agree,
    withdraw_batch,
)
from portal.account_lists.sheet import COLUMNS, write_template
from portal.account_lists.sweeping import KEPT_DAYS
from portal.audit import By
from portal.documents.file_kinds import XLSX
from portal.enums import AccountFate
from portal.forms.account import AccountBatchForm
from portal.jobs.starting import start
from portal.models import AccountBatch, Job, Union
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import COUNT_AND_PLACE, PAGE_SIZE, pages_of
from portal.web.base import PortalPage, PortalView, SignedInRequest
from portal.workbook.reading.reader import WorkbookRefused

# In the order in which they are counted; a list is opened with what stands in the way.
FATES = (AccountFate.REFUSED, AccountFate.OPEN, AccountFate.SECOND, AccountFate.ASKED, AccountFate.SAME)


class AccountBatchList(PortalPage):
    """The lists that were brought in, latest first."""

    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/batch/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = AccountBatch.objects.visible_to(self.request.user).told().defer("content", "outcome")
        page = Paginator(batches, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(rows=page.object_list, **pages_of(self.request, page), **kwargs)


class AccountBatchTemplate(PortalView):
    """The empty workbook to fill in."""

    permission = Permission.MANAGE_ACCOUNTS

    def get(self, request: HttpRequest) -> FileResponse:
        file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        write_template(Union.objects.order_by("path"), file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=_("账号名单.xlsx"), content_type=XLSX.content_type)


class AccountBatchCreate(FormMixin, PortalPage, ProcessFormView):
    """Choose a file; its rows are judged at once, many in a job, and no account is opened yet."""

    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/batch/create.html"
    form_class = AccountBatchForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(columns=COLUMNS, kept_days=KEPT_DAYS, **kwargs)

    def form_valid(self, form: AccountBatchForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            batch = keep_batch(file.read(), name=file.name, by=By.of(self.request))
        except WorkbookRefused as refused:
            form.add_error("file", refused.reason)
            return self.form_invalid(form)
        if is_long(len(batch.rows)):
            return _leave_to(CHECK, batch, self.request)
        check_batch(batch)
        return redirect("accountbatch_show", batch.pk)


def _leave_to(kind: str, batch: AccountBatch, request: SignedInRequest, **arguments: Any) -> HttpResponse:
    """Start a job for the list, and show how far it is."""
    job = start(kind, request.user, batch=str(batch.pk), name=batch.file_name, **arguments)
    return redirect("job_show", job.pk)


class AccountBatchShow(PortalPage):
    """What becomes, or became, of each row; by a press it is done, or agreed to."""

    request: SignedInRequest
    permission = Permission.MANAGE_ACCOUNTS
    template_name = "portal/account/batch/show.html"

    @cached_property
    def batch(self) -> AccountBatch:
        return get_object_or_404(AccountBatch.objects.visible_to(self.request.user).told(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, asked_fate = self.batch.rows, self.request.GET.get("fate", "")
        counted = Counter(row["fate"] for row in rows)
        chosen = asked_fate if asked_fate in AccountFate else ""
        shown = [row for row in rows if row["fate"] == chosen] if chosen else rows
        page = Paginator(shown, PAGE_SIZE).get_page(self.request.GET.get("page"))
        is_own = self.batch.brought_by_id == self.request.user.pk
        return super().get_context_data(
            batch=self.batch,
            fates=[(fate, fate.label, counted[fate]) for fate in FATES if counted[fate]],
            chosen=chosen,
            all_count=len(rows),
            rows=[(row, AccountFate(row["fate"]).label) for row in page.object_list],
            to_open=counted[AccountFate.OPEN] + counted[AccountFate.SECOND],
            second=counted[AccountFate.SECOND],
            is_own=is_own,
            kept_days=KEPT_DAYS,
            job=self._under_way(),
            **self._waiting(is_own=is_own),
            **(self._letters() if is_own and self.batch.is_confirmed else {}),
            **pages_of(self.request, page, COUNT_AND_PLACE),
            **kwargs,
        )

    def _waiting(self, *, is_own: bool) -> dict[str, Any]:
        """What of the list waits: for this person as the second, or for another."""
        waiting = self.batch.requests.waiting()
        return {
            "waiting": waiting.count(),
            "agreeable": 0 if is_own else to_agree(self.batch, By(self.request.user)).count(),
        }

    def _letters(self) -> dict[str, Any]:
        """How many first passwords can be drawn now, and the job that did so last."""
        jobs = Job.objects.of(self.request.user).filter(kind=ACCOUNT_LETTERS, arguments__batch=str(self.batch.pk))
        return {"letters": to_write_to(self.batch, self.request.user).count(), "letters_job": jobs.first()}

    def _under_way(self) -> Job | None:
        """The job that checks, confirms or agrees to the list now for this person."""
        own = Job.objects.of(self.request.user).filter(kind__in=(CHECK, CONFIRM, AGREE))
        found: Job | None = own.under_way().filter(arguments__batch=str(self.batch.pk)).first()
        return found

    def post(self, request: SignedInRequest, **_kwargs: Any) -> HttpResponse:
        answer, reason = request.POST.get("answer", ""), request.POST.get("reason", "")
        if kind := self._job_for(answer):
            address = By.of(request).address
            return _leave_to(kind, self.batch, request, **({} if kind == CHECK else {"address": address}))
        acts: dict[str, Callable[[], str]] = {
            "confirm": self._confirm,
            "agree": self._agree,
            "refuse": lambda: self._settle(refuse_batch, reason),
            "withdraw": lambda: self._settle(withdraw_batch, reason),
        }
        try:
            if answer not in acts:
                raise ValidationError(_("请选择要办理的事项。"))
            messages.success(request, acts[answer]())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("accountbatch_show", self.batch.pk)

    def _job_for(self, answer: str) -> str:
        """The kind of job that does what is asked for; '' where it is done at once, or refused."""
        if answer == "check" and self.batch.is_to_check:
            return CHECK
        if answer == "confirm" and self.batch.is_to_confirm and self.batch.brought_by_id == self.request.user.pk:
            return CONFIRM if is_long(len(self.batch.rows)) else ""
        if answer == "agree" and is_long(to_agree(self.batch, By(self.request.user)).count()):
            return AGREE
        return ""

    def _confirm(self) -> str:
        batch = confirm_batch(self.batch, by=By.of(self.request))
        counted = Counter(row["fate"] for row in batch.rows)
        return told_of(counted[AccountFate.OPEN], counted[AccountFate.SECOND])

    def _agree(self) -> str:
        left = agree_to_batch(self.batch, by=By.of(self.request))
        return (
            _("已同意；%(left)d 个现在不能开通，请在“账号申请”里逐个看。") % {"left": left}
            if left
            else _("已同意，账号已开通。")
        )

    def _settle(self, settle: Callable[..., None], reason: str) -> str:
        settle(self.batch, reason=reason, by=By.of(self.request))
        return _("已办理。")


def told_of(opened: int, asked: int) -> str:
    """What came of a list, without what there is none of."""
    numbers = {"opened": opened, "asked": asked}
    if not asked:
        return _("已开通 %(opened)d 个账号。") % numbers
    if not opened:
        return _("%(asked)d 个账号等另一位安全管理员同意。") % numbers
    return _("已开通 %(opened)d 个账号，%(asked)d 个等另一位安全管理员同意。") % numbers


class AccountBatchLetters(PortalView):
    """Has the first passwords of a list drawn and printed, as a job."""

    request: SignedInRequest
    permission = Permission.MANAGE_ACCOUNTS
    http_method_names = ["post", "options"]

    def post(self, request: SignedInRequest, pk: UUID) -> HttpResponse:
        batch = get_object_or_404(AccountBatch.objects.visible_to(request.user).told(), pk=pk)
        site = request.build_absolute_uri("/").rstrip("/")
        return redirect("job_show", start(ACCOUNT_LETTERS, request.user, batch=str(batch.pk), site=site).pk)
