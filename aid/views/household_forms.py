"""Pages about a household with one form each: closing, papers, offering it to another union."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.forms.household import CloseForm, DocumentForm, MoveChildForm, TransferForm
from aid.households.household_file import close_household
from aid.households.moving_child import move_child
from aid.households.papers import (
    add_document,
    chosen_kind,
    missing,
    note_seen,
    remove_document,
    removed_today,
    restore_document,
)
from aid.models import Document
from aid.records import PLAIN_HOUSEHOLD
from aid.transfers.services import offer_household
from portal.access import Permission, can
from portal.audit import By
from portal.identity import mask_name
from portal.records.editing import RecordRefused
from portal.records.views.kept_file import KeptFileShow
from portal.records.views.page import KindPage, caption
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalView
from portal.workflow import MoveRefused


class HouseholdFormPage(FormMixin, KindPage, ProcessFormView):
    """One form about a household. What the service refuses is shown on it."""

    permission = Permission.KEEP_RECORDS
    act = "form"
    heading = ""
    intro = ""
    button = gettext_lazy("保存")
    done = ""

    @cached_property
    def household(self):
        return self.get_record()

    def get_context_data(self, **kwargs):
        shown = {
            "heading": f"{self.heading} {caption(self.kind, self.household, self.request.user.union.path)}",
            "intro": self.intro,
            "button": self.button,
            "record": self.household,
            "back_url": reverse("household_detail", args=[self.household.pk]),
        }
        return super().get_context_data(**shown, **kwargs)

    def get(self, request, *args, **kwargs):
        self.refuse_closed()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.refuse_closed()
        return super().post(request, *args, **kwargs)

    def refuse_closed(self) -> None:
        if reason := self.kind.editing.refusal(self.household):
            raise PermissionDenied(str(reason))

    def save(self, cleaned_data: dict, by: By) -> None:
        raise NotImplementedError

    def form_valid(self, form):
        try:
            self.save(form.cleaned_data, By.of(self.request))
        except RecordRefused as refused:
            form.refuse(refused.by_field)
        except (MoveRefused, ValidationError) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(self.request, self.done)
            return redirect(self.address_after())
        return self.form_invalid(form)

    def address_after(self) -> str:
        return reverse("household_detail", args=[self.household.pk])


class HouseholdClose(HouseholdFormPage):
    form_class = CloseForm
    heading = gettext_lazy("注销档案")
    intro = gettext_lazy("注销后该户及其子女不再在档，但在注销当年仍计入统计；以后可以恢复。")
    button = gettext_lazy("注销")
    done = gettext_lazy("档案已注销。")

    def save(self, cleaned_data, by):
        close_household(self.household, **cleaned_data, editing=self.kind.editing, by=by)


class ChildMove(HouseholdFormPage):
    """To another family: the child was entered at the wrong one."""

    form_class = MoveChildForm
    heading = gettext_lazy("改到另一户")
    intro = gettext_lazy("子女登错了家庭时用：它的申请、升学、结对和走访等记录随之改到另一户；登错了可以再改回来。")
    button = gettext_lazy("改到这一户")

    def get_template_names(self):
        return ["aid/household/form.html"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        child, scope = self.household, self.request.user.union.path
        now = _("现在登记在：%(family)s。") % {"family": caption(PLAIN_HOUSEHOLD, child.household, scope)}
        shown = {"back_url": self.address_after(), "intro": f"{self.intro}{now}"}
        return super().get_context_data(**kwargs) | shown

    def save(self, cleaned_data, by):
        home = cleaned_data["number"]
        move_child(self.household, home, editing=self.kind.editing, by=by)
        words = {"number": home.number, "worker": mask_name(home.worker_name)}
        self.done = _("已改到“%(number)s %(worker)s”。") % words

    def address_after(self):
        return reverse("child_detail", args=[self.household.pk])


class HouseholdTransfer(HouseholdFormPage):
    form_class = TransferForm
    heading = gettext_lazy("转出档案")
    intro = gettext_lazy(
        "对方接收后，家庭、子女、升学和毕业生记录随之转移；助学申请、发放和走访记录留在经办单位，没有办结的请先办结或撤回。"
    )
    button = gettext_lazy("发起转出")
    done = gettext_lazy("已发起转出，等待对方接收。")

    def save(self, cleaned_data, by):
        offer_household(self.household, **cleaned_data, by=by)

    def address_after(self):
        return reverse("transfer_list")


class HouseholdDocuments(HouseholdFormPage):
    """The papers of the file, for all who see it; those who keep files add to them."""

    permission = Permission.VIEW_RECORDS
    act = "documents"
    form_class = DocumentForm
    heading = gettext_lazy("家庭材料")
    button = gettext_lazy("上传")
    done = gettext_lazy("材料已登记。")

    def refuse_closed(self):
        """Papers of a closed file are still read."""
        if self.request.method == "POST":
            if not can(self.request.user, Permission.KEEP_RECORDS):
                raise PermissionDenied(_("您的岗位不能上传材料。"))
            super().refuse_closed()

    def get_context_data(self, **kwargs):
        home = self.household
        documents = list(home.documents.defer("content").select_related("uploaded_by").order_by("kind", "-pk"))
        lacking = missing({document.kind for document in documents}, has_children=home.children.exists())
        may_add = self.may_keep and home.is_open
        words = [kind.label for kind in lacking]
        removed = removed_today(self.request.user).filter(household=home).defer("content").order_by("pk")
        given = {"documents": documents, "removed": removed if self.may_keep else (), "missing": words}
        return super().get_context_data(may_add=may_add, **given, **kwargs)

    def save(self, cleaned_data, by):
        file, kind = cleaned_data["file"], chosen_kind(cleaned_data["kind"])
        if file:
            add_document(self.household, kind=kind, name=file.name, content=file.read(), by=by)
        else:
            note_seen(self.household, [kind], by=by)

    def address_after(self):
        return reverse("household_documents", args=[self.household.pk])


def find_document(user, pk: int, *, removed: bool = False) -> Document:
    """The paper, if its household is in the user's scope; 404 otherwise."""
    documents = (
        (Document.everything if removed else Document.objects).visible_to(user).select_related("household__union")
    )
    return get_object_or_404(documents, pk=pk)


class DocumentDownload(KeptFileShow):
    """A paper as it was uploaded; a picture is shown, anything else saved."""

    model, owner, act = Document, "household", gettext_lazy("下载材料")

    def is_inline(self, file: Document) -> bool:
        return file.is_picture

    def get_queryset(self, user):
        return super().get_queryset(user).filter(seen_on=None)  # what was only seen has no file

    def told(self, file: Document):
        return {"document": file.get_kind_display()}


class DocumentRemove(PortalView):
    permission = Permission.KEEP_RECORDS

    def post(self, request, pk: int):
        document = find_document(request.user, pk)
        remove_document(document, by=By.of(request))
        messages.success(request, _("材料已作废，今天之内可以由您撤销。"))
        return redirect("household_documents", document.household_id)


class DocumentRestore(PortalView):
    """Undo of the same hand within the day."""

    permission = Permission.KEEP_RECORDS
    http_method_names = ["post", "options"]

    def post(self, request, pk: int):
        document = find_document(request.user, pk, removed=True)
        restore_document(document, by=By.of(request))
        return redirect("household_documents", document.household_id)
