"""Many records of a kind in a grid: new ones, and those that were ticked in the list."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.access import Permission
from portal.audit import By
from portal.form_keys import sent_among
from portal.models import FormDraft
from portal.records.attribute import NAMED, record_url
from portal.records.caption import caption_of as caption
from portal.records.editing.declaration import Editing
from portal.records.editing.saving import RecordRefused
from portal.records.grid.declaration import LINES, MOST, EntryGrid
from portal.records.grid.form import GridForm
from portal.records.grid.lines import Line, fields_of, lines_of
from portal.records.grid.saving import SavedLines, save_lines
from portal.records.grid.table import GridTable
from portal.records.lists.left import way_back
from portal.records.lists.selection import keys_of, selection_of
from portal.records.naming import attach_names
from portal.records.views.page import KindPage
from portal.refusals.lookup import MissedError
from portal.web.base import SignedInRequest
from portal.web.drafts import draft_of, forget_draft, keep_draft
from portal.web.drafts import fields_of as typed_in
from portal.web.kept_forms import kept_form
from portal.web.sent_once import KEY, key_in, key_of_page
from portal.workbook.importing.showing import NAMES

SET = "set"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class GridPage(KindPage):
    """A grid: what is refused of it comes back with everything typed, and waits as a draft until it is saved."""

    act = "grid"
    permission = Permission.KEEP_RECORDS
    is_new = True

    @cached_property
    def form(self) -> GridForm:
        editing, grid = cast("Editing", self.kind.editing), cast("EntryGrid", self.kind.grid)
        return GridForm(editing, grid, self.request.user, is_new=self.is_new)

    @property
    def page(self) -> str:
        """By which its draft is known."""
        raise NotImplementedError

    def lines(self, data: QueryDict) -> list[Line]:
        return lines_of(data, self.form.attributes)

    def show(self, lines: Sequence[Line], *, key: UUID, **context: Any) -> HttpResponse:
        shown = {"form_key": key, "most": MOST, "draft_page": self.page, "is_new": self.is_new}
        table = GridTable(self.form, lines, self.captions(lines))
        return self.render_to_response(self.get_context_data(table=table, **shown, **context))

    def captions(self, lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
        """What the records of lines are called, and their addresses, by line."""
        return {}

    def padded(self, lines: list[Line], _to: int = LINES) -> list[Line]:
        """The lines with blank ones below."""
        return lines

    def save(self, lines: list[Line], key: UUID) -> HttpResponse:
        """Everything is saved: back to the list. Something is left: the same grid with that."""
        try:
            with transaction.atomic():
                saved = self._saved(lines, key)
        except RecordRefused as refused:
            words = " ".join(reason for reasons in refused.by_field.values() for reason in reasons)
            messages.error(self.request, words)
            return self.show(self.padded(lines), key=key)
        self._tell(saved)
        return self.show(self.padded(saved.left), key=key) if saved.left else redirect(self.list_url)

    def _saved(self, lines: list[Line], key: UUID) -> SavedLines:
        whole = "rows" not in self.request.POST
        saved = save_lines(self.form, lines, whole=whole, by=By.of(self.request), key=key)
        if saved.left:
            keep_draft(self.request.user, self.page, self._as_draft(saved.left, key))
        else:
            forget_draft(self.request.user, self.page)
        return saved

    def _as_draft(self, lines: Sequence[Line], key: UUID) -> QueryDict:
        draft = QueryDict(mutable=True)
        draft[KEY] = str(key)
        for name, text in fields_of(lines):
            draft[name] = text
        return draft

    def _tell(self, saved: SavedLines) -> None:
        words = {"kind": self.kind.title, "count": saved.written, "left": len(saved.left), "before": saved.before}
        if saved.written:
            messages.success(self.request, _("已保存 %(count)d 条%(kind)s。") % words)
        elif saved.unchanged and not saved.left:
            messages.info(self.request, _("没有改动，不用保存。"))
        if saved.before:
            messages.info(self.request, _("%(before)d 行此前已经保存过，没有重复登记。") % words)
        for notice in saved.notices:
            messages.warning(self.request, _("请注意：%(notice)s") % {"notice": notice})
        if saved.left and "rows" in self.request.POST:
            messages.warning(self.request, _("还有 %(left)d 行没有保存，填写的内容都在下面。") % words)
        elif saved.left:
            messages.warning(self.request, _("都没有保存：有的行还要改。也可以按“先存对的行”。"))

    def refused(self, lines: list[Line]) -> str:
        """Why lines are not even tried, in words."""
        if len(lines) > MOST:
            return _("一次最多保存 %(most)d 行，现有 %(count)d 行，请分次保存。") % {"most": MOST, "count": len(lines)}
        return ""


class GridCreate(GridPage):
    """New records. The number of a line stays its own, so that a line sent again is known."""

    @property
    def page(self) -> str:
        return self.request.path

    def captions(self, lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
        """Whose each line is, where the number that was typed has been found among those one may see."""
        made = {line.number: line.made for line in lines if line.made is not None}
        if made:
            attach_names(self.kind, made.values(), self.request.user)
        return {number: (self._whose(record), "") for number, record in made.items()}

    def _whose(self, record: Any) -> str:
        named = getattr(record, NAMED, None) or getattr(record, str(self.form.editing.parent))
        seen = getattr(named, "union_path", self.request.user.union.path).startswith(self.request.user.union.path)
        return next((str(getattr(named, name)) for name in NAMES if seen and hasattr(named, name)), "")

    def padded(self, lines: list[Line], to: int = LINES) -> list[Line]:
        last = max([line.number for line in lines] + [self.saved_up_to])
        return lines + [Line(last + place) for place in range(1, to - len(lines) + 1)]

    @cached_property
    def key(self) -> UUID:
        return key_in(self.request.POST) or key_of_page(self.request)

    @cached_property
    def saved_up_to(self) -> int:
        """The last line of this grid that was saved; 0 for none."""
        known = sent_among(user=self.request.user, keys=self._keys)
        return max((number for key, number in self._keys.items() if key in known), default=0)

    @cached_property
    def _keys(self) -> dict[UUID, int]:
        return {Line(number).key(self.key): number for number in range(1, 2 * MOST)}

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        sent, draft = kept_form(request), draft_of(self.request.user, self.page)
        typed = sent or (typed_in(draft) if draft else None)
        lines = []
        if typed:
            self.key = key_in(typed) or self.key
            known = sent_among(user=self.request.user, keys=self._keys)
            lines = [line for line in self.lines(typed) if not line.is_blank and line.key(self.key) not in known]
        if sent:
            messages.warning(request, _("登录已过期，您填写的内容已找回，尚未保存。请核对后再次提交。"))
        restored = draft if lines and not sent else None
        return self.show(self.padded(lines), key=self.key, restored=restored)

    def post(self, request: SignedInRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        typed = self.lines(request.POST)
        lines = [line for line in typed if not line.is_blank]
        if "more" in request.POST:
            return self.show(self.padded(typed, min(len(typed) + LINES, MOST)), key=self.key)
        if refusal := self.refused(lines):
            messages.error(request, refusal)
            return self.show(self.padded(lines), key=self.key)
        if not lines:
            messages.warning(request, _("还没有填写任何一行。"))
            return self.show(self.padded([]), key=self.key)
        return self.save(lines, self.key)


class GridEdit(GridPage):
    """Records that were ticked in the list, or all that its filters find. Which ones, a draft remembers."""

    is_new = False

    @property
    def page(self) -> str:
        return f"{self.request.path}?{SET}={self.set}"

    @cached_property
    def set(self) -> str:
        return self.request.POST.get(SET) or self.request.GET.get(SET, "")

    @cached_property
    def draft(self) -> FormDraft | None:
        return draft_of(self.request.user, self.page) if self.set else None

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if not self.set:
            raise Http404
        typed = kept_form(request) or (typed_in(self.draft) if self.draft else None)
        lines = self._with_records(self.lines(typed)) if typed else []
        for line in lines:
            if reason := self.form.editing.refusal(line.record):
                line.refuse(None, str(reason))
        if not lines:
            messages.info(request, _("请先在列表中勾选要修改的记录。"))
            return redirect(self.list_url)
        restored = self.draft if any(map(self.form.differs, lines)) else None
        return self.show(lines, key=key_of_page(request), restored=restored)

    def post(self, request: SignedInRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if SET not in request.POST:
            return self._open()
        lines = self.lines(request.POST)
        if refusal := self.refused(lines):
            messages.error(request, refusal)
            return redirect(self.list_url)
        found = self._with_records(lines)
        if len(found) != len(lines):
            raise Http404
        return self.save(found, key_in(request.POST) or key_of_page(request)) if found else redirect(self.list_url)

    def show(self, lines: Sequence[Line], *, key: UUID, **context: Any) -> HttpResponse:
        return super().show(lines, key=key, set=self.set, **context)

    def _open(self) -> HttpResponse:
        """From the list: what was chosen becomes a draft with nothing typed, unless there is one with something."""
        chosen = selection_of(self.request, self.kind, MOST)
        if not chosen.is_all and len(set(keys_of(self.request.POST, "ids"))) > len(chosen.pks) <= MOST:
            raise MissedError(self.kind.model, {"pk__in": set(keys_of(self.request.POST, "ids"))})
        if not 0 < len(chosen.pks) <= MOST:
            words = _("请先在列表中勾选要修改的记录。")
            if chosen.pks:
                words = _("一次最多修改 %(most)d 条，请先筛选再修改。") % {"most": MOST}
            messages.error(self.request, words)
            return redirect(way_back(self.request, self.kind, filters=chosen.filters))
        self.set = hashlib.sha256(repr(chosen.pks).encode()).hexdigest()[:16]
        if self.draft is None:
            lines = [Line(number, pk=pk) for number, pk in enumerate(chosen.pks, start=1)]
            keep_draft(self.request.user, self.page, self._as_draft(lines, key_of_page(self.request)))
        return redirect(self.page)

    def _with_records(self, lines: Sequence[Line]) -> list[Line]:
        """The lines whose record is in scope, with it; one that was only ticked is of the version on file."""
        sheet = self.form.editing.sheet
        model = sheet.model
        visible = model.objects.visible_to(self.request.user).select_related("union", *sheet.related)
        visible = visible.prefetch_related(*sheet.prefetched)
        records = visible.in_bulk([line.pk for line in lines if line.pk is not None])
        found = [line for line in lines if line.pk in records]
        for line in found:
            line.record = records[line.pk]
            if line.version is None or not self.form.differs(line):
                line.version = line.record.version
        return found

    def captions(self, lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
        records = [line.record for line in lines]
        attach_names(self.kind, records, self.request.user)
        scope, paths = self.request.user.union.path, self.form.grid.caption or self.kind.caption
        return {line.number: (caption(paths, line.record, scope), record_url(line.record)) for line in lines}
