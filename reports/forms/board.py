"""Forms of the board: what it shows, and a reminder."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Campaign
from portal.models.union import REPORTING_KINDS
from portal.web.layout import form_helper
from reports.review.board import STATES, BoardRow
from reports.review.reminding import LONGEST

KINDS = [(kind.value, kind.label) for kind in REPORTING_KINDS]
MARKS = {
    "changed": gettext_lazy("报送后记录有变动"),
    "findings": gettext_lazy("有需说明的核对项"),
    "adjustments": gettext_lazy("有调整"),
    "days_late": gettext_lazy("逾期报送"),
}
ALL = ("", gettext_lazy("全部"))


class BoardFilter(forms.Form):
    """What the board shows; chosen by GET, so that the address can be kept. An unknown choice asks for nothing."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), to_field_name="year", empty_label=None, label=gettext_lazy("活动年度")
    )
    state = forms.ChoiceField(choices=[ALL, *STATES.items()], required=False, label=gettext_lazy("状态"))
    kind = forms.ChoiceField(choices=[ALL, *KINDS], required=False, label=gettext_lazy("类别"))
    mark = forms.ChoiceField(choices=[ALL, *MARKS.items()], required=False, label=gettext_lazy("需留意"))
    late = forms.BooleanField(required=False, label=gettext_lazy("只看逾期未报"))
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def shows(self, row: BoardRow) -> bool:
        """Whether `row` is among what is asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        return (
            asked.get("state", "") in {"", row.state_in_hand}
            and asked.get("kind", "") in {"", row.unit.kind}
            and (not asked.get("mark") or bool(getattr(row, asked["mark"])))
            and (row.is_late or not asked.get("late"))
        )

    def words(self) -> dict[str, str]:
        """The conditions in force, for the audit log."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {
            str(self.fields[name].label): str(dict(getattr(self.fields[name], "choices", ())).get(asked[name], _("是")))
            for name in ("state", "kind", "mark", "late")
            if asked.get(name)
        }


class ReminderForm(forms.Form):
    """The words of a reminder."""

    text = forms.CharField(
        label=gettext_lazy("催报内容"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请填写催报内容。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()
        self.fields["text"].help_text = gettext_lazy(
            "会作为通知显示给该单位，并发到其经办人、审核人的邮箱；各单位自己的报送期限和办理链接会自动附在后面。请不要写个人信息。"
        )
