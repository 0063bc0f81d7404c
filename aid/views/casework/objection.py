"""Objections: recorded from the page of a notice, read in scope, decided by somebody who approves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.objections import (
    Paper,
    against_correcting,
    against_objecting,
    correct_ruling,
    decide_objection,
    raise_objection,
)
from aid.enums import ObjectionOutcome
from aid.forms.case import DecisionForm, ObjectionForm
from aid.models import NoticedCase, Objection, ObjectionFile
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import mask_name
from portal.models import UnionOwned
from portal.records.views.kept_file import KeptFileShow
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.web.sent_once import SentOnce
from portal.workflow import MoveRefused

CONSEQUENCES = {
    ObjectionOutcome.UPHELD: gettext_lazy("异议成立：这份申请不能审批通过，只能退回修改或审批不通过。"),
    ObjectionOutcome.DISMISSED: gettext_lazy("异议不成立：这条异议不再妨碍审批。"),
}


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


class RulingPage(FormMixin, PortalPage, ProcessFormView):
    """A ruling on an objection: what is chosen is shown with what follows from it, and counts once it is confirmed."""

    form_class = DecisionForm
    template_name = "aid/objection/show.html"
    said = ""

    @cached_property
    def objection(self) -> Objection:
        related = ("noticed__notice__union", "noticed__case__child", "recorded_by", "decided_by")
        objections = Objection.objects.visible_to(self.request.user).select_related(*related)
        return get_object_or_404(objections, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        objection = self.objection
        return super().get_context_data(
            objection=objection,
            raised_by=mask_name(objection.raised_by),
            files=ObjectionFile.objects.filter(objection=objection).defer("content"),
            earlier=objection.earlier.select_related("decided_by"),
            back_url=reverse("publicnotice_detail", args=[objection.noticed.notice_id]),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        _objection = self.objection
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        step = self.request.POST.get("step")
        if step != "confirmed":
            follows = CONSEQUENCES[form.cleaned_data["outcome"]] if step != "again" else ""
            return self.render_to_response(self.get_context_data(form=form, follows=follows))
        try:
            self.rule(**form.cleaned_data, by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, self.said)
            return redirect("objection_show", self.objection.pk)
        return self.form_invalid(form)


class ObjectionShow(RulingPage):
    """One objection and, for those who approve, its decision. That somebody read it is kept in the audit log."""

    permission = Permission.VIEW_RECORDS
    said = gettext_lazy("异议处理结果已保存。")

    def get(self, request, *args, **kwargs):
        notice = self.objection.noticed.notice
        audit.record(AuditAction.VIEWED, by=By.of(request), subject=str(self.objection), union=notice.union)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        approves, objection = can(self.request.user, Permission.APPROVE_CASES), self.objection
        may = {
            "may_decide": approves and not objection.outcome,
            "may_correct": approves and not against_correcting(objection),
        }
        return super().get_context_data(**may, **kwargs)

    def rule(self, **given) -> None:
        decide_objection(self.objection, **given)


class ObjectionCorrect(RulingPage):
    """Another ruling in place of the one on file, until the case is acted on."""

    permission = Permission.APPROVE_CASES
    said = gettext_lazy("异议处理结果已更正；更正前的处理留在记录中。")

    def get(self, request, *args, **kwargs):
        if standing := against_correcting(self.objection):
            messages.error(request, standing)
            return redirect("objection_show", self.objection.pk)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"outcome": self.objection.outcome, "answer": self.objection.answer}

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_decide=True, correcting=True, **kwargs)

    def rule(self, **given) -> None:
        correct_ruling(self.objection, **given)


class ObjectionFileShow(KeptFileShow):
    """A paper that came with an objection."""

    model, owner, act = ObjectionFile, "objection", gettext_lazy("下载异议材料")

    def within(self, file: ObjectionFile) -> list[UnionOwned]:
        case = file.objection.noticed.case
        return [case, case.child.household]
