"""Visits and calls for many: the rows ticked in a list, or all that its filters find; one form, all or nothing."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from aid.forms.many.visit_many import VisitManyForm
from aid.models import AidCase, Child
from aid.visits.many import CaseRefused, record_visits
from portal.access import Permission
from portal.audit import By
from portal.form_keys import CHANGED_SINCE, SENT_BEFORE, SentBeforeError
from portal.records.editing import Editing, RecordRefused, RecordsRefused
from portal.records.kind import RecordKind
from portal.records.lists.left import way_back
from portal.records.lists.selection import Selection, selection_of
from portal.web.chosen_page import ChosenPage

LARGEST = 200  # lines of one form


@method_decorator(sensitive_post_parameters(), name="dispatch")
class VisitMany(ChosenPage):
    """First the form for those who were chosen, then what became of it. The chosen travel with the form.

    `kinds` are those whose lists lead here; of cases the children are visited or called.
    """

    chosen_in = "visit_list"
    permission = Permission.KEEP_RECORDS
    template_name = "aid/visit/many.html"
    kinds: tuple[RecordKind, ...] = ()
    editing: Editing | None = None

    @cached_property
    def kind(self) -> RecordKind:
        """The kind whose list it was. 404 for another."""
        found = next((kind for kind in self.kinds if kind.name == self.request.POST.get("kind")), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def chosen(self) -> Selection:
        return selection_of(self.request, self.kind, LARGEST)

    @property
    def of_cases(self) -> bool:
        return self.kind.model is AidCase

    @cached_property
    def cases(self) -> list[AidCase]:
        found = AidCase.objects.visible_to(self.request.user).filter(pk__in=self.chosen.pks).order_by("number")
        return list(found) if self.of_cases else []

    @property
    def visited(self) -> type[Model]:
        return Child if self.of_cases else self.kind.model

    @cached_property
    def people(self) -> list[Model]:
        """Those chosen, each once; of a case the child, as far as it is in scope."""
        pks = {case.child_id for case in self.cases} if self.of_cases else set(self.chosen.pks)
        found = self.visited.objects.visible_to(self.request.user).select_related("union")
        return list(found.filter(pk__in=pks).order_by("union_path", "pk"))

    @property
    def back_url(self) -> str:
        return way_back(self.request, self.kind, filters=self.chosen.filters)

    def post(self, request, *args, **kwargs):
        if not self.people or len(self.chosen.pks) > LARGEST:
            words = _("请先在列表中勾选要登记走访的人。")
            if self.people:
                words = _("一次最多登记 %(limit)d 人，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(self.back_url)
        is_first = "key" not in request.POST
        form = self._form(None if is_first else request.POST)
        if is_first or not self._saved(form):
            status = 200 if is_first else 400
            return self.render_to_response(self.get_context_data(form=form), status=status)
        return redirect(self.back_url)

    def _form(self, data) -> VisitManyForm:
        given = {"editing": self.editing, "people": self.people, "with_cases": self.of_cases}
        return VisitManyForm(data, user=self.request.user, **given)

    def get_context_data(self, **kwargs):
        shown = {"kind": self.kind, "filters": self.chosen.filters, "pks": self.chosen.pks, "back_url": self.back_url}
        return super().get_context_data(**shown, **kwargs)

    def _saved(self, form: VisitManyForm) -> bool:
        if not form.is_valid():
            return False
        cases = self.cases if form.cleaned_data.get("followed") else []
        by = By.of(self.request)
        try:
            said = {"follow_up": cases, "received": form.received}
            made = record_visits(self.editing, to=self.visited, **said, by=by, **form.told())
        except RecordsRefused as refused:
            form.refuse(refused.by_parent)
        except RecordRefused as refused:
            form.refuse({form.people[0].pk: refused.by_field})
        except CaseRefused as refused:
            words = {"number": refused.case.number, "why": refused.refused}
            form.add_error("followed", _("申请 %(number)s 不能记为已回访：%(why)s") % words)
        except SentBeforeError as before:
            return self._sent_before(form, same=before.same)
        else:
            self._tell(len(made), len(cases))
        return form.is_valid()

    def _tell(self, visits: int, cases: int) -> None:
        words = _("已登记走访或回访 %(visits)d 人次。") % {"visits": visits}
        if cases:
            words += _("%(cases)d 份申请已记为已回访。") % {"cases": cases}
        messages.success(self.request, words)

    def _sent_before(self, form: VisitManyForm, *, same: bool) -> bool:
        if same:
            messages.info(self.request, SENT_BEFORE)
        else:
            form.add_error(None, CHANGED_SINCE)
        return same
