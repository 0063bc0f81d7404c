"""Making a record and changing one."""

from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormMixin, ProcessFormView

from portal import audit
from portal.access import Permission, require
from portal.audit import By
from portal.enums import AuditAction
from portal.form_keys import CHANGED_SINCE, SENT_BEFORE, SentBeforeError, digest_of, sent_before
from portal.models import FormReceipt, UnionOwned, VersionedRecord
from portal.records.attribute import record_url
from portal.records.editing.conflict import Conflict, show_conflict
from portal.records.editing.declaration import Editing
from portal.records.editing.doubts import Doubted
from portal.records.editing.form import RecordForm
from portal.records.editing.saving import (
    Overtaken,
    RecordRefused,
    Saved,
    change_record,
    create_record,
    kept_whole,
    load,
)
from portal.records.needing import works_on
from portal.records.recent import kind_at
from portal.records.views.page import KindPage, caption, named_in
from portal.records.views.reveal import RevealForm
from portal.refusals.lookup import get_object_or_404
from portal.web.drafts import draft_of, fields_of, forgetting_draft, page_of

KEY_OF_FORM = "form"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RecordFormPage(FormMixin, KindPage, ProcessFormView):
    """A form made from the columns of a kind. What is refused is shown on it, with everything that was typed."""

    act = "edit"
    permission = Permission.KEEP_RECORDS
    form_class = RecordForm

    @property
    def editing(self) -> Editing:
        return cast("Editing", self.kind.editing)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"editing": self.editing, "user": self.request.user}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; with what was typed into it before, if it was left without being saved."""
        draft = draft_of(self.request.user, page_of(request))
        typed = {"data": fields_of(draft)} if draft else {}
        form = self.get_form_class()(**self.get_form_kwargs() | typed)
        shown = form.unjudged() if draft else form
        return self.render_to_response(self.get_context_data(form=shown, restored=draft))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(draft_page=page_of(self.request), **kwargs)

    def save(self, form: RecordForm) -> Saved:
        raise NotImplementedError

    def form_valid(self, form: RecordForm) -> HttpResponse:
        try:
            with kept_whole(), forgetting_draft(self.request.user, page_of(self.request)):
                saved = self.save(form)
        except RecordRefused as refused:
            form.refuse(refused.by_field)
            return self.form_invalid(form)
        except Doubted as doubted:
            form.doubts = doubted.doubts
            return self.form_invalid(form)
        messages.success(self.request, self.words_of(saved))
        for notice in saved.notices:
            messages.warning(self.request, _("请注意：%(notice)s") % {"notice": notice})
        return redirect(self.address_after(saved.record))

    def words_of(self, saved: Saved) -> str:
        """That it was saved."""
        return _("%(kind)s已保存。") % {"kind": self.kind.title}

    def address_after(self, record: Model) -> str:
        """The page of the record, or of what it belongs to."""
        return record_url(getattr(record, self.editing.parent) if self.editing.returns else record)


class RecordCreate(RecordFormPage):
    """A new record, below the parent that the address names. Sent twice it is made once."""

    @cached_property
    def parent(self) -> UnionOwned | None:
        """The record it will belong to; None for a kind that has none. Foreign, absent or not named: 404.

        403 with the reason where nothing can be put below it now.
        """
        if not self.editing.parent:
            return None
        found = (named_in(self.request, name, model) for name, model in self.editing.parents.items())
        parent = next(filter(None, found), None)
        if parent is None:
            raise Http404
        if reason := self.editing.barred(parent):
            raise PermissionDenied(str(reason))
        return parent

    def get_initial(self) -> dict[str, Any]:
        key = {"key": self.opened_before} if self.opened_before else {}
        return {**self.editing.initial(self.parent)} | key

    @cached_property
    def opened_before(self) -> UUID | None:
        """The key in the address of a form that one comes back to: the page puts it there when it is first opened."""
        try:
            return UUID(self.request.GET.get(KEY_OF_FORM, ""))
        except ValueError:
            return None

    def _saved_before(self) -> Model | None:
        """The record that came of this form when it was sent before; None if it was not."""
        receipt = self.opened_before and sent_before(user=self.request.user, key=self.opened_before)
        return self._record_of(receipt) if receipt else None

    def _record_of(self, receipt: FormReceipt) -> Model | None:
        """What a receipt stands for, if it lies in scope."""
        model = apps.get_model(receipt.record_type)
        visible: QuerySet[Model] = model.objects.visible_to(self.request.user)
        return visible.filter(pk=receipt.record_pk).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("saved_before", self._saved_before())
        back = record_url(self.parent) if self.parent else ""
        heading = _("新建%(kind)s") % {"kind": self.kind.title}
        title = self.parent._meta.verbose_name if self.parent else ""
        shown = {"heading": heading, "parent": self._parent_caption(), "parent_title": title, "back_url": back}
        return super().get_context_data(**shown, **kwargs)

    def _parent_caption(self) -> str:
        """What the heading of its page calls the parent: a family by its number and the worker's name."""
        if self.parent is None:
            return ""
        kind = kind_at(str(self.parent._meta.model_name), self.parent.pk)
        return caption(kind, self.parent, self.request.user.union.path)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _parent = self.parent  # 404 before anything is shown
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves; or, asked by a `check` button, shows the form again with what can be said of what was typed."""
        _parent = self.parent
        if "check" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form().unjudged()))
        return super().post(request, *args, **kwargs)

    def values(self, form: RecordForm) -> dict:
        """What is saved: what was typed, unless a page knows more."""
        return form.values()

    def save(self, form: RecordForm) -> Saved:
        values = self.values(form)
        return create_record(
            self.editing,
            values=values,
            parent=self.parent,
            by=By.of(self.request),
            key=form.cleaned_data["key"],
            digest=digest_of(values),
            confirmed=form.confirmed,
        )

    def form_valid(self, form: RecordForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except SentBeforeError as sent:
            record = self._record_of(sent.receipt)
            if record is None or not sent.same:
                form.add_error(None, CHANGED_SINCE)
                return self.render_to_response(self.get_context_data(form=form, saved_before=record))
            messages.info(self.request, SENT_BEFORE)
            return redirect(self.address_after(record))


class RecordEdit(RecordFormPage):
    """Changes to a record. Who comes second is shown what the first changed, and saves on top of it knowingly."""

    conflict: Conflict | None = None

    @cached_property
    def record(self) -> VersionedRecord:
        visible = self.kind.model.objects.visible_to(self.request.user)
        get_object_or_404(visible, pk=self.kwargs["pk"])
        record = load(self.editing, self.kwargs["pk"])
        if reason := self.editing.refusal(record):
            raise PermissionDenied(str(reason))
        return record

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"record": self.record, "needed": self.needed}

    @property
    def needed(self) -> frozenset[str]:
        """What the form shows as the page of the record does: of who works on it what that needs."""
        return self.kind.needed if works_on(self.request.user, self.record) else frozenset()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.needed:
            audit.record(
                AuditAction.VIEWED, by=By.of(request), subject=self.kind.subject(self.record), union=self.record.union
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = caption(self.kind, self.record, self.request.user.union.path)
        heading = _("修改%(kind)s %(name)s") % {"kind": self.kind.title, "name": name}
        shown = {"heading": heading, "record": self.record, "back_url": record_url(self.record)}
        return super().get_context_data(conflict=self.conflict, **shown, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves; or, asked by the button beside a reason, shows in full what the form hides, to be changed there."""
        if "reveal_reason" not in request.POST:
            return super().post(request, *args, **kwargs)
        require(self.request.user, Permission.REVEAL_ALONE)
        asked, form = RevealForm({"reason": request.POST.get("reveal_reason", "")}), self.get_form().unjudged()
        if not asked.is_valid():
            return self.render_to_response(self.get_context_data(form=form, reveal=asked), status=400)
        return self.render_to_response(self.get_context_data(form=self._revealed(form, asked.cleaned_data["reason"])))

    @transaction.atomic
    def _revealed(self, form: RecordForm, reason: str) -> RecordForm:
        """The form with what it hid, and an audit row that says who saw which fields, and why."""
        if hidden := form.hidden_columns:
            audit.record(
                AuditAction.REVEALED,
                by=By.of(self.request),
                about=self.record,
                reason=reason,
                fields=[str(column.heading) for column in hidden],
            )
        return form.with_revealed(self.request.user)

    def save(self, form: RecordForm) -> Saved:
        return change_record(
            self.editing,
            self.record,
            values=form.values(),
            version=form.cleaned_data["version"],
            confirmed=form.confirmed,
            by=By.of(self.request),
        )

    def form_valid(self, form: RecordForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Overtaken as overtaken:
            self.conflict = show_conflict(form, overtaken.record, self.request.user)
            return self.render_to_response(self.get_context_data(form=form))
