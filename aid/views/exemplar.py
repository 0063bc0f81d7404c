"""The pages of exemplars: the story with its pictures, the consent, making it public, the printed sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import ExemplarFileKind
from aid.forms.exemplar import ExemplarFileForm
from aid.models import Exemplar, ExemplarFile
from aid.sponsors.exemplars import add_file, publish, withdraw
from aid.views.kept_file import KeptFileRemove
from portal.access import Permission, can, require
from portal.audit import By
from portal.records.views import RecordDetail
from portal.records.views.kept_file import KeptFileShow
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView

ACTS = {"publish": publish, "withdraw": withdraw}


def exemplar_of(user, pk: int) -> Exemplar:
    return get_object_or_404(Exemplar.objects.visible_to(user).select_related("union"), pk=pk)


class ExemplarDetail(RecordDetail):
    """The story, its files, and the buttons of those who keep records."""

    upload_form = ExemplarFileForm

    def get_context_data(self, file_form: ExemplarFileForm | None = None, **kwargs):
        context = super().get_context_data(**kwargs)
        files = context["record"].files.defer("content").select_related("uploaded_by").order_by("kind", "pk")
        may_keep = can(self.request.user, Permission.KEEP_RECORDS)
        return context | {"files": files, "file_form": (file_form or ExemplarFileForm()) if may_keep else None}

    def post(self, request, *args, **kwargs):
        require(request.user, Permission.KEEP_RECORDS)
        exemplar = exemplar_of(request.user, self.kwargs["pk"])
        form = ExemplarFileForm(request.POST, request.FILES)
        if form.is_valid():
            file, kind = form.cleaned_data["file"], ExemplarFileKind(form.cleaned_data["kind"])
            by = By.of(request)
            try:
                add_file(exemplar, kind=kind, name=file.name, content=file.read(), by=by)
            except ValidationError as refused:
                form.add_error("file", refused)
            else:
                messages.success(request, _("材料已上传。"))
                return redirect("exemplar_detail", exemplar.pk)
        return self.render_to_response(self.get_context_data(file_form=form))


class ExemplarAct(PortalView):
    """Public, or no longer."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]
    act = ""

    def post(self, request, pk: int):
        exemplar = exemplar_of(request.user, pk)
        try:
            ACTS[self.act](exemplar, by=By.of(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("已公开。") if self.act == "publish" else _("已不再公开。"))
        return redirect("exemplar_detail", exemplar.pk)


class ExemplarPrint(PortalPage):
    """The sheet that is hung out; only of one that is public."""

    permission = Permission.VIEW_RECORDS
    template_name = "aid/exemplar/print.html"

    def get_context_data(self, **kwargs):
        exemplar = exemplar_of(self.request.user, self.kwargs["pk"])
        if not exemplar.published_on:
            raise PermissionDenied(_("典型还没有公开，不能打印。请先上传同意书并公开。"))
        pictures = exemplar.files.filter(kind=ExemplarFileKind.PICTURE).defer("content").order_by("pk")
        return super().get_context_data(exemplar=exemplar, pictures=pictures, **kwargs)


class ExemplarFileShow(KeptFileShow):
    """A picture, or a consent."""

    model, owner, act, inline = ExemplarFile, "exemplar", gettext_lazy("查看文件"), True

    def told(self, file: ExemplarFile):
        return {"what": file.get_kind_display()}


class ExemplarFileRemove(KeptFileRemove):
    model, owner, act = ExemplarFile, "exemplar", gettext_lazy("撤去典型材料")
