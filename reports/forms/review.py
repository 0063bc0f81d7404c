"""Forms of the reviewer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms.bounded import DayField
from portal.models import Campaign
from portal.web.layout import form_helper
from reports.enums import ReturnedPart, ReturnReason, reasons_for
from reports.figures.registry import Registry
from reports.handed_in.submission import Returned
from reports.models import CityContact, Comment, Report, ReturnedFigure
from reports.review.reviewing import extension_fault

REMARK_LENGTH = Comment._meta.get_field("text").max_length
SUPPLEMENT_LENGTH = Report._meta.get_field("supplement_reason").max_length
TEXT_LENGTH = ReturnedFigure._meta.get_field("text").max_length
REASON_LENGTH = Report._meta.get_field("extension_reason").max_length


class SeenForm(forms.Form):
    """A decision on the submission that was before the reviewer."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(SeenForm):
    """Why the report is returned: a comment, and for each figure concerned a coded reason and a text."""

    comment = forms.CharField(
        label=gettext_lazy("退回意见"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        max_length=2000,
        error_messages={"required": gettext_lazy("退回必须写明意见。")},
    )

    def __init__(self, *args, figures: Registry, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = {figure.slug: str(figure.label) for figure in figures} | dict(ReturnedPart.choices)
        for slug, label in self.subjects.items():
            words = {"figure": label}
            self.fields[f"reason_{slug}"] = forms.ChoiceField(
                choices=[("", "—"), *((reason.value, reason.label) for reason in reasons_for(slug))],
                required=False,
                label=_("%(figure)s的退回原因") % words,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            self.fields[f"text_{slug}"] = forms.CharField(
                required=False,
                max_length=TEXT_LENGTH,
                label=_("%(figure)s的退回说明") % words,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
            )

    def clean(self):
        cleaned = super().clean()
        for slug in self.subjects:
            if cleaned.get(f"text_{slug}") and not cleaned.get(f"reason_{slug}"):
                self.add_error(f"reason_{slug}", _("写了说明，请选择原因。"))
        return cleaned

    @property
    def returned(self) -> list[Returned]:
        """The figures returned, in the order of the forms, then the parts."""
        cleaned = self.cleaned_data
        return [
            Returned(slug, ReturnReason(cleaned[f"reason_{slug}"]), cleaned[f"text_{slug}"])
            for slug in self.subjects
            if cleaned[f"reason_{slug}"]
        ]

    def fields_of(self, slug: str) -> tuple:
        """The two bound fields of one figure or part."""
        return self[f"reason_{slug}"], self[f"text_{slug}"]


class ExtensionForm(forms.Form):
    """A later due date for one unit."""

    extended_to = DayField(
        label=gettext_lazy("延期至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=gettext_lazy("延期原因"), max_length=REASON_LENGTH)

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.helper = form_helper()
        self.fields["extended_to"].help_text = _("晚于本年度的报送期限 %(due)s。") % {"due": campaign.due_on}

    def clean_extended_to(self):
        day = self.cleaned_data["extended_to"]
        if fault := extension_fault(self.campaign, day):
            raise ValidationError(fault)
        return day


class CommentForm(forms.Form):
    """Words about a figure of a report, or about the whole of it."""

    text = forms.CharField(
        label=gettext_lazy("批注"),
        max_length=REMARK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请填写内容。")},
        help_text=gettext_lazy(
            "填报单位和市总保障部都能看到，写下后不能修改；请勿填写身份证号、银行卡号、电话、住址。"
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class NoteForm(CommentForm):
    """Words of the department's own."""

    slug = forms.ChoiceField(label=gettext_lazy("关于"), required=False)
    field_order = ["slug", "text"]

    def __init__(self, *args, figures: Registry, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].choices = [("", _("整张报表")), *((figure.slug, str(figure)) for figure in figures)]
        self.fields["text"].label = _("内部备注")
        self.fields["text"].help_text = _("只有市总保障部和监督审计能看到，写下后不能修改。")


class SupplementForm(forms.Form):
    """Why a supplementary report is opened."""

    reason = forms.CharField(
        label=gettext_lazy("补报原因"),
        max_length=SUPPLEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请填写补报原因。")},
        help_text=gettext_lazy("填报单位会看到，最多 500 字。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class CityContactForm(forms.Form):
    """Who stands on the city's own forms. What may be in it is judged by the service."""

    name = forms.CharField(
        label=gettext_lazy("填报人"), max_length=CityContact._meta.get_field("name").max_length, required=False
    )
    telephone = forms.CharField(
        label=gettext_lazy("联系电话"),
        max_length=CityContact._meta.get_field("telephone").max_length,
        required=False,
        help_text=gettext_lazy("手机号，或可带区号和分机的固定电话。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
