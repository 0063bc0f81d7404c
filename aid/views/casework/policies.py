"""先帮助落实政府政策: what became of each policy, of one case or of many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.casework.batches import LARGEST, in_words
from aid.casework.policies import answer_policies, answers_of, refusal_of_answers
from aid.casework.usual_policies import by_stage_in_words, decided_by, fill_policies, presets
from aid.enums import CaseState, Policy, PolicyFilling
from aid.forms.case import ManyPoliciesForm, PolicyForm
from aid.models import AidCase
from aid.records import AID_CASE
from aid.views.casework.case import CasePage
from portal.access import Permission
from portal.audit import By
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.chosen_page import ChosenPage
from portal.web.way_back import page_said
from portal.workflow import MoveRefused


class CasePolicies(FormMixin, CasePage, ProcessFormView):
    """先帮助落实政府政策: what became of each policy, before a case is submitted, or decided if a workbook brought it.

    At first the policies that the stage decides are filled in; one press answers those left blank.
    """

    permission = Permission.KEEP_RECORDS
    template_name = "aid/aidcase/policies.html"
    form_class = PolicyForm

    @cached_property
    def case(self) -> AidCase:
        case = super().case
        if reason := refusal_of_answers(case):
            raise PermissionDenied(reason)
        return case

    def get_form_kwargs(self):
        filling = self.request.POST.get("fill", "")
        filled = presets([self.case], filling)[self.case.pk] if filling in PolicyFilling.values else {}
        answers = answers_of(self.case)
        asked = [policy for policy in Policy if self.case.status == CaseState.DRAFT or policy not in answers]
        known = {**decided_by(self.case.stage), **answers}
        return super().get_form_kwargs() | {"answers": known, "presets": filled, "policies": asked}

    def get_context_data(self, **kwargs):
        return super().get_context_data(fillings=PolicyFilling.choices, by_stage=by_stage_in_words(), **kwargs)

    def form_valid(self, form):
        by = By.of(self.request)
        try:
            answer_policies(self.case, form.answers(), by=by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("政策落实情况已保存。"))
            return redirect(self.url)
        return self.form_invalid(form)


class CasePoliciesMany(ChosenPage):
    """The same for the cases ticked, or all that the filters find: one form, then what became of each."""

    chosen_in = "aidcase_list"
    permission = Permission.KEEP_RECORDS
    template_name = "aid/aidcase/policies_many.html"

    @cached_property
    def selection(self) -> Selection:
        return selection_of(self.request, AID_CASE, LARGEST)

    def post(self, request, *args, **kwargs):
        if not 0 < len(self.selection.pks) <= LARGEST:
            words = _("请先在列表中勾选要填写的申请。")
            if self.selection.pks:
                words = _("一次最多填写 %(limit)d 条，请先筛选再填写。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(self._back_url)
        form = ManyPoliciesForm(request.POST if request.POST.get("confirmed") == "1" else None)
        if form.is_valid() and (outcomes := self._filled(form)) is not None:
            report = {"outcomes": outcomes, "words": in_words(outcomes), "back_url": self._back_url}
            report |= {"unfinished": [outcome.case.pk for outcome in outcomes if outcome.left]}
            return self.render_to_response(self.get_context_data(**report))
        context = {"form": form, "selection": self.selection, "count": len(self.selection.pks)}
        context |= {"filters": self.selection.filters, "back_url": self._back_url, "by_stage": by_stage_in_words()}
        return self.render_to_response(self.get_context_data(**context), status=400 if form.errors else 200)

    def get_context_data(self, **kwargs):
        return super().get_context_data(came_from=self._came_from, **kwargs)

    @property
    def _came_from(self) -> str:
        """The page whose cases these are, where it is not the list of cases: the result of an import."""
        return page_said(self.request.POST.get("came_from", ""))

    @property
    def _back_url(self) -> str:
        return self._came_from or way_back(self.request, AID_CASE, filters=self.selection.filters)

    def _filled(self, form):
        by = By.of(self.request)
        try:
            return fill_policies(self.selection.pks, form.cleaned_data["filling"], typed=form.answers(), by=by)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        return None
