"""The five steps of a list (lists.md): upload, columns, words, check, confirm."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.forms import Form
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from employment.forms.lists import ListColumnsForm, ListKindForm, ListUploadForm, ListWordsForm
from employment.lists.jobs import BRING_IN, CHECK, is_long
from employment.lists.kinds import kinds_for
from employment.views.lists.result import FATES, result_of, rows_as_they_stand, sheet_counts
from portal.access import Permission, can
from portal.audit import By
from portal.jobs.starting import start
from portal.models import FormDraft, ListUpload
from portal.models.lists import ListState
from portal.models.union import UnionClosed
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import pages_of
from portal.web.base import PortalPage, PortalView
from portal.web.drafts import draft_of, fields_of, forgetting_draft, move_draft, page_of
from portal.workbook.lists.service import CLASHED
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.grid import Grid, typed_cells
from portal.workbook.lists.steps.later import CAME
from portal.workbook.lists.steps.preview import HELD, SAME, WAITS, Preview
from portal.workbook.lists.steps.questions import Question
from portal.workbook.lists.steps.uploads import (
    NotReady,
    answer_words,
    bring_in,
    change_columns,
    change_kind,
    check_list,
    type_into_cells,
    upload_list,
)
from portal.workbook.reading.reader import WorkbookRefused

RECENT = 10
CAME_LATER = "later"  # the tab of rows that were completed
SEALED = ("content", "table", "reading", "outcome", "waiting")  # of no use where lists are only named
ROWS_SHOWN = 20  # each has a field for every column while it is wrong: a form may have a thousand fields


class ListView(PortalView):
    """A step of bringing in a list."""

    permission = Permission.IMPORT_LISTS

    @property
    def uploads(self):
        """What the user's union and those below it uploaded; of the city only its own, not the units' families."""
        user = self.request.user
        visible = ListUpload.objects.visible_to(user)
        return visible.filter(union=user.union) if user.union.is_city else visible

    @cached_property
    def draft(self) -> Draft:
        """The list of the address; 404 for one of others."""
        upload = get_object_or_404(self.uploads.select_related("union").defer("content"), pk=self.kwargs["pk"])
        return Draft(upload, kinds_for(upload.union))

    def check(self, then: str):
        """Check the list as it stands, a long one in a job, and go on to the page `then`."""
        if is_long(self.draft):
            return self.leave_to(CHECK, then)
        check_list(self.draft)
        return redirect(then, self.draft.upload.pk)

    def leave_to(self, kind: str, then: str, **arguments):
        """Start a job for the list, and show how far it is."""
        upload = self.draft.upload
        job = start(kind, self.request.user, upload=str(upload.pk), name=upload.file_name, then=then, **arguments)
        return redirect("job_show", job.pk)


class KeptTyping(ListView):
    """A step whose fields are kept while one types, so that a crash of browser or server loses none."""

    @cached_property
    def left(self) -> FormDraft | None:
        """What was typed and not sent, when the page is opened."""
        return draft_of(self.request.user, page_of(self.request)) if self.request.method == "GET" else None

    def with_typed(self, form: Form, fresh: Callable[[], Form]) -> tuple[Form, FormDraft | None]:
        """The form to show, with what was typed and not sent; and the draft, if it says something else."""
        if self.left is None:
            return form, None
        before = {field.html_name: field.value() or "" for field in form}
        typed = {name: text for name, text in fields_of(self.left).items() if name in before}
        shown = fresh()
        shown.initial = typed
        return shown, self.left if any(before[name] != text for name, text in typed.items()) else None

    def sent(self) -> AbstractContextManager[None]:
        """In here what was typed is taken over, and checked: all of it, or it stays a draft."""
        return forgetting_draft(self.request.user, page_of(self.request))


class ListUploadPage(FormMixin, ListView, PortalPage, ProcessFormView):
    """Choose a file; it is read at once, and nothing is written yet."""

    template_name = "employment/list/upload.html"
    form_class = ListUploadForm

    def get_context_data(self, **kwargs):
        recent = self.uploads.defer(*SEALED).select_related("uploaded_by")
        return super().get_context_data(
            of_city=self.request.user.union.is_city, recent=recent.order_by("-uploaded_at")[:RECENT], **kwargs
        )

    def form_valid(self, form):
        file, user = form.cleaned_data["file"], self.request.user
        try:
            upload = upload_list(
                file.read(),
                name=file.name,
                kinds=kinds_for(user.union),
                unit=user.union,
                by=By.of(self.request),
            )
        except WorkbookRefused as refused:
            form.add_error("file", str(refused.reason))
            return self.form_invalid(form)
        except UnionClosed as closed:
            form.add_error("file", str(closed))
            return self.form_invalid(form)
        return redirect("list_columns", upload.pk)


class ListColumns(FormMixin, KeptTyping, PortalPage, ProcessFormView):
    """What was understood: every column with samples and what it is taken for, and what must be said of all rows."""

    template_name = "employment/list/columns.html"

    def get_form(self, form_class=None):
        return ListColumnsForm(self.request.POST if self.request.method == "POST" else None, draft=self.draft)

    def get_context_data(self, **kwargs):
        kind = self.draft.kind
        main = next(part for part in kind.parts if part.title == kind.main)
        named = main.identity in self.draft.mapping.attributes(kind.main)
        form, restored = self.with_typed(kwargs.get("form") or self.get_form(), self.get_form)
        kwargs["form"] = form
        return super().get_context_data(
            draft_page=page_of(self.request),
            restored=restored,
            upload=self.draft.upload,
            same=self.uploads.same_as(self.draft.upload).select_related("uploaded_by").defer(*SEALED).first(),
            table=self.draft.table,
            rows=len(form.understood.rows),
            skipped=form.understood.skipped,
            kind_form=ListKindForm(draft=self.draft),
            lacking_identity="" if named else kind.sheets[kind.main].column(main.identity).heading,
            **kwargs,
        )

    def form_valid(self, form):
        if self.draft.upload.state == ListState.IMPORTED:
            return redirect("list_check", self.draft.upload.pk)
        with self.sent():
            change_columns(self.draft, form.taken, said=form.said_values, name=form.cleaned_data["name"])
            return self.check("list_words")


class ListKindChange(ListView):
    """The list is of another kind: its columns are proposed anew."""

    def post(self, request, *args, **kwargs):
        form = ListKindForm(request.POST, draft=self.draft)
        if form.is_valid() and self.draft.upload.state != ListState.IMPORTED:
            with forgetting_draft(request.user, reverse("list_columns", args=[self.draft.upload.pk])):
                change_kind(self.draft, form.cleaned_data["kind"])
        return redirect("list_columns", self.draft.upload.pk)


class ListWords(FormMixin, KeptTyping, PortalPage, ProcessFormView):
    """Words of coded columns that are not known, each asked for once; passed over where the check found none."""

    template_name = "employment/list/words.html"

    @cached_property
    def asked(self) -> list[Question]:
        upload = self.draft.upload
        return Preview.loads(upload.outcome).asked if upload.state == ListState.CHECKED else []

    def get(self, request, *args, **kwargs):
        """The words, unless all of them were put to somebody before: what was left open then is completed by hand."""
        answers = self.draft.reading.answers
        if all(each.word in answers.get(each.column, {}) for each in self.asked):
            return redirect("list_check", self.draft.upload.pk)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return ListWordsForm(self.request.POST if self.request.method == "POST" else None, asked=self.asked)

    def get_context_data(self, **kwargs):
        kwargs["form"], restored = self.with_typed(kwargs.get("form") or self.get_form(), self.get_form)
        return super().get_context_data(
            upload=self.draft.upload, draft_page=page_of(self.request), restored=restored, **kwargs
        )

    def form_valid(self, form):
        if self.draft.upload.state == ListState.IMPORTED:
            return redirect("list_check", self.draft.upload.pk)
        with self.sent():
            answer_words(self.draft, form.answers)
            return self.check("list_check")


class ListCheck(KeptTyping, PortalPage):
    """What would become of each row, in the list's own order; wrong cells are typed into in place.

    Of a list that came in: what became of it.
    """

    def get_template_names(self):
        is_imported = self.draft.upload.state == ListState.IMPORTED
        return ["employment/list/result.html" if is_imported else "employment/list/check.html"]

    def get(self, request, *args, **kwargs):
        if self.draft.upload.state == ListState.OPEN:
            return redirect("list_columns", self.draft.upload.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        upload = self.draft.upload
        is_imported = upload.state == ListState.IMPORTED
        preview = Preview.loads(upload.outcome)
        if is_imported:
            preview.rows = rows_as_they_stand(upload, preview)
            kwargs |= result_of(upload, preview, self.request.user)
            kwargs["may_trace"] = can(self.request.user, Permission.IMPORT_WORKBOOK)
        counts = {fate: preview.count(fate) for fate in FATES}
        created = preview.outcome["created"]
        counts[CAME_LATER] = sum(bool(row.later) for row in preview.rows)
        fate = self.request.GET.get("fate")
        if fate not in counts:
            fate = HELD if counts[HELD] else ""
        rows = [row for row in preview.rows if fate in ("", row.fate, row.later and CAME_LATER)]
        tabs = FATES | {CAME_LATER: _("已补导")} | ({} if is_imported else {HELD: _("有错，要改")})
        page = Paginator(rows, ROWS_SHOWN).get_page(self.request.GET.get("page"))
        can_type = upload.state == ListState.CHECKED
        wrong = [row.number for row in page if row.fate == HELD]
        typed = typed_cells(self.draft, fields_of(self.left), wrong) if self.left and can_type else {}
        grid = Grid(self.draft, page, can_type=can_type, typed=typed)
        return super().get_context_data(
            upload=upload,
            outcome=preview.outcome,
            sheets=sheet_counts(preview.outcome),
            comes_as=[part.comes_as for part in self.draft.kind.parts if created.get(part.title) and part.comes_as],
            tabs=[(name, label, counts[name], name == fate) for name, label in tabs.items()],
            total=len(preview.rows),
            draft_page=page_of(self.request),
            restored=self.left if typed else None,
            fate=fate,
            fates=FATES,
            grid=grid,
            held=counts[HELD],
            asked=counts[WAITS],
            right=sum(row.fate in CAME for row in preview.rows),
            is_known=all(row.fate == SAME for row in preview.rows),
            has_open=bool(wrong) and can_type,
            **pages_of(self.request, page, _("共 %(count)d 行，第 %(page)d / %(pages)d 页")),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if self.draft.upload.state == ListState.CHECKED:
            rows = [row.number for row in Preview.loads(self.draft.upload.outcome).rows if row.fate == HELD]
            typed = typed_cells(self.draft, request.POST, rows)
            if typed:
                with self.sent():
                    type_into_cells(self.draft, typed)
                    return self.check("list_check")
            messages.info(request, _("没有改动的格子。"))
        return redirect("list_check", self.draft.upload.pk)


class ListConfirm(ListView):
    """Bring in the rows that are right; the others wait to be completed."""

    def post(self, request, *args, **kwargs):
        try:
            return self._confirmed(request)
        except NotReady as not_ready:
            messages.error(request, str(not_ready))
        except IntegrityError:  # some constraints are looked at when all is written, and the draft moved with it
            messages.error(request, CLASHED)
        return redirect("list_check", self.draft.upload.pk)

    @transaction.atomic
    def _confirmed(self, request):
        if self.draft.upload.state == ListState.CHECKED:
            # What was typed and not sent is of rows that are wrong: it stands in them where they wait.
            check, held = (reverse(name, args=[self.draft.upload.pk]) for name in ("list_check", "held_rows"))
            move_draft(request.user, check, to=held)
        if self.draft.upload.state == ListState.CHECKED and is_long(self.draft):
            return self.leave_to(BRING_IN, "list_check", address=By.of(request).address)
        outcome = bring_in(self.draft, by=By.of(request))
        if sent := len({each.row for each in outcome.waits}):
            messages.success(request, _("%(sent)d 行已送单位审核人复核，复核同意后写入。") % {"sent": sent})
        return redirect("list_check", self.draft.upload.pk)
