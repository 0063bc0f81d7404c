"""Imports: a page for each, what it created and changed row by row, and the way to take it back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.audit import By
from portal.models import Import, ImportedRecord, User
from portal.models.imports.imported import ImportAct
from portal.records.lists.written import RecordLink, links_to
from portal.records.taking_back.acts import agree_to_take_back, hindrances_to, refuse_to_take_back, take_back
from portal.records.taking_back.hindrances import Hindrance, NotTakenBack
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import COUNT_AND_PLACE, PAGE_SIZE, pages_of
from portal.web.base import PortalPage, PortalView, SignedInRequest

JUDGED_AT_ONCE = 200  # records; a longer import is judged when somebody presses


class ImportList(PortalPage):
    """What the user's union and those below it imported, latest first."""

    permission = Permission.IMPORT_WORKBOOK
    template_name = "portal/import/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Import.objects.visible_to(self.request.user).select_related("made_by", "union").order_by("-made_at")
        shown = paged(self.request, found)
        imports = list(shown["rows"])
        counts = counts_of(imports)
        shown["rows"] = [(each, counts[each.pk]) for each in imports]
        return super().get_context_data(**shown, **kwargs)


@dataclass(frozen=True)
class Counts:
    """How many records an import made, and how many on file it changed."""

    created: int = 0
    changed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.created + other.created, self.changed + other.changed)

    @property
    def in_words(self) -> str:
        """新增 4 条、修改 1 条."""
        told = [(_("新增 %(count)d 条"), self.created), (_("修改 %(count)d 条"), self.changed)]
        return "、".join(words % {"count": count} for words, count in told if count)


def counts_of(imports: Iterable[Import]) -> dict[Any, Counts]:
    """Of each import by its key; one query."""
    imports = list(imports)
    acts = (ImportAct.CREATED, ImportAct.CHANGED)
    records = ImportedRecord.objects.filter(imported__in=imports, act__in=acts).order_by()
    found = {(each, act): count for each, act, count in records.values_list("imported", "act").annotate(Count("pk"))}
    return {each.pk: Counts(*(found.get((each.pk, act), 0) for act in acts)) for each in imports}


class OneImport(PortalView):
    """The import of the address; 404 for one of others."""

    permission = Permission.IMPORT_WORKBOOK

    @cached_property
    def imported(self) -> Import:
        found = (
            Import.objects.visible_to(self.request.user)
            .select_related("made_by", "asked_by", "taken_back_by", "union", "upload")
            .defer("upload__content", "upload__table", "upload__reading", "upload__outcome")
        )
        return get_object_or_404(found, pk=self.kwargs["pk"])


@dataclass(frozen=True)
class Blocked:
    """What stands in the way of a taking back, each with a link where there is a page, and what can be done."""

    hindrances: list[tuple[Hindrance, RecordLink | None]]

    @property
    def has_changes(self) -> bool:
        """Whether something may be changed back."""
        return any(hindrance.is_change for hindrance, _link in self.hindrances)

    @property
    def has_work(self) -> bool:
        """Whether something is built on it, which stays."""
        return any(hindrance.about and not hindrance.is_change for hindrance, _link in self.hindrances)


def blocked_by(hindrances: Iterable[Hindrance], user: User) -> Blocked | None:
    """None where nothing stands in the way."""
    found = list(hindrances)
    links = links_to([each.about for each in found if each.about], user)
    told = [(each, links.get(each.about) if each.about else None) for each in found]
    return Blocked(told) if told else None


class ImportShow(OneImport, PortalPage):
    """Who, when, which file, and every record it wrote: of a list all at once, on the page of the first import.

    A short one is judged at once: what stands in the way of taking it back is told before anybody tries.
    """

    template_name = "portal/import/show.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = self.imported.together().first()
        if first is not None and first != self.imported:
            return redirect(f"{reverse('import_show', args=[first.pk])}?{request.GET.urlencode()}".rstrip("?"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        together = list(self.imported.together())
        mine = self.imported.asked_by_id == self.request.user.pk
        counts = sum(counts_of(together).values(), Counts())
        shown = rows_of(self.request, together) | {"counts": counts, "together": together}
        kwargs.setdefault("blocked", self._judged(counts))
        return super().get_context_data(imported=self.imported, asked_by_me=mine, **shown, **kwargs)

    def _judged(self, counts: Counts) -> Blocked | None:
        is_over = self.imported.taken_back_at or self.imported.is_asked_back
        if is_over or counts.created + counts.changed > JUDGED_AT_ONCE:
            return None
        return blocked_by(hindrances_to(self.imported), self.request.user)


def taken_back(imported: Import) -> str:
    """What became of a taking back, in words."""
    if imported.is_asked_back:
        return _("已申请撤回：这次导入涉及审批、资金或银行卡，单位审核人同意后撤回。")
    done = _("已撤回这次导入：新增的记录已删去，改过的记录已恢复原样。")
    return done + _("清单退回到“核对各列”，改好后可以再导入。") if imported.upload_id else done


class ImportTakeBack(ImportShow):
    """撤回本次导入; or no longer asking for it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = By.of(request)
        try:
            if request.POST.get("answer") == "keep":
                refuse_to_take_back(self.imported, by=by)
                messages.success(request, _("已取消撤回申请，这次导入保持不变。"))
            else:
                messages.success(request, taken_back(take_back(self.imported, by=by)))
        except NotTakenBack as refused:
            if blocked := blocked_by((each for each in refused.hindrances if each.about), self.request.user):
                return self.render_to_response(self.get_context_data(blocked=blocked), status=HTTPStatus.CONFLICT)
            messages.error(request, not_taken_back(refused))
        return redirect("import_show", self.imported.pk)


def not_taken_back(refused: NotTakenBack) -> str:
    return _("没有撤回：%(reasons)s。") % {"reasons": "；".join(reason.rstrip("。") for reason in refused.reasons)}


class ImportAsked(PortalPage):
    """The imports of the own union and below whose taking back waits for the person."""

    permission = Permission.APPROVE_CASES
    template_name = "portal/import/asked.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Import.objects.asked_back(self.request.user).select_related("made_by", "asked_by", "union")
        return super().get_context_data(**paged(self.request, found.order_by("asked_at")), **kwargs)


class ImportSecond(PortalPage):
    """One of them, row by row, and the answer."""

    permission = Permission.APPROVE_CASES
    template_name = "portal/import/second.html"

    @cached_property
    def imported(self) -> Import:
        found = Import.objects.asked_back(self.request.user).select_related("made_by", "asked_by", "union")
        imported: Import = get_object_or_404(found, pk=self.kwargs["pk"])
        return imported

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        together = list(self.imported.together())
        return super().get_context_data(imported=self.imported, **rows_of(self.request, together), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = By.of(request)
        try:
            if request.POST.get("answer") == "agree":
                messages.success(request, taken_back(agree_to_take_back(self.imported, by=by)))
            else:
                refuse_to_take_back(self.imported, by=by)
                messages.success(request, _("已退回撤回申请，这次导入保持不变。"))
        except NotTakenBack as refused:
            messages.error(request, not_taken_back(refused))
            return redirect("import_second", self.imported.pk)
        return redirect("import_asked")


def rows_of(request: SignedInRequest, together: Iterable[Import]) -> dict[str, Any]:
    """One page of what imports wrote, with what each row shows and a link to its record; or the new of one sheet."""
    written = ImportedRecord.objects.filter(imported__in=list(together)).exclude(row=None)
    written, chosen = written.order_by("imported__made_at", "place"), request.GET.get("new", "")
    if chosen:
        written = written.filter(sheet=chosen, act=ImportAct.CREATED)
    pages = paged(request, written)
    found = list(pages["rows"])
    links = links_to([(each.model, each.record) for each in found], request.user)
    rows = [(each, *json.loads(each.shown), links.get((each.model, each.record))) for each in found]
    return pages | {"rows": rows, "chosen": chosen}


def paged(request: HttpRequest, found: QuerySet) -> dict[str, Any]:
    """One page of `found`, with what the template needs to turn it."""
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"rows": page.object_list, **pages_of(request, page, COUNT_AND_PLACE)}
