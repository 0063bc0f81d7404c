"""Bringing in a list: the file, what its columns are taken for, what is said of all rows, what words mean."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.forms.workbook import TOO_LARGE
from portal.gate.field import TableField
from portal.web.layout import form_helper
from portal.workbook.cells import CellFault
from portal.workbook.importing.masking import numbers_masked
from portal.workbook.lists.cells import read_cell
from portal.workbook.lists.mapping import Mapping
from portal.workbook.lists.places import Places
from portal.workbook.lists.service import Understood
from portal.workbook.lists.steps.choices import chosen, groups, put
from portal.workbook.lists.steps.draft import Draft
from portal.workbook.lists.steps.lacking import Lack, lacking
from portal.workbook.lists.steps.on_file import parts_on_file
from portal.workbook.lists.steps.questions import Question
from portal.workbook.lists.steps.unread import Unread
from portal.workbook.raw import shown
from portal.workbook.reading.limits import FILE_BYTES

SAMPLES = 3
LEFT_OUT = gettext_lazy("不导入")
LACKING = gettext_lazy("没有一列当作它，请填写。")


@dataclass(frozen=True)
class ListColumn:
    """A column of the list: its select, sample values, why it is left out or why what it is taken for is doubtful."""

    field: forms.BoundField
    samples: list[str]
    why: str = ""
    doubt: str = ""


class ListUploadForm(forms.Form):
    """One table, as Excel, WPS or a hotline's export saves it."""

    file = TableField(
        label=gettext_lazy("清单文件"),
        accept=(".xlsx", ".xls", ".csv", ".ods"),
        largest=FILE_BYTES,
        help_text=gettext_lazy("Excel、WPS 表格或 CSV 都可以，原来怎么排就怎么传。不超过 10 MB、20000 行。"),
        error_messages={"too_large": TOO_LARGE},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.helper.form_show_errors = False  # there is one field: the summary above says it


class ListKindForm(forms.Form):
    """What the list is of."""

    kind = forms.ChoiceField(label=gettext_lazy("这是什么清单"))

    def __init__(self, *args, draft: Draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.name, kind.title) for kind in draft.kinds]
        self.fields["kind"].initial = draft.reading.kind


class ListColumnsForm(forms.Form):
    """A select for every column of the list, and a field for all that it lacks."""

    name = forms.CharField(
        label=gettext_lazy("给这种清单起个名字"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("下次上传表头相同的清单，会照这次的对应办法和填写内容来。"),
    )

    def __init__(self, *args, draft: Draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["name"].initial = draft.reading.name
        self.helper = form_helper()
        choices = list(groups(draft.kind))
        options = [("", LEFT_OUT), *choices]
        mapping = draft.mapping
        self.positions = sorted(draft.table.headings)
        for at in self.positions:
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=draft.table.headings[at],
                choices=options,
                required=False,
                initial=chosen(mapping.targets.get(at, ())),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.use_required_attribute = False  # a second button leaves them blank
        said = draft.everything_said
        self.on_file = parts_on_file(self.understood, said, draft.upload.union)
        self.lacks = lacking(self._mapping_sent({value for _title, group in choices for value, _words in group}), said)
        # Not in the list itself: their records are made only if one of the fields that open them is filled in.
        self.left_to_choose = {lack.part.title for lack in self.lacks if lack.opens}
        self.places = Places(draft.upload.union)
        for lack in self.lacks:
            self.fields[f"said-{lack.place}"] = self._field(lack, said.get(lack.part.title, {}))

    def _mapping_sent(self, choices: Collection[str]) -> Mapping:
        """What the columns are taken for as the selects were sent: what was chosen just now is lacking no more."""
        mapping = self.draft.mapping
        for at in self.positions:
            value = self.data.get(f"column-{at}")
            if value in {"", *choices} and value != chosen(mapping.targets.get(at, ())):
                put(mapping, at, value)
        return mapping

    def _field(self, lack: Lack, said: dict[str, str]) -> forms.Field:
        column = lack.column
        common = {
            "label": column.heading,
            "required": self._is_demanded(lack),
            "initial": said.get(column.attribute, ""),
            "error_messages": {"required": LACKING},
        }
        if column.attribute == "union":
            name = self.places.name(common["initial"])
            common |= {"label": _("工会"), "initial": name}
            common["help_text"] = _("名称或编码；行里自己写了工会的，按行里写的。")
        elif source := self._source_of(lack):
            words = {"heading": source.column.heading, "sheet": source.part.title}
            same = source.column.heading == column.heading
            common["help_text"] = (_("不填则用%(sheet)s的%(heading)s") if same else _("不填则用%(heading)s")) % words
        elif common["initial"] and lack.place not in self.draft.reading.said:
            common["help_text"] = _("从表的标题里读到的，不对就改。")
        elif not column.cell.words:
            common["help_text"] = column.cell.help
        if lack.part.title in self.on_file:
            common["help_text"] = _("这些行档案里都已有，不用填。")
        if lack.opens:
            common["help_text"] = _("填了，就同时登记“%(sheet)s”；不填不登记。") % {"sheet": lack.part.title}
        elif lack.part.title in self.left_to_choose and not common.get("help_text"):
            common["help_text"] = _("登记“%(sheet)s”时才要填。") % {"sheet": lack.part.title}
        if column.cell.words:
            lines = [common.get("help_text", ""), *getattr(column.cell, "explanations", ())]
            common["help_text"] = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in filter(None, lines)))
            words = [(word, word) for word in column.cell.words]
            return forms.ChoiceField(choices=[("", _("请选择")), *words], **common)
        return forms.CharField(max_length=100, **common)

    def _is_demanded(self, lack: Lack) -> bool:
        """Whether the list cannot go on without it, unless the person chose so."""
        if lack.opens or lack.part.title in self.left_to_choose | self.on_file or self.may_lack:
            return False
        return self._source_of(lack) is None

    def _source_of(self, lack: Lack) -> Lack | None:
        """The other field that it is taken from: the day of application from that of filing."""
        sources = lack.part.takes.get(lack.column.attribute, ())
        places = {f"{source.title}.{source.attribute}" for source in sources}
        return next((other for other in self.lacks if other.place in places and other.column.required), None)

    @cached_property
    def understood(self) -> Understood:
        return self.draft.understood()

    @cached_property
    def columns(self) -> list["ListColumn"]:
        """Each column of the list, as the selects stand now."""
        unread = Unread(self.understood)
        return [self._column(at, unread) for at in self.positions]

    def _column(self, at: int, unread: Unread) -> "ListColumn":
        field = self[f"column-{at}"]
        title, _dot, attribute = (field.value() or "").partition(".")
        if not title:
            return ListColumn(field, self._samples(at), why=unread.why(at))
        sheet = self.draft.kind.sheets.get(title)
        column = sheet and sheet.by_attribute.get(attribute)
        return ListColumn(field, self._samples(at), doubt=column.doubt_of(field.label) if column else "")

    @property
    def left_out(self) -> tuple[int, int]:
        """How many columns are not read, and how many of them hold something."""
        left = [column for column in self.columns if not column.field.value()]
        return len(left), sum(bool(column.why) for column in left)

    def _samples(self, at: int) -> list[str]:
        found = (shown(cells[at]) for _number, cells in self.understood.rows if at < len(cells))
        return [numbers_masked(text) for text, _n in zip(filter(None, found), range(SAMPLES), strict=False)]

    @property
    def said(self):
        """The fields for what the list lacks, by sheet."""
        sheets: dict[str, list] = {}
        for lack in self.lacks:
            sheets.setdefault(lack.part.title, []).append(self[f"said-{lack.place}"])
        return sheets.items()

    def clean(self):
        cleaned = super().clean()
        opened = {lack.part.title for lack in self.lacks if lack.opens and cleaned.get(f"said-{lack.place}")}
        for lack in self.lacks:
            name = f"said-{lack.place}"
            value = (cleaned.get(name) or "").strip()
            if value:
                self._check(name, lack, value)
            elif lack.part.title in opened and not self.may_lack and not lack.opens and not self._source_of(lack):
                self.add_error(name, LACKING)
        self._refuse_taken_twice(cleaned)
        return cleaned

    @property
    def may_lack(self) -> bool:
        """Whether the person chose to leave blank what all rows lack, and to complete it row by row."""
        return "leave" in self.data

    @property
    def may_leave(self) -> bool:
        """Whether there is something that every row lacks and that is asked for."""
        return any(self.fields[f"said-{lack.place}"].required for lack in self.lacks)

    @property
    def is_lacking(self) -> bool:
        """Whether it was refused for nothing but what all rows lack."""
        return bool(self.errors) and all(name.startswith("said-") and not self.data.get(name) for name in self.errors)

    def _check(self, name: str, lack: Lack, value: str) -> None:
        if lack.column.attribute == "union":
            if self.places.find(value) is None:
                self.add_error(name, _("您的范围内没有这个编码或名称的工会。"))
            return
        try:
            read_cell(lack.column, value)
        except CellFault as fault:
            self.add_error(name, str(fault))

    def _refuse_taken_twice(self, cleaned: dict) -> None:
        first: dict[str, int] = {}
        for at in self.positions:
            value = cleaned.get(f"column-{at}")
            if value and first.setdefault(value, at) != at:
                heading = self.draft.table.headings[first[value]]
                self.add_error(
                    f"column-{at}", _("“%(heading)s”已经当作这一列了，请改选其中一列。") % {"heading": heading}
                )

    @property
    def taken(self) -> dict[int, str]:
        return {at: self.cleaned_data[f"column-{at}"] for at in self.positions}

    @property
    def said_values(self) -> dict[str, str]:
        """By place; a union by its code."""
        found = {}
        for lack in self.lacks:
            value = (self.cleaned_data.get(f"said-{lack.place}") or "").strip()
            if value and lack.column.attribute == "union":
                value = self.places.find(value)
            found[lack.place] = value
        return found


class ListWordsForm(forms.Form):
    """A select for every word that is not surely known."""

    def __init__(self, *args, asked: Sequence[Question], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.helper = form_helper()
        for place, question in enumerate(asked):
            choices = [("", _("留到逐行补正")), *((word, word) for word in question.choices)]
            label = _("“%(heading)s”里的“%(word)s”（%(rows)d 行）") % vars(question)
            self.fields[f"word-{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=question.meaning
            )

    @property
    def answers(self) -> dict[tuple[str, str], str]:
        return {
            (question.column, question.word): self.cleaned_data[f"word-{place}"]
            for place, question in enumerate(self.asked)
        }
