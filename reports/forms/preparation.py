"""What a unit fills in while it prepares its report. What may be in it is judged by the services."""

import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.gate.field import UploadField
from portal.identity import DASHES
from portal.web.layout import form_helper
from reports.checks.registry import Finding
from reports.enums import SummaryPart
from reports.figures.registry import Figure
from reports.figures.units import WAN_EXPONENT, Unit
from reports.models import Adjustment, Explanation, Report
from reports.preparing.narrating import LONGEST
from reports.preparing.summary_file import EVIDENCE_KINDS, SUMMARY_KINDS

PLACES = {Unit.WAN_YUAN: 6, Unit.YUAN: 2}  # to the fen


class PreparationForm(forms.Form):
    """A form drawn by crispy."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def renew(self, **fresh) -> None:
        """Keep what was typed, and take what is there now for seen."""
        self.data = self.data.copy()
        self.data.update(fresh)


class ContactForm(PreparationForm):
    name = forms.CharField(
        label=gettext_lazy("填报人"), max_length=Report._meta.get_field("contact_name").max_length, required=False
    )
    telephone = forms.CharField(
        label=gettext_lazy("联系电话"),
        max_length=Report._meta.get_field("contact_telephone").max_length,
        required=False,
        help_text=gettext_lazy("手机号，或可带区号和分机的固定电话。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberField(forms.DecimalField):
    """A number as people type it, full-width digits and signs too."""

    def __init__(self, **kwargs):
        super().__init__(max_digits=20, **kwargs)

    def to_python(self, value):
        """NFKC first, as everywhere; the minus of a Chinese keyboard is none to NFKC."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).translate(DASHES)
        return super().to_python(value)


class FigureForm(PreparationForm):
    """One number, the field `number`, typed in the unit the form prints; `cleaned_data` has it in yuan if money.

    `seen` is what was there when the form was opened, '' for nothing.
    """

    number = ""
    label = ""
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, figure: Figure, **kwargs):
        super().__init__(*args, **kwargs)
        self.figure = figure
        field = self.fields[self.number]
        field.label = self.label % {"unit": figure.unit.label}
        field.decimal_places = PLACES.get(figure.unit, 0)
        field.validators = forms.DecimalField(max_digits=20, decimal_places=field.decimal_places).validators
        if not figure.unit.is_money:
            field.error_messages["max_decimal_places"] = _("请填整数。")
        field.widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def clean(self):
        cleaned = super().clean()
        if self.number in cleaned and self.figure.unit is Unit.WAN_YUAN:
            cleaned[self.number] = cleaned[self.number].scaleb(WAN_EXPONENT)
        return cleaned

    def clean_seen(self) -> Decimal | None:
        try:
            return Decimal(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None
        except InvalidOperation:
            raise forms.ValidationError(_("页面已过期，请重新打开。")) from None


class TypedFigureForm(FigureForm):
    """A figure that no record gives."""

    number, label = "value", gettext_lazy("填报数（%(unit)s）")
    value = NumberField(help_text=gettext_lazy("没有的请填 0。"))


class AdjustmentForm(FigureForm):
    """A signed difference with its reason."""

    number, label = "difference", gettext_lazy("调整数（%(unit)s）")
    difference = NumberField(help_text=gettext_lazy("报送数 = 按记录统计的数 + 调整数；减少时填负数。"))
    reason = forms.CharField(
        label=gettext_lazy("调整原因"),
        max_length=Adjustment._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("市总审核时会看到，最多 500 字。"),
    )
    file = UploadField(
        label=gettext_lazy("依据文件（可以不传）"),
        required=False,
        kinds=EVIDENCE_KINDS,
        help_text=gettext_lazy("Word、PDF、Excel 或图片，不超过 20 MB；再次上传时替换原来的文件。"),
    )
    with_totals = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, totals: Iterable[Figure] = (), **kwargs):
        super().__init__(*args, **kwargs)
        if named := "、".join(f"“{total}”" for total in totals):
            self.fields["with_totals"].label = _("同时对%(totals)s作同样的调整") % {"totals": named}
            self.fields["with_totals"].help_text = _("分项调整了，合计不会自动跟着变。")
        else:
            del self.fields["with_totals"]


class ExplanationForm(PreparationForm):
    text = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=Explanation._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("随报表一并报送，最多 1000 字。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class ExplanationsForm(PreparationForm):
    """A text for each finding, named by the code of its check.

    `found` are the findings with what is said of them, and whether that was about other numbers.
    """

    def __init__(self, *args, found: list[tuple[Finding, str, bool]], **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {one.check.code: text for one, text, _outdated in found}
        self.outdated = {one.check.code for one, _text, outdated in found if outdated}
        for one, text, _outdated in found:
            code = one.check.code
            self.fields[code] = forms.CharField(
                label=one.message,
                max_length=Explanation._meta.get_field("text").max_length,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                initial=text,
            )
            seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, initial=text)
            self.fields[self.seen_name(code)] = seen

    @staticmethod
    def seen_name(code: str) -> str:
        return f"seen_{code}"

    def renew(self, **fresh) -> None:
        """Only where somebody was quicker: what was not touched here must not go over the words of another."""
        super().renew(
            **{self.seen_name(code): fresh[self.seen_name(code)] for code in self.before if code in self.errors}
        )

    def of(self, code: str) -> tuple:
        """The field for the text, and the hidden one for what was seen."""
        return self[code], self[self.seen_name(code)]

    def clean(self):
        """`said`: what was typed over what was seen, by code. One blank is left for later, one emptied is refused.

        The same words about other numbers are said anew.
        """
        cleaned, said = super().clean(), {}
        for code in self.before:
            text, seen = cleaned.get(code, ""), cleaned.get(self.seen_name(code), "").replace("\r\n", "\n")
            is_same = text.replace("\r\n", "\n") == seen and code not in self.outdated
            if is_same or code in self.errors:
                continue
            if not text:
                self.add_error(code, _("说明写过之后可以修改，不能删空。"))
            said[code] = (text, seen)
        if not said and not self.errors:
            raise forms.ValidationError(_("请至少写一项说明。"))
        return cleaned | {"said": said}


class SummaryTextForm(PreparationForm):
    """A text for each part of a summary report; `parts` are their texts in `cleaned_data`."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in SummaryPart:
            self.fields[part.value] = forms.CharField(
                label=_("“%(part)s”正文") % {"part": part.label},
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 12}),
                required=False,
                strip=False,
            )

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"parts": {part: cleaned.get(part, "") for part in SummaryPart.values}}

    def of(self, part: str):
        return self[part]


class RedraftForm(SummaryTextForm):
    """New drafts beside what is there: only the ticked parts take its place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in SummaryPart:
            self.fields[self.tick(part.value)] = forms.BooleanField(
                label=gettext_lazy("用新稿替换这一部分"), required=False
            )

    @staticmethod
    def tick(part: str) -> str:
        return f"replace_{part}"

    def clean(self):
        """`parts`: those ticked. Raises ValidationError where none is."""
        cleaned = super().clean()
        ticked = {part: text for part, text in cleaned["parts"].items() if cleaned.get(self.tick(part))}
        if not ticked and not self.errors:
            raise forms.ValidationError(_("请勾选要用新稿替换的部分。"))
        return cleaned | {"parts": ticked}


class SummaryForm(PreparationForm):
    file = UploadField(
        label=gettext_lazy("总结报告"),
        kinds=SUMMARY_KINDS,
        help_text=gettext_lazy("Word（.docx）或 PDF，不超过 20 MB。"),
    )


class NilForm(PreparationForm):
    """Nothing to fill in: the button is the declaration, or takes it back, whatever was done meanwhile."""

    nil = forms.ChoiceField(choices=[("1", ""), ("0", "")], widget=forms.HiddenInput)
