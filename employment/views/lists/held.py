"""待补正: rows of lists that were wrong, completed in place or dropped."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from employment.lists.kinds import kinds_for
from employment.views.lists.result import counts_in_words, sheet_counts
from employment.views.lists.steps import ROWS_SHOWN, SEALED, ListView
from portal.audit import By
from portal.models import HeldRow
from portal.models.lists import HeldState
from portal.text import as_key
from portal.views.listing import pages_of
from portal.web.base import PortalPage
from portal.web.drafts import draft_of, fields_of, forget_draft, page_of
from portal.workbook.lists.service import CLASHED, ListOutcome
from portal.workbook.lists.steps.grid import Grid, typed_cells
from portal.workbook.lists.steps.held import KEPT, complete, drop
from portal.workbook.lists.steps.left import faults
from portal.workbook.lists.steps.preview import HELD, PreviewRow

NOTICES_TOLD = 5  # all of them stand in the result of the list


class HeldList(ListView, PortalPage):
    """The lists that have such rows, the oldest first."""

    template_name = "employment/held/list.html"

    def get_context_data(self, **kwargs):
        to_complete = HeldRow.objects.filter(upload=OuterRef("pk")).to_complete()
        waiting = self.uploads.filter(Exists(to_complete)).select_related("uploaded_by", "union")
        waiting = waiting.defer(*SEALED)
        asked = Q(held_rows__state=HeldState.WAITING)
        waiting = waiting.annotate(rows=Count("held_rows", filter=~asked), since=Min("held_rows__held_at")).order_by(
            "since"
        )
        return super().get_context_data(
            uploads=[(upload, upload.since + KEPT) for upload in waiting],
            days=KEPT.days,
            **kwargs,
        )


class HeldView(ListView):
    """The held rows of one list."""

    @property
    def rows(self):
        return HeldRow.objects.filter(upload=self.draft.upload).to_complete()


class HeldRows(HeldView, PortalPage):
    """The rows as a grid of fields, ROWS_SHOWN at a time, each wrong cell with its reason."""

    template_name = "employment/held/rows.html"

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows, ROWS_SHOWN).get_page(self.request.GET.get("page"))
        if not page.paginator.count:
            raise Http404
        typed = self._typed_before()
        return super().get_context_data(
            upload=self.draft.upload,
            grid=Grid(self.draft, [PreviewRow(row.row, HELD, faults=faults(row)) for row in page], typed=typed),
            draft_page=page_of(self.request),
            restored=draft_of(self.request.user, page_of(self.request)) if typed else None,
            count=page.paginator.count,
            **pages_of(self.request, page, _("共 %(count)d 行，第 %(page)d / %(pages)d 页")),
            **kwargs,
        )

    def _typed_before(self) -> dict[int, dict[str, str]]:
        """What was typed into the rows and not sent, by row and place."""
        left = draft_of(self.request.user, page_of(self.request))
        numbers = self.rows.values_list("row", flat=True)
        return typed_cells(self.draft, fields_of(left), numbers) if left else {}

    def post(self, request, *args, **kwargs):
        numbers = set(self.rows.values_list("row", flat=True))
        typed = typed_cells(self.draft, request.POST, numbers)
        try:
            outcome = self._complete(typed)
        except IntegrityError:  # some constraints are looked at when all is written
            messages.error(request, CLASHED)
            return redirect(request.get_full_path())
        if outcome.reason:
            messages.error(request, outcome.reason)
            return redirect(request.get_full_path())
        if outcome.dry_run:
            messages.warning(
                request, _("都没有导入，填写的内容已存下：还有 %(wrong)d 行要改。") % {"wrong": _wrong(outcome)}
            )
            return redirect(request.get_full_path())
        sent = len({each.row for each in outcome.waits})
        left = self.rows.count()
        done = len(numbers) - left - sent
        if sent:
            messages.success(request, _("%(sent)d 行已送单位审核人复核，复核同意后写入。") % {"sent": sent})
        if done:
            messages.success(request, _done_in_words(done, left, outcome))
            for notice in outcome.notices[:NOTICES_TOLD]:
                messages.warning(request, _("提示（不影响导入）：%(notice)s") % {"notice": notice})
        elif not sent:
            messages.warning(request, _("填写的内容已存下，还没有一行可以导入，请看各行的原因。"))
        return redirect(request.get_full_path()) if left else redirect("list_check", self.draft.upload.pk)

    @transaction.atomic
    def _complete(self, typed) -> ListOutcome:
        outcome = complete(
            self.draft.upload,
            typed,
            kinds=kinds_for(self.draft.upload.union),
            by=By.of(self.request),
            whole="all" in self.request.POST,
        )
        if not outcome.reason:
            forget_draft(self.request.user, page_of(self.request))
        return outcome


def _wrong(outcome: ListOutcome) -> int:
    return len({each.row for each in outcome.held})


def _done_in_words(done: int, left: int, outcome: ListOutcome) -> str:
    records = counts_in_words(sheet_counts(outcome.as_json())) or _("档案里都已有")
    told = _("补导了 %(done)d 行（%(records)s）") % {"done": done, "records": records}
    return told + (_("，还有 %(left)d 行待补正。") % {"left": left} if left else _("，都补完了。"))


class HeldDrop(TemplateResponseMixin, ContextMixin, HeldView):
    """Give up one row for good, once it was looked at and the press confirmed."""

    template_name = "employment/held/drop.html"

    def post(self, request, *args, **kwargs):
        number = as_key(request.POST.get("row", ""))
        row = self.rows.filter(row=number).first() if number else None
        if row and request.POST.get("confirmed") != "1":
            shown = PreviewRow(row.row, HELD, faults=faults(row))
            grid = Grid(self.draft, [shown], can_type=False)
            return self.render_to_response(self.get_context_data(upload=self.draft.upload, row=row, grid=grid))
        if row and drop(self.draft.upload, [row.row]):
            messages.success(request, _("第 %(row)s 行不再导入。") % {"row": row.row})
        if self.rows.exists():
            return redirect("held_rows", self.draft.upload.pk)
        return redirect("held_list")
