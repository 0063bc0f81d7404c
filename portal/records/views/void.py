"""Taking back what was entered wrongly: one page for every kind."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission, can
from portal.audit import By
from portal.models import UnionOwned, VoidableRecord
from portal.records.attribute import record_url
from portal.records.editing import RecordRefused
from portal.records.views.page import KindPage, caption
from portal.records.voiding import VoidRefused, agree_to_void, ask_to_void, refuse_to_void, restore
from portal.records.voiding.declaration import Voiding
from portal.records.voiding.forms import VoidForm
from portal.records.voiding.services import against_undoing

SHOWN = 20


def has_page(model: type[Model]) -> bool:
    """Whether records of `model` have a page."""
    try:
        reverse(f"{model._meta.model_name}_detail", args=[1])
    except NoReverseMatch:
        return False
    return True


class VoidPage(FormMixin, KindPage, ProcessFormView):
    """What stands in the way, or the buttons that are open. What is pressed comes as `act`."""

    act = "void"
    shows_voided = True
    form_class = VoidForm

    @cached_property
    def record(self) -> VoidableRecord:
        return cast("VoidableRecord", self.get_record())

    @property
    def voiding(self) -> Voiding:
        return cast("Voiding", self.kind.voiding)

    @property
    def by(self) -> By:
        return By.of(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, voiding = self.record, self.voiding
        return super().get_context_data(
            record=record,
            caption=caption(self.kind, record, self.request.user.union.path),
            back_url=reverse(f"{self.kind.name}_detail", args=[record.pk]),
            against=against_undoing(record, self.request.user) if record.is_voided else voiding.against(record),
            hanging=[] if record.is_voided else list(self._hanging()),
            needs_second=voiding.needs_second(record),
            may_agree=can(self.request.user, Permission.APPROVE_CASES),
            **kwargs,
        )

    def _hanging(self) -> Iterator[tuple[str, str]]:
        """What hangs on the record, in words with its address: what lies in scope and has a page of its own."""
        for records in self.voiding.hanging(self.record):
            model = records.model
            if issubclass(model, UnionOwned) and has_page(model):
                visible = model.objects.visible_to(self.request.user).filter(pk__in=records.values("pk"))
                for record in visible.order_by("-pk")[:SHOWN]:
                    yield f"{model._meta.verbose_name} {record}", record_url(record)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _record = self.record  # 404 before anything is shown
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "restore":
            return self._do(lambda: restore(self.record, self.voiding, editing=self.kind.editing, by=self.by))
        if request.POST.get("act") == "refuse":
            return self._do(lambda: refuse_to_void(self.record, by=self.by))
        return self.post_void(request, *args, **kwargs)

    def post_void(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _record = self.record
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: VoidForm) -> HttpResponse:
        return self._do(lambda: ask_to_void(self.record, self.voiding, **form.cleaned_data, by=self.by))

    def _do(self, act: Callable[[], VoidableRecord]) -> HttpResponse:
        """Do it, and go to the page of the record; a refusal is said on this page."""
        try:
            record = act()
        except VoidRefused as refused:
            return self._refused(str(refused))
        except RecordRefused as refused:
            return self._refused(" ".join(words for reasons in refused.by_field.values() for words in reasons))
        messages.success(self.request, self._said(record))
        return redirect(f"{self.kind.name}_detail", record.pk)

    def _refused(self, words: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(refused=words))

    def _said(self, record: VoidableRecord) -> str:
        kind = {"kind": self.kind.title}
        if record.is_voided:
            return _("%(kind)s已作废。") % kind
        if record.voiding_is_asked:
            return _("%(kind)s已申请作废，待单位审核人复核；在此之前仍照常计入。") % kind
        return _("%(kind)s没有作废，照常计入。") % kind


class RecordVoid(VoidPage):
    """For those who keep records: void, ask for it, or take either back."""

    permission = Permission.KEEP_RECORDS


class RecordVoidAgree(VoidPage):
    """For the second person: agree, refuse, or take back what one agreed to."""

    permission = Permission.APPROVE_CASES

    def post_void(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._do(lambda: agree_to_void(self.record, self.voiding, by=self.by))
