"""Form fields made from the columns of a sheet: the same labels, words, parsing and messages as in a workbook."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.days import with_year
from portal.models import Campaign, Union, UnionOwned, User
from portal.records.editing.colleagues import ColleagueColumn, colleague_widget
from portal.words.identity_kinds import IDENTITY_CARD, KINDS, bare_number, kind_of
from portal.words.pinyin import initials
from portal.workbook.cells import (
    AmountCell,
    CardCell,
    Cell,
    CellFault,
    CodeCell,
    CodeListCell,
    DateCell,
    IdNumberCell,
    TelephoneCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from portal.workbook.importing.links import CampaignColumn, UnionColumn
from portal.workbook.sheets import Column

BLANK = (None, "")
LONG_TEXT = 100
OFFERED_UNIONS = 300
MOST_SUGGESTED = 500
CHOOSE = gettext_lazy("请选择")
KIND = "__kind"  # behind the name of the field of a number


class DateInput(forms.DateInput):
    """A browser's date box; plain text where what was typed is no date, so that it is not lost."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = context["widget"]["value"] or ""
        context["widget"]["type"] = "date" if not typed or _is_iso(typed) else "text"
        return context


class InitialsSelect(forms.Select):
    """A list in which a word is found by typing the initials of its pinyin: kn for 困难职工 (js/keyboard.js)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"]:
            option["attrs"]["data-initials"] = initials(str(option["label"]).strip()).lower()
        return option


class SuggestingInput(forms.TextInput):
    """A line of text with known words to choose from; any other may be typed."""

    def __init__(self, suggestions: Iterable[str], attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.suggestions = list(suggestions)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_known"
        line = super().render(name, value, (attrs or {}) | {"list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', line, key, options)


class IdentityInput(forms.TextInput):
    """The number of a document, and before it what document it is: the identity card, unless another is chosen.

    What is sent is one text, the kind's word and the number, as a cell of a file holds it; a number that has the word
    of a kind in front, pasted or sent by a script, needs no choice.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        number, kind = super().value_from_datadict(data, files, name), data.get(f"{name}{KIND}", "")
        return f"{kind} {number}" if number and number.strip() and kind and not kind_of(number) else number

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = kind_of(str(value or ""))
        bare = bare_number(str(value)) if chosen and not chosen.is_bare(str(value)) else value
        number = super().render(name, bare, attrs, renderer)
        word = chosen.word if chosen else ""
        words = [("", IDENTITY_CARD), *((kind.word, kind.word) for kind in KINDS)]
        kinds = forms.Select(
            choices=words, attrs={"class": "form-select", "aria-label": _("证件种类"), "data-passed": ""}
        )
        # What is wrong stands behind the box of both, which has to say so for it to be seen.
        wrong = " is-invalid" if "is-invalid" in str((attrs or {}).get("class", "")) else ""
        drawn = kinds.render(f"{name}{KIND}", word), number
        return format_html('<div class="records-identity{}">{}{}</div>', wrong, *drawn)


def names_of(model: type[UnionOwned]) -> Callable[[User], Iterable[str]]:
    """For a SuggestingInput: the names of a directory as far as somebody may see it, the first by order."""

    def names(user: User) -> Iterable[str]:
        visible: QuerySet[Any] = model.objects.visible_to(user)
        return visible.order_by("name").values_list("name", flat=True).distinct()[:MOST_SUGGESTED]

    return names


def _is_iso(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


class CellField(forms.Field):
    """One cell of a row, typed. `clean` gives what the importer would read from it."""

    def __init__(self, column: Column, *, required: bool, **kwargs: Any):
        super().__init__(**{"label": column.heading} | kwargs, required=required)
        self.column = column

    def clean(self, value: Any) -> Any:
        if isinstance(value, list):
            value = self.column.cell.separator.join(value)
        try:
            cell = self.column.cell
            read = cell.clean if self.required else cell.clean_optional
            cleaned = read("" if value is None else self._whole(str(value)))
        except CellFault as fault:
            raise forms.ValidationError(str(fault)) from None
        if self.required and cleaned in BLANK:
            raise forms.ValidationError(_("必须填写"))
        return cleaned

    def _whole(self, text: str) -> str:
        """A date typed without its year, with it; anything else as it is."""
        cell = self.column.cell
        return with_year(text, future=cell.future) if isinstance(cell, DateCell) else text


def as_typed(column: Column, value: Any) -> str:
    """A value as somebody would type it, which is also how two versions of it are compared."""
    shown = column.cell.render(value)
    return "" if shown is None else str(shown)


def field_for(column: Column, user: User, *, required: bool) -> CellField:
    """The field of `column`; whatever can be chosen lies within the scope of `user`."""
    widget = _widget(column, user)
    if isinstance(column, UnionColumn) and isinstance(widget, forms.Select):
        return CellField(column, required=required, widget=widget, label=_("所属工会"))
    help_text = " ".join(text for text in (str(column.cell.hint), str(column.note)) if text)
    return CellField(column, required=required, widget=widget, help_text=help_text)


def _widget(column: Column, user: User) -> forms.Widget:
    if isinstance(column, UnionColumn):
        return _union_widget(user)
    if isinstance(column, CampaignColumn):
        return forms.Select(choices=[(str(each.year), str(each)) for each in Campaign.objects.all()])
    if isinstance(column, ColleagueColumn):
        return colleague_widget(user, CHOOSE)
    widget: forms.Widget = forms.TextInput(attrs=_hints(column.cell))
    match column.cell:
        case IdNumberCell():
            widget = IdentityInput(attrs=_hints(column.cell))
        case CodeListCell(words=words):
            widget = forms.CheckboxSelectMultiple(choices=[(word, word) for word in words])
        case CodeCell(words=words) | YesNoCell(words=words):
            widget = InitialsSelect(choices=[("", CHOOSE), *((word, word) for word in words)])
        case DateCell():
            widget = DateInput(format="%Y-%m-%d")
        case TextCell() as cell if cell.multiline or cell.max_length > LONG_TEXT:
            widget = forms.Textarea(attrs={"rows": 2})
    return widget


def _hints(cell: Cell) -> dict[str, str]:
    """What helps a telephone's keyboard, and keeps the browser from remembering people's numbers."""
    if isinstance(cell, IdNumberCell | CardCell | TelephoneCell):
        return {"autocomplete": "off"} | ({} if isinstance(cell, IdNumberCell) else {"inputmode": "tel"})
    if isinstance(cell, AmountCell):
        return {"inputmode": "decimal"}
    return {"inputmode": "numeric"} if isinstance(cell, WholeCell) else {}


def _union_widget(user: User) -> forms.Widget:
    """A list of the unions within scope; where they are too many to choose from, their code is typed."""
    unions = list(Union.objects.in_union(user.union).order_by("path")[: OFFERED_UNIONS + 1])
    if len(unions) > OFFERED_UNIONS:
        return forms.TextInput()
    top = unions[0].depth
    return InitialsSelect(choices=[(union.code, "　" * (union.depth - top) + union.name) for union in unions])
