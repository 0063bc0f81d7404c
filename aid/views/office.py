"""The pages of what other offices are asked: whom about, the form, the question with the papers of its answer."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.office import OfficePaperForm, OfficeQuestionForm
from aid.models import AidCase, Child, OfficePaper, OfficeQuestion
from aid.offices.papers import add_paper
from aid.views.kept_file import KeptFileRemove
from aid.views.whom import AskWhom
from portal.access import Permission, require
from portal.audit import By
from portal.form_keys import digest_of
from portal.models import UnionOwned
from portal.records.editing import create_record
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.records.views.kept_file import KeptFileShow
from portal.records.views.page import named_in
from portal.refusals.lookup import get_object_or_404


class OfficeQuestionCreate(AskWhom, RecordCreate):
    """A new question; for a case of the child, where the address names one beside the child."""

    form_class = OfficeQuestionForm
    whom = gettext_lazy("问的是谁")
    whom_help = gettext_lazy("困难职工、子女和高校毕业生都可以查找；找到后选部门、写问询事项。")

    @cached_property
    def case(self) -> AidCase | None:
        case = named_in(self.request, "aidcase", AidCase)
        if case and not (isinstance(self.parent, Child) and case.child_id == self.parent.pk):
            raise Http404
        return case

    def get_form_kwargs(self):
        _case = self.case  # 404 before anything is shown
        return super().get_form_kwargs()

    def save(self, form):
        values = form.values()
        return create_record(
            self.editing,
            values=values,
            parent=self.parent,
            also={"case": self.case},
            by=By.of(self.request),
            key=form.cleaned_data["key"],
            digest=digest_of(values | {"case": self.case and self.case.pk}),
            confirmed=form.confirmed,
        )


class OfficeQuestionEdit(RecordEdit):
    form_class = OfficeQuestionForm


class OfficeQuestionDetail(RecordDetail):
    """What was asked and answered, with the papers."""

    upload_form = OfficePaperForm

    def get_context_data(self, file_form: OfficePaperForm | None = None, **kwargs):
        context = super().get_context_data(**kwargs)
        papers = context["record"].papers.defer("content").select_related("uploaded_by").order_by("pk")
        may_keep = self.may_keep_below(context["record"])
        return context | {"papers": papers, "file_form": (file_form or OfficePaperForm()) if may_keep else None}

    def post(self, request, *args, **kwargs):
        require(request.user, Permission.KEEP_RECORDS)
        questions = OfficeQuestion.objects.visible_to(request.user).select_related("union")
        question = get_object_or_404(questions, pk=self.kwargs["pk"])
        form = OfficePaperForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                add_paper(question, name=file.name, content=file.read(), by=By.of(request))
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                messages.success(request, _("材料已上传。"))
                return redirect("officequestion_detail", question.pk)
        return self.render_to_response(self.get_context_data(file_form=form))


class OfficePaperShow(KeptFileShow):
    model, owner, act = OfficePaper, "question", gettext_lazy("下载答复材料")

    def within(self, file: OfficePaper) -> list[UnionOwned]:
        return [file.question, file.question.household]


class OfficePaperRemove(KeptFileRemove):
    model, owner, act = OfficePaper, "question", gettext_lazy("撤去答复材料")
