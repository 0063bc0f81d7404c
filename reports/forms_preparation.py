"""What a unit fills in while it prepares its report. What may be in it is judged by the services."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms.layout import form_helper
from reports.figures.registry import Figure
from reports.figures.units import WAN_EXPONENT, Unit
from reports.models import Adjustment, Explanation, Report

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


class AdjustmentForm(PreparationForm):
    """The difference is typed in the unit the form prints; `cleaned_data` has it in yuan where it is money."""

    difference = forms.DecimalField(max_digits=20)
    reason = forms.CharField(
        label=gettext_lazy("调整原因"),
        max_length=Adjustment._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("市总审核时会看到，最多 500 字。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, figure: Figure, **kwargs):
        super().__init__(*args, **kwargs)
        self.figure = figure
        field = self.fields["difference"]
        field.label = _("调整数（%(unit)s）") % {"unit": figure.unit.label}
        field.help_text = _("报送数 = 按记录统计的数 + 调整数；减少时填负数。")
        field.decimal_places = PLACES.get(figure.unit, 0)
        field.validators = forms.DecimalField(max_digits=20, decimal_places=field.decimal_places).validators
        field.widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def clean_difference(self) -> Decimal:
        difference = self.cleaned_data["difference"]
        return difference.scaleb(WAN_EXPONENT) if self.figure.unit is Unit.WAN_YUAN else difference

    def clean_seen(self) -> Decimal | None:
        """What the adjustment was when the form was opened; '' for none."""
        try:
            return Decimal(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None
        except InvalidOperation:
            raise forms.ValidationError(_("页面已过期，请重新打开。")) from None


class ExplanationForm(PreparationForm):
    text = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=Explanation._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("随报表一并报送，最多 1000 字。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class SummaryForm(PreparationForm):
    file = forms.FileField(
        label=gettext_lazy("总结报告"),
        help_text=gettext_lazy("Word（.docx）或 PDF，不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf"}),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


class NilForm(PreparationForm):
    """Nothing to fill in: the button is the declaration, or takes it back, whatever was done meanwhile."""

    nil = forms.ChoiceField(choices=[("1", ""), ("0", "")], widget=forms.HiddenInput)


class AnnexUploadForm(PreparationForm):
    file = forms.FileField(
        label=gettext_lazy("填好的统计表"),
        help_text=gettext_lazy("从本平台下载的附件（.xlsx），在下划线处填数，不超过 10 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )
    reason = forms.CharField(
        label=gettext_lazy("调整原因"),
        max_length=Adjustment._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=gettext_lazy("本单位不在平台建档，按填报的统计表报送。"),
        help_text=gettext_lazy("与按记录统计的数不同的，都按此原因记为调整。"),
    )
