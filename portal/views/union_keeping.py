"""Unions kept by the administrator: opened, renamed, closed, and merged after a look at what would move."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.audit import By
from portal.forms.union_keeping import UnionCloseForm, UnionMergeForm, UnionOpenForm, UnionRenameForm
from portal.models import Union
from portal.refusals.lookup import get_object_or_404
from portal.unions.keeping import close_union, open_union, rename_union
from portal.unions.merging import merge_unions, try_merger
from portal.web.base import PortalPage
from portal.workflow import MoveRefused

EXAMPLES = 20


class UnionPage(FormMixin, PortalPage, ProcessFormView):
    """A form about unions; what is wrong with it is said beside it."""

    permission = Permission.MANAGE_UNIONS
    template_name = "portal/union/form.html"
    title = ""

    @cached_property
    def union(self) -> Union:
        unions = Union.objects.visible_to(self.request.user).select_related("merged_into")
        union: Union = get_object_or_404(unions, pk=self.kwargs["pk"])
        return union

    @property
    def by(self) -> By:
        return By.of(self.request)

    def keep(self, **given: Any) -> str:
        """Do what the form says; what to say of it. Raises ValidationError and MoveRefused."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        union = self.union if "pk" in self.kwargs else None
        return super().get_context_data(union=union, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said = self.keep(**form.cleaned_data)
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, said)
            return redirect("union_list")
        return self.form_invalid(form)


class UnionOpen(UnionPage):
    """A new union below another."""

    form_class = UnionOpenForm

    def keep(self, **given: Any) -> str:
        made = open_union(**given, by=self.by)
        return _("已设立“%(union)s”。") % {"union": made.name}


class UnionRename(UnionPage):
    """Another name or kind."""

    form_class = UnionRenameForm

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.union.name, "kind": self.union.kind}

    def keep(self, **given: Any) -> str:
        renamed = rename_union(self.union, **given, by=self.by)
        return _("“%(union)s”已保存。") % {"union": renamed.name}


class UnionClose(UnionPage):
    """Closed from a day on; or open again."""

    form_class = UnionCloseForm

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.union.closed_on}

    def keep(self, **given: Any) -> str:
        union = close_union(self.union, **given, by=self.by)
        return f"{union.name}：{union.standing}。"


class UnionMerge(UnionPage):
    """What a merger would do, tried and taken back; then, confirmed, done."""

    form_class = UnionMergeForm
    template_name = "portal/union/merge.html"

    def form_valid(self, form: Any) -> HttpResponse:
        given, union = form.cleaned_data, self.union
        if self.request.POST.get("step") != "confirmed":
            merger = try_merger(union, given.pop("into"), by=self.by, **given)
            examples = merger.moved.renamed[:EXAMPLES]
            more = len(merger.moved.renamed) - len(examples)
            shown = {"merger": merger, "counts": list(merger.moved.counts.items()), "examples": examples, "more": more}
            return self.render_to_response(self.get_context_data(form=form, **shown))
        return super().form_valid(form)

    def keep(self, **given: Any) -> str:
        merger = merge_unions(self.union, given.pop("into"), **given, by=self.by)
        return _("“%(union)s”已并入“%(into)s”。") % {"union": merger.union.name, "into": merger.into.name}
