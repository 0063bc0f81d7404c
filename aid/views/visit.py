"""The pages of visits: whom, the form, the visit with its photos and what follows from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.received import ReceivedForm
from aid.forms.visit import FinishForm, VisitForm
from aid.models import FollowUp, Household, VisitPhoto
from aid.views.kept_file import KeptFileRemove
from aid.views.whom import AskWhom
from aid.visits.following_up import to_follow_up_by
from aid.visits.services import change_visit, finish_follow_up, record_visit
from portal.access import Permission, can
from portal.audit import By
from portal.form_keys import digest_of
from portal.models import UnionOwned
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.records.views.kept_file import KeptFileShow
from portal.records.views.page import caption
from portal.refusals.lookup import get_object_or_404


class VisitCreate(AskWhom, RecordCreate):
    """A new visit."""

    form_class = VisitForm
    whom = gettext_lazy("走访谁")
    whom_help = gettext_lazy("子女、高校毕业生和困难职工本人都可以查找；找到后登记走访或电话回访。")

    def ways(self):
        return [(_("从走访计划中选"), reverse("visitplan"))]

    def get_initial(self):
        how = {"by_telephone": "是"} if self.request.GET.get("by") == "telephone" else {}
        return super().get_initial() | {"visitor": self.request.user.name} | how

    def get_context_data(self, **kwargs):
        kwargs.setdefault("whom", self._whom())
        return super().get_context_data(**kwargs)

    def _whom(self) -> str:
        kind = next(kind for kind in self.people if isinstance(self.parent, kind.model))
        return f"{kind.title} {caption(kind, self.parent, self.request.user.union.path)}"

    def save(self, form):
        values, results = form.values(), form.results
        return record_visit(
            self.editing,
            person=self.parent,
            values=values,
            results=results,
            by=By.of(self.request),
            key=form.cleaned_data["key"],
            confirmed=form.confirmed,
            digest=digest_of(values | {"follow_ups": sorted(results.follow_ups)}),
        )


class VisitEdit(RecordEdit):
    """Changes to a visit; to-dos and photos are added, never taken away."""

    form_class = VisitForm

    def save(self, form):
        return change_visit(
            self.editing,
            self.record,
            values=form.values(),
            results=form.results,
            version=form.cleaned_data["version"],
            by=By.of(self.request),
        )


class VisitDetail(RecordDetail):
    """A visit with its photos; a call leads to the cases that may be recorded as followed up by it."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        visit, user = context["record"], self.request.user
        photos = visit.photos.defer("content").select_related("uploaded_by").order_by("pk")
        cases = to_follow_up_by(visit, user) if can(user, Permission.KEEP_RECORDS) else []
        asked = ReceivedForm(auto_id=False) if cases else None
        return context | {"photos": photos, "to_follow_up": cases, "received_form": asked}


class VisitPhotoShow(KeptFileShow):
    model, owner, act, inline = VisitPhoto, "visit", gettext_lazy("查看走访照片"), True

    def within(self, file: VisitPhoto) -> list[UnionOwned]:
        whose = Q(worker=file.visit.person_id) | Q(children__person=file.visit.person_id)
        return [file.visit, *Household.objects.filter(whose).distinct()]


class VisitPhotoRemove(KeptFileRemove):
    model, owner, act = VisitPhoto, "visit", gettext_lazy("撤去走访照片")


class FollowUpDetail(RecordDetail):
    """A to-do, with the form that settles it."""

    def get_context_data(self, finish_form: FinishForm | None = None, **kwargs):
        context = super().get_context_data(**kwargs)
        may_finish = not context["record"].done_on and can(self.request.user, Permission.KEEP_RECORDS)
        return context | {"finish_form": (finish_form or FinishForm()) if may_finish else None}

    def post(self, request, *args, **kwargs):
        if not can(request.user, Permission.KEEP_RECORDS):
            raise PermissionDenied(_("您的岗位不能办结跟进事项。"))
        follow_up = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=self.kwargs["pk"])
        form = FinishForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(finish_form=form))
        by = By.of(request)
        finish_follow_up(follow_up, outcome=form.cleaned_data["outcome"], by=by)
        messages.success(request, _("已办结。"))
        return redirect(self.list_url)
