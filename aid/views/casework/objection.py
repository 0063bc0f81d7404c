"""Objections: recorded from the page of a notice, read in scope, decided by somebody who approves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.objections import Paper, against_objecting, decide_objection, raise_objection
from aid.forms.case import DecisionForm, ObjectionForm
from aid.models import NoticedCase, Objection, ObjectionFile
from aid.views.casework.notice import file_response
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import mask_name
from portal.web.base import PortalPage, PortalView
from portal.web.sent_once import SentOnce
from portal.workflow import MoveRefused


class ObjectionCreate(SentOnce, FormMixin, PortalPage, ProcessFormView):
    """What somebody has against one case on a notice."""

    permission = Permission.KEEP_RECORDS
    template_name = "aid/objection/create.html"
    form_class = ObjectionForm

    @cached_property
    def noticed(self) -> NoticedCase:
        shown = NoticedCase.objects.visible_to(self.request.user)
        return get_object_or_404(shown.select_related("notice__union", "case__child"), pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        if early := against_objecting(self.noticed):
            messages.error(request, early)
            return redirect("publicnotice_detail", self.noticed.notice_id)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        back_url = reverse("publicnotice_detail", args=[self.noticed.notice_id])
        return super().get_context_data(noticed=self.noticed, back_url=back_url, **kwargs)

    def form_valid(self, form):
        given = form.cleaned_data
        papers = [Paper(file.name, file.read()) for file in given.pop("files")]
        by = By.of(self.request)
        try:
            objection = raise_objection(self.noticed, papers=papers, **given, by=by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("异议已登记；处理之前不能审批通过。"))
            return redirect("objection_show", objection.pk)
        return self.form_invalid(form)


class ObjectionShow(FormMixin, PortalPage, ProcessFormView):
    """One objection and, for those who approve, its decision. That somebody read it is kept in the audit log."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/objection/show.html"
    form_class = DecisionForm

    @cached_property
    def objection(self) -> Objection:
        related = ("noticed__notice__union", "noticed__case__child", "recorded_by", "decided_by")
        objections = Objection.objects.visible_to(self.request.user).select_related(*related)
        return get_object_or_404(objections, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        notice = self.objection.noticed.notice
        audit.record(AuditAction.VIEWED, by=By.of(request), subject=str(self.objection), union=notice.union)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        objection = self.objection
        may_decide = can(self.request.user, Permission.APPROVE_CASES) and not objection.outcome
        return super().get_context_data(
            objection=objection,
            raised_by=mask_name(objection.raised_by),
            files=ObjectionFile.objects.filter(objection=objection).defer("content"),
            may_decide=may_decide,
            back_url=reverse("publicnotice_detail", args=[objection.noticed.notice_id]),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        _objection = self.objection
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            decide_objection(self.objection, **form.cleaned_data, by=by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("异议处理结果已保存。"))
            return redirect("objection_show", self.objection.pk)
        return self.form_invalid(form)


class ObjectionFileShow(PortalView):
    """A paper that came with an objection."""

    permission = Permission.VIEW_RECORDS

    def get(self, request, pk: int):
        return file_response(get_object_or_404(ObjectionFile.objects.visible_to(request.user), pk=pk))
