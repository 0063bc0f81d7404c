"""Composing a figure from the fields of a fact: how it is measured, and which records it chooses."""

from dataclasses import dataclass, replace
from unicodedata import normalize

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms.bounded import DayField
from portal.records.attribute import last_field
from reports.figures.choosing import AskedField, Choice, Choosable, choosables
from reports.figures.own import OwnFigure, OwnKind, OwnMeasure
from reports.figures.registry import Fact
from reports.forms.campaign import DAY, PartsForm

ENDS = {"least": gettext_lazy("从"), "most": gettext_lazy("到")}


@dataclass(frozen=True)
class Filter:
    """One field to choose by, with the fields of the form that ask it. `is_used` says whether something is chosen."""

    label: str
    fields: tuple[BoundField, ...]
    errors: tuple[str, ...]
    is_used: bool


class ComposedForm(PartsForm):
    """A figure composed from the records of one fact; what it chooses by follows from the fact."""

    kind = OwnKind.COMPOSED
    measure = forms.ChoiceField(label=gettext_lazy("怎样计算"), widget=forms.RadioSelect)
    field_order = ("measure", "label", "slug", "unit", "parts", "at_most", "is_hard", "stands_for", "version")

    def __init__(self, *args, fact: Fact, **kwargs):
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.asked = choosables(fact)
        self.fields["measure"].choices = measures(fact)
        self.fields["measure"].initial = OwnMeasure.NUMBER.value
        self.fields["parts"].label = _("应等于下列数字之和")
        self.fields["parts"].help_text = _("可不选。选了以后，每张报表都核对这个数字等于所选数字之和，不等时必须更正。")
        for by in self.asked:
            for name, field in fields_for(by).items():
                field.required = False
                self.fields[f"{by.lookup}-{name}"] = field

    @staticmethod
    def initial_of(own: OwnFigure) -> dict:
        given = PartsForm.initial_of(own) | {"measure": _measure_value(own.measure, own.field)}
        for choice in own.choices:
            lookup = choice.path.replace(".", "__")
            values = {
                "codes": choice.codes,
                "code": choice.codes[0] if choice.codes else "",
                "least": choice.least,
                "most": choice.most,
                "word": choice.word,
                "excluded": choice.excluded,
            }
            given |= {f"{lookup}-{name}": value for name, value in values.items()}
        return given

    @property
    def plain_fields(self) -> list[BoundField]:
        """Name, slug, unit and checks."""
        return [self[name] for name in self.field_order if name not in ("measure", "version")]

    @property
    def filters(self) -> list[Filter]:
        """What records can be chosen by, in the order of the fact."""
        return [self._filter(by) for by in self.asked]

    def declared(self) -> OwnFigure:
        measure, _colon, field = self.cleaned_data["measure"].partition(":")
        choices = tuple(choice for by in self.asked if (choice := self._choice(by)))
        return replace(super().declared(), fact=self.fact.name, measure=measure, field=field, choices=choices)

    def show(self, faults: dict[str, list[str]]) -> None:
        """Put the sentences of the services beside the fields; those about a choice beside its first field."""
        by_path = {by.path: f"{by.lookup}-{next(iter(fields_for(by)))}" for by in self.asked}
        for field, words in faults.items():
            name = by_path.get(field, field)
            self.add_error(name if name in self.fields else None, words)

    def _filter(self, by: Choosable) -> Filter:
        fields = tuple(self[f"{by.lookup}-{name}"] for name in fields_for(by))
        errors = tuple(error for field in fields for error in field.errors)
        used = any(field.value() for field in fields if not field.name.endswith("-excluded"))
        return Filter(by.label, fields, errors, used)

    def _choice(self, by: Choosable) -> Choice | None:
        """None where nothing is asked."""
        given = {name: self.cleaned_data.get(f"{by.lookup}-{name}") for name in fields_for(by)}
        codes = tuple(given.get("codes") or ([given["code"]] if given.get("code") else ()))
        ends = {name: str(given[name]) for name in ENDS if given.get(name) not in (None, "")}
        word = normalize("NFKC", given.get("word") or "").strip()  # as names of schools and donors are kept
        if not (codes or ends or word):
            return None
        return Choice(by.path, codes, word=word, excluded=bool(given.get("excluded")), **ends)


def measures(fact: Fact) -> list[tuple[str, str]]:
    """How records of `fact` can be measured: their number, their persons, the sum of a field."""
    found = [(OwnMeasure.NUMBER.value, _("有多少条记录"))]
    if fact.person:
        found.append((OwnMeasure.PERSONS.value, _("涉及多少人（同一人只计一次）")))
    for field in fact.sums:
        named = {"field": last_field(fact.model, field).verbose_name}
        found.append((_measure_value(OwnMeasure.SUM, field), _("“%(field)s”的合计") % named))
    return found


def _measure_value(measure: str, field: str) -> str:
    measure = OwnMeasure(measure).value
    return f"{measure}:{field}" if field else measure


def fields_for(by: Choosable) -> dict[str, forms.Field]:
    """The fields that ask for one choosable, by name."""
    excluded = forms.BooleanField(label=_("反过来：不要这些记录"))
    match by.asked:
        case AskedField.CODES:
            codes = forms.MultipleChoiceField(label=by.label, choices=by.codes, widget=forms.CheckboxSelectMultiple)
            return {"codes": codes, "excluded": excluded}
        case AskedField.YES_NO:
            choices = [("", _("不限")), *by.codes]
            return {"code": forms.ChoiceField(label=by.label, choices=choices, widget=forms.RadioSelect)}
        case AskedField.DAYS:
            days = {name: DayField(label=label, **DAY) for name, label in ENDS.items()}
            return {**days, "excluded": excluded}
        case AskedField.NUMBERS:
            numbers = {name: forms.DecimalField(label=label, max_digits=12) for name, label in ENDS.items()}
            return {**numbers, "excluded": excluded}
    return {"word": forms.CharField(label=_("含有"), max_length=50), "excluded": excluded}
