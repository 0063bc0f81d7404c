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
from portal.unions.choosing.field import ChoosesUnion
from portal.words.identity_kinds import IDENTITY_CARD, KINDS, bare_number, kind_of, shape_of
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
MOST_SUGGESTED = 500
CHOOSE = gettext_lazy("请选择")
NUMBER_OF_ANY_DOCUMENT = ("身份证号", "证件号码")  # the heading's word, and the one where the document is chosen
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


class HeldWord(forms.widgets.ChoiceWidget):
    """Mixed into a list of words: one that is offered no more stands in it all the same where a record holds it."""

    cell: CodeCell

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        offered, words = {word for word, _label in self.choices}, set(self.cell.labels.values())
        held = [word for word in value if word and word not in offered and word in words]
        kept = self.choices
        self.choices = [*kept, *((word, _("%(word)s（已停用）") % {"word": word}) for word in held)]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = kept


class WordSelect(HeldWord, InitialsSelect):
    """One word of a code list."""

    def __init__(self, cell: CodeCell) -> None:
        super().__init__(choices=[("", CHOOSE), *((word, word) for word in cell.words)])
        self.cell = cell


class WordBoxes(HeldWord, forms.CheckboxSelectMultiple):
    """Several words of a code list."""

    def __init__(self, cell: CodeListCell) -> None:
        super().__init__(choices=[(word, word) for word in cell.words])
        self.cell = cell


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


class KindSelect(forms.Select):
    """Which document it is. Each says what its numbers look like, for js/identity.js."""

    def __init__(self) -> None:
        super().__init__(
            choices=[("", IDENTITY_CARD), *((kind.word, kind.word) for kind in KINDS)],
            attrs={"class": "form-select", "aria-label": _("证件种类"), "data-passed": "", "data-identity-kind": ""},
        )

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["data-shape"] = shape_of(option["value"])
        return option


class IdentityInput(forms.TextInput):
    """The number of a document, and before it what document it is: the identity card, unless another is chosen.

    What is sent is one text, the kind's word and the number, as a cell of a file holds it; a number that has the word
    of a kind in front, pasted or sent by a script, needs no choice. What such a number looks like is said as of the
    document that is chosen: in front of the box, or in it where it has a placeholder.
    """

    sent = ""  # the kind that came with the form

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        number, kind = super().value_from_datadict(data, files, name), data.get(f"{name}{KIND}", "")
        self.sent = kind
        return f"{kind} {number}" if number and number.strip() and kind and not kind_of(number) else number

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = kind_of(str(value or ""))
        bare = bare_number(str(value)) if chosen and not chosen.is_bare(str(value)) else value
        # Chosen before the number was typed, it is chosen still when the form comes back.
        word = chosen.word if chosen else "" if value else self.sent
        told = {"placeholder": shape_of(word)} if "placeholder" in self.attrs else {}
        number = super().render(name, bare, (attrs or {}) | told, renderer)
        # What is wrong stands behind the box of both, which has to say so for it to be seen.
        wrong = " is-invalid" if "is-invalid" in str((attrs or {}).get("class", "")) else ""
        drawn = KindSelect().render(f"{name}{KIND}", word), number
        shape = "" if told else format_html('<div class="form-text" data-identity-shape>{}</div>', shape_of(word))
        return format_html('{}<div class="records-identity{}">{}{}</div>', shape, wrong, *drawn)


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


class UnionCellField(ChoosesUnion, CellField):
    """A union, as it would be chosen anywhere. What is taken from a list the importer judges."""

    listed = InitialsSelect

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        return super().clean(self.find(typed).code if typed and self.box else value)


def _union_field(column: UnionColumn, user: User, *, required: bool) -> UnionCellField:
    field = UnionCellField(column, required=required, label=_("所属工会"))
    field.offer(Union.objects.in_union(user.union))
    return field


def as_typed(column: Column, value: Any) -> str:
    """A value as somebody would type it, which is also how two versions of it are compared."""
    shown = column.cell.render(value)
    return "" if shown is None else str(shown)


def field_for(column: Column, user: User, *, required: bool) -> CellField:
    """The field of `column`; whatever can be chosen lies within the scope of `user`."""
    if isinstance(column, UnionColumn):
        return _union_field(column, user, required=required)
    widget = _widget(column, user)
    if isinstance(column.cell, IdNumberCell):
        # Of whatever document: the widget says what its number looks like.
        label = column.heading.replace(*NUMBER_OF_ANY_DOCUMENT)
        return CellField(column, required=required, widget=widget, label=label, help_text=str(column.note))
    help_text = " ".join(text for text in (str(column.cell.hint), str(column.note)) if text)
    return CellField(column, required=required, widget=widget, help_text=help_text)


def _widget(column: Column, user: User) -> forms.Widget:
    if isinstance(column, CampaignColumn):
        return forms.Select(choices=[(str(each.year), str(each)) for each in Campaign.objects.all()])
    if isinstance(column, ColleagueColumn):
        return colleague_widget(user, CHOOSE)
    widget: forms.Widget = forms.TextInput(attrs=_hints(column.cell))
    match column.cell:
        case IdNumberCell():
            widget = IdentityInput(attrs=_hints(column.cell))
        case CodeListCell() as cell:
            widget = WordBoxes(cell)
        case CodeCell() as cell:
            widget = WordSelect(cell)
        case YesNoCell(words=words):
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
