"""Code lists: read by everybody, kept by the city."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission, can
from portal.audit import By
from portal.codes.changing import add_word, codes_now, give_back_word, put_in_order, withdraw_word
from portal.codes.declaration import CodeList, code_lists
from portal.codes.history import told_changes
from portal.codes.kept import codes_of
from portal.codes.used import counted, uses_of
from portal.codes.words import Codes, Word
from portal.enums import CodeAct
from portal.forms.codes import CodeAddForm, CodeGiveBackForm, CodeListForm, CodeOrderForm, CodeWithdrawForm
from portal.models import CodeChange
from portal.models.codes.change import FIRST_YEAR, LAST_YEAR
from portal.records.exporting.resource import ExportColumn
from portal.text import as_year
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage


@dataclass(frozen=True)
class CodeListRow:
    """One list as the page of all tells it: how many words may be chosen this year, and when it was changed."""

    code_list: CodeList
    uses: str
    offered: int
    years: str


@dataclass(frozen=True)
class WordRow:
    """One word in a year; `records` is None where nobody can or may count."""

    word: Word
    holds: bool
    successor: str
    records: int | None


class CodeListList(PortalPage):
    """All lists that may be edited: some twenty rows."""

    permission = Permission.VIEW_HOME
    template_name = "portal/codes/list.html"

    def get_rows(self) -> Iterator[CodeListRow]:
        changed = defaultdict(set)
        for name, year in CodeChange.objects.exclude(year=None).values_list("list_name", "year").distinct():
            changed[name].add(str(year))
        this = localdate().year
        for each in code_lists().values():
            uses = "、".join(map(str, uses_of(each)))
            years = "、".join(sorted(changed[each.name]))
            yield CodeListRow(each, uses, len(codes_of(each.choices).offered(this)), years)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.get_rows(), export_url=reverse("codelist_export"), **kwargs)


class CodeListExport(WholeListExport, CodeListList):  # type: ignore[misc]  # it takes the rows of any page
    title = gettext_lazy("代码表")
    list_name = "codelist_list"
    columns = (
        ExportColumn(gettext_lazy("代码表"), lambda row: str(row.code_list.title)),
        ExportColumn(gettext_lazy("用在哪里"), lambda row: row.uses),
        ExportColumn(gettext_lazy("今年可选"), lambda row: row.offered),
        ExportColumn(gettext_lazy("改过的年份"), lambda row: row.years),
    )


class OneCodeList(PortalPage):
    """A page of one list, which its address names."""

    @cached_property
    def code_list(self) -> CodeList:
        found = code_lists().get(self.kwargs["name"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def codes(self) -> Codes:
        return codes_now(self.code_list)


class CodeListShow(OneCodeList):
    """The words of one list in a year, `?year=`, and what was changed."""

    permission = Permission.VIEW_HOME
    template_name = "portal/codes/show.html"

    @property
    def asked_year(self) -> int | None:
        """The year that was asked for; None where it is none in which words may begin or end."""
        asked = as_year(self.request.GET.get("year", ""))
        return asked if asked and FIRST_YEAR <= asked <= LAST_YEAR else None

    @property
    def year(self) -> int:
        return self.asked_year or localdate().year

    def get_rows(self) -> list[WordRow]:
        user = self.request.user
        records = counted(self.code_list, user) if can(user, Permission.VIEW_RECORDS) else None
        labels = self.codes.labels
        return [
            WordRow(
                word,
                word.holds_in(self.year),
                labels.get(word.successor, ""),
                None if records is None else records[word.code],
            )
            for word in self.codes.words
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, name = self.request.user, self.code_list.name
        rows = self.get_rows()
        return super().get_context_data(
            code_list=self.code_list,
            uses=uses_of(self.code_list),
            year=self.year,
            year_refused=self.request.GET.get("year") and not self.asked_year,
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
            rows=[row for row in rows if not row.word.is_never_used],
            never_used=[row.word for row in rows if row.word.is_never_used],
            is_counted=any(row.records is not None for row in rows),
            may_count=can(user, Permission.VIEW_RECORDS),
            changes=told_changes(self.code_list),
            may_edit=can(user, Permission.KEEP_CODE_LISTS),
            export_url=f"{reverse('codelist_words', args=[name])}?year={self.year}",
            **kwargs,
        )


class CodeListWords(WholeListExport, CodeListShow):  # type: ignore[misc]  # likewise
    title = gettext_lazy("代码表")
    list_name = "codelist_list"
    columns = (
        ExportColumn(gettext_lazy("名称"), lambda row: row.word.word),
        ExportColumn(gettext_lazy("代码"), lambda row: row.word.code),
        ExportColumn(gettext_lazy("使用年份"), lambda row: row.word.years),
        ExportColumn(gettext_lazy("这一年可选"), lambda row: _("是") if row.holds else _("否")),
        ExportColumn(gettext_lazy("改用"), lambda row: row.successor),
        ExportColumn(gettext_lazy("记录数"), lambda row: row.records),
    )

    @property
    def sheet_title(self) -> str:
        return str(self.code_list.title)

    def subject(self) -> str:
        return _("代码表 %(title)s") % {"title": self.code_list.title}

    @property
    def file_title(self) -> str:
        return _("代码表_%(title)s") % {"title": self.code_list.title}

    def filters_used(self) -> list[str]:
        return [_("年份")] if self.request.GET.get("year") else []


class CodeListPage(FormMixin, OneCodeList, ProcessFormView):
    """A form about one list, or one word of it; what is wrong is said beside it, and nothing typed is lost."""

    permission = Permission.KEEP_CODE_LISTS
    template_name = "portal/codes/form.html"
    act: CodeAct

    @cached_property
    def word(self) -> Word | None:
        code = self.kwargs.get("code")
        if code is None:
            return None
        if code not in self.codes.by_code:
            raise Http404
        return self.codes.by_code[code]

    def get_form_kwargs(self) -> dict[str, Any]:
        code = self.word.code if self.word else ""
        return super().get_form_kwargs() | {"code_list": self.code_list, "codes": self.codes, "about": code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(code_list=self.code_list, word=self.word, act=self.act.label, **kwargs)

    def keep(self, given: dict[str, Any], by: By) -> None:
        """Do what the form says. Raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: CodeListForm) -> HttpResponse:
        try:
            self.keep(form.cleaned_data, By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已保存：%(act)s。") % {"act": self.act.label})
        return redirect("codelist_show", self.code_list.name)


class CodeListAdd(CodeListPage):
    """A word more."""

    form_class = CodeAddForm
    act = CodeAct.ADDED

    def keep(self, given: dict[str, Any], by: By) -> None:
        add_word(self.code_list, **given, by=by)


class CodeListWithdraw(CodeListPage):
    """A word that is offered no more from some year on."""

    form_class = CodeWithdrawForm
    act = CodeAct.WITHDRAWN

    def keep(self, given: dict[str, Any], by: By) -> None:
        last = given.pop("year")
        withdraw_word(self.code_list, self.kwargs["code"], last_year=last, **given, by=by)


class CodeListGiveBack(CodeListPage):
    """A word that was withdrawn, offered again."""

    form_class = CodeGiveBackForm
    act = CodeAct.GIVEN_BACK

    def keep(self, given: dict[str, Any], by: By) -> None:
        first = given.pop("year")
        give_back_word(self.code_list, self.kwargs["code"], first_year=first, **given, by=by)


class CodeListOrder(CodeListPage):
    """The order in which the words are offered."""

    form_class = CodeOrderForm
    act = CodeAct.ORDERED

    def form_valid(self, form: CodeListForm) -> HttpResponse:
        self.order = form.order if isinstance(form, CodeOrderForm) else []
        return super().form_valid(form)

    def keep(self, given: dict[str, Any], by: By) -> None:
        put_in_order(self.code_list, self.order, seen=given["seen"], by=by)
