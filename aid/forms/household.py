"""Closing a file, adding a paper to it, offering and taking a household, and the standard it is held against."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import ClosingReason, DocumentKind
from aid.models import Household, MinimumIncome, Transfer
from portal.documents.file_kinds import LARGEST_SCAN, MEGABYTE, SCANS, named_kinds
from portal.forms.bounded import DayField
from portal.forms.union import UnionNamedField
from portal.gate.field import UploadField
from portal.models import User
from portal.records.editing.fields import CHOOSE, DateInput, field_for
from portal.records.editing.form import RecordForm
from portal.unions.home_city import home_city
from portal.web.layout import form_helper


class HouseholdActForm(forms.Form):
    """A small form drawn by crispy."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class CloseForm(HouseholdActForm):
    closed_on = DayField(label=gettext_lazy("注销日期"), initial=localdate, widget=DateInput(format="%Y-%m-%d"))
    reason = forms.ChoiceField(label=gettext_lazy("注销原因"), choices=[("", CHOOSE), *ClosingReason.choices])

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        if day > localdate():
            raise forms.ValidationError(_("日期晚于今天，请核对"))
        return day

    refuse = RecordForm.refuse


class MoveChildForm(HouseholdActForm):
    """The family where the child belongs, by the number of its file."""

    number = forms.CharField(
        label=gettext_lazy("改到的档案编号"), max_length=40, help_text=gettext_lazy("本单位另一户的档案编号。")
    )
    refuse = RecordForm.refuse

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_number(self) -> Household:
        """The family, where exactly one within scope has the number."""
        found = Household.objects.visible_to(self.user).filter(number=self.cleaned_data["number"].strip())
        if len(homes := list(found.select_related("union")[:2])) != 1:
            raise forms.ValidationError(_("没有这个编号的档案，请核对。"))
        return homes[0]


class DocumentForm(HouseholdActForm):
    kind = forms.ChoiceField(label=gettext_lazy("材料种类"), choices=DocumentKind)
    seen = forms.BooleanField(
        label=gettext_lazy("只登记今天见过原件，不上传文件"),
        required=False,
    )
    file = UploadField(label=gettext_lazy("文件"), required=False, kinds=SCANS, largest=LARGEST_SCAN)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {"kinds": named_kinds(SCANS), "limit": LARGEST_SCAN // MEGABYTE}
        self.fields["file"].help_text = _("扫描件或照片，%(kinds)s，不超过 %(limit)d MB。") % words

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file and self.cleaned_data["seen"]:
            raise forms.ValidationError(_("已选文件就会上传；只登记见过原件的，请不要选文件。"))
        if not file and not self.cleaned_data["seen"]:
            raise forms.ValidationError(self.fields["file"].error_messages["required"])
        return file


class TransferForm(HouseholdActForm):
    """Where a household is to go."""

    to = UnionNamedField(label=gettext_lazy("转入工会"))
    reason = forms.CharField(
        label=gettext_lazy("转移原因"),
        max_length=Transfer._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].suggest()


class TakeForm(HouseholdActForm):
    """Which union of one's own takes the household, and under which number."""

    number = forms.CharField(
        label=gettext_lazy("档案编号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("留空则沿用原编号；原编号在本单位已被使用时自动编号。"),
    )
    refuse = RecordForm.refuse

    def __init__(self, *args, editing, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.unions = {union.code: union for union in _unions_of(user)}
        self.fields["union"] = field_for(editing.sheet.column("union"), user, required=True)
        self.fields["union"].label = _("由哪个工会接收")
        self.order_fields(["union", "number"])

    def clean_union(self):
        union = self.unions.get(self.cleaned_data["union"])
        if union is None:
            raise forms.ValidationError(_("工会编码不存在，或不属于本单位及其下级工会"))
        return union


def _unions_of(user: User):
    return type(user.union).objects.in_union(user.union)


class MinimumIncomeForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MinimumIncome
        fields = ["year", "city", "monthly", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["city"].initial = home_city()
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
