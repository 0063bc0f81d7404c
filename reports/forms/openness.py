"""What of a public page is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import Union
from reports.enums import PublicPart
from reports.forms.preparation import PreparationForm
from reports.models import PublicPage


class PublicPageForm(PreparationForm):
    """The parts that are shown; a unit adds its own words, the city decides for all."""

    shown = forms.MultipleChoiceField(
        label=_("公开的部分"), choices=PublicPart, widget=forms.CheckboxSelectMultiple, required=False
    )
    complaint = forms.CharField(
        label=_("监督和投诉的办法"),
        max_length=PublicPage._meta.get_field("complaint").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("受理的部门、地点、时间和电话。12351 热线已印在页面上。人人都能看到，请勿写个人的手机号。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, union: Union, **kwargs):
        super().__init__(*args, **kwargs)
        if union.is_city:
            self.fields["shown"].help_text = _("这里不公开的部分，全市各单位的页面都不显示。")
            self.fields["complaint"].widget = forms.HiddenInput()
        else:
            self.fields["shown"].help_text = _("全部不选，本单位就没有公开页面。")
