"""What is asked of who takes audit packs away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aid.oversight.sampling import MOST, SEED_DIGITS
from portal.models import Campaign
from portal.records.views.reveal import RevealForm
from portal.web.layout import form_helper


class PackForm(RevealForm):
    """What the pack is taken away for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["reason"].label = _("用途")


class SampleForm(PackForm):
    """Of which campaign how many cases are drawn; a seed only where a sample is drawn again."""

    campaign = forms.ModelChoiceField(
        queryset=Campaign.objects.none(), to_field_name="year", label=_("活动年度"), empty_label=None
    )
    count = forms.IntegerField(
        label=_("抽取份数"),
        min_value=1,
        max_value=MOST,
        initial=10,
        help_text=_("最多 %d 份；该年度不足时全部列入。") % MOST,
    )
    seed = forms.RegexField(
        rf"^\d{{{SEED_DIGITS}}}$",
        label=_("种子"),
        required=False,
        help_text=_("留空随机抽取。填上次的种子（%d 位数字，记在审计日志里），抽到的是同一批。") % SEED_DIGITS,
        error_messages={"invalid": _("种子是 %d 位数字。") % SEED_DIGITS},
    )
    field_order = ("campaign", "count", "seed", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.all()
        self.fields["campaign"].initial = Campaign.objects.current()
