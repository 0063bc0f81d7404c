"""What the department fills in about a campaign and about figures of its own. The services judge it."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import NoticeColumn
from aid.notice_columns import USUAL, columns_of, kept
from portal.enums import OwnStandards
from portal.forms.bounded import DayField
from portal.models import Campaign
from portal.words.pinyin import initials
from reports.campaign.own_problems import LONGEST_LABEL, SLUG
from reports.campaign.palette import Known
from reports.figures import FIGURES
from reports.figures.own import OwnFigure, OwnKind
from reports.figures.units import Unit
from reports.forms.preparation import PreparationForm

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class CampaignForm(PreparationForm):
    """Dates and rules of one year."""

    starts_on = DayField(label=gettext_lazy("开始日期"), **DAY)
    ends_on = DayField(label=gettext_lazy("结束日期"), **DAY)
    due_on = DayField(
        label=gettext_lazy("报送期限"), help_text=gettext_lazy("各单位应在这一天（含当日）前报送。"), **DAY
    )
    notice_days = forms.IntegerField(
        label=gettext_lazy("公示工作日"), help_text=gettext_lazy("助学申请审批前至少公示的工作日数。")
    )
    notice_columns = forms.MultipleChoiceField(
        label=gettext_lazy("公示栏目"),
        choices=NoticeColumn.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("公示单和公示网页上每件申请列出哪些内容；姓名隐去一个字。"),
        error_messages={"required": gettext_lazy("请至少选择一个公示栏目。")},
    )
    check_first = forms.BooleanField(
        label=gettext_lazy("公示前须初审"),
        required=False,
        help_text=gettext_lazy(
            "提交的申请先由登记人以外的审核人初审通过，再公示。改动从保存时起生效：公示中的照常办理。"
        ),
    )
    renewed_without_notice = forms.BooleanField(
        label=gettext_lazy("续办可不再公示"),
        required=False,
        help_text=gettext_lazy("上一年度受助的子女，初审通过后可以直接审批。"),
    )
    own_standards = forms.ChoiceField(
        label=gettext_lazy("单位自定帮扶标准"),
        choices=OwnStandards,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "自行筹资发放的填报单位能不能另定本单位的标准。改成“不可以”后，各单位的自定标准都不再执行；"
            "从不须核准改成须核准，已在执行的照旧，以后新定的须核准。"
        ),
    )
    reviewers_needed = forms.TypedChoiceField(
        label=gettext_lazy("接收报表需要的审核员人数"),
        coerce=int,
        choices=[(1, gettext_lazy("1 名审核员即可接收")), (2, gettext_lazy("先由 1 名同意，再由另 1 名接收"))],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(campaign: Campaign) -> dict:
        kept_as_is = {name: getattr(campaign, name) for name in CampaignForm.base_fields}
        return kept_as_is | {"notice_columns": columns_of(campaign)}

    def clean_notice_columns(self) -> str:
        """As a campaign keeps them: '' for the usual ones."""
        codes = kept(self.cleaned_data["notice_columns"])
        return "" if codes == kept(USUAL) else codes


class WordingForm(forms.Form):
    """The text of a form as it was typed; drawn by the page itself."""

    wording = forms.CharField(required=False, strip=False)
    version = forms.IntegerField()


class NamesForm(PreparationForm):
    """What the figures of the notice are called in a campaign; the service judges the names."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, known: Iterable[Known], **kwargs):
        super().__init__(*args, **kwargs)
        for figure in known:
            default = FIGURES[figure.slug].label
            self.fields[figure.slug] = forms.CharField(
                label=_("%(name)s（%(unit)s）") % {"name": default, "unit": figure.unit.label},
                required=False,
                max_length=LONGEST_LABEL,
                widget=forms.TextInput(attrs={"placeholder": default}),
            )

    @property
    def names(self) -> dict[str, str]:
        """By slug, as they were typed; the form must be valid."""
        return {slug: self.cleaned_data[slug] for slug in self.fields if slug != "version"}


class OwnFigureForm(PreparationForm):
    """A figure that units type in; what the other kinds ask besides stands in the forms below it."""

    kind = OwnKind.TYPED
    label = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=LONGEST_LABEL,
        help_text=gettext_lazy("各页面上怎样称呼这个数字，例如：企业捐助。"),
    )
    slug = forms.CharField(
        label=gettext_lazy("标识"),
        required=False,
        help_text=gettext_lazy("导出文件中这个数字的字段名。小写字母、数字和下划线；不填时取名称的拼音首字母。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    unit = forms.ChoiceField(label=gettext_lazy("单位"), choices=Unit.choices)
    at_most = forms.ChoiceField(
        label=gettext_lazy("核对：不得超过"),
        required=False,
        help_text=gettext_lazy("可不选。选了以后，每张报表都核对这个数字不超过所选的数字。"),
    )
    is_hard = forms.TypedChoiceField(
        label=gettext_lazy("超过时"),
        coerce=lambda value: value == "1",
        choices=[("1", gettext_lazy("必须更正后才能报送")), ("0", gettext_lazy("写明说明后可以报送"))],
        initial="1",
    )
    stands_for = forms.ChoiceField(
        label=gettext_lazy("代替通知规定的数字"),
        required=False,
        help_text=gettext_lazy(
            "可不选。通知规定的某个数字从表中去掉、改问这个数字时选它：对它的核对、图表和上一年度的数就接到这个数字上。"
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, known: Mapping[str, Known], own: OwnFigure | None = None, **kwargs):
        self.known, self.own = known, own
        super().__init__(*args, **kwargs)
        others = [each for each in known.values() if own is None or each.slug != own.slug]
        self.fields["at_most"].choices = [("", _("不设上限")), *_choices(others)]
        of_notice = (each for each in others if not each.own)
        self.fields["stands_for"].choices = [("", _("不代替")), *_choices(of_notice)]
        if own is not None:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("标识不能修改；需要别的标识时请另加一个数字。")

    @staticmethod
    def initial_of(own: OwnFigure) -> dict:
        return {
            "label": own.label,
            "slug": own.slug,
            "unit": own.unit,
            "at_most": own.at_most,
            "is_hard": "1" if own.is_hard else "0",
            "parts": own.parts,
            "stands_for": own.stands_for,
        }

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("slug") and cleaned.get("label"):
            cleaned["slug"] = slug_for(cleaned["label"], self.known)
        return cleaned

    def declared(self) -> OwnFigure:
        """The figure as it was filled in; the form must be valid."""
        cleaned = self.cleaned_data
        return OwnFigure(
            cleaned["slug"],
            cleaned["label"],
            cleaned["unit"],
            self.kind.value,
            parts=tuple(cleaned.get("parts", ())),
            at_most=cleaned["at_most"],
            is_hard=cleaned["is_hard"],
            stands_for=cleaned["stands_for"],
        )


class PartsForm(OwnFigureForm):
    """A figure with parts."""

    field_order = ("label", "slug", "unit", "parts", "at_most", "is_hard", "stands_for", "version")
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("相加的数字"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("单位必须相同；每个组成部分都要写在表式中。"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = [each for each in self.known.values() if self.own is None or each.slug != self.own.slug]
        self.fields["parts"].choices = _choices(others)


class TotalForm(PartsForm):
    """A figure that is the sum of others."""

    kind = OwnKind.TOTAL


def _choices(known: Iterable[Known]) -> list[tuple[str, str]]:
    return [(each.slug, f"{each.label}（{each.unit.label}）") for each in known]


def slug_for(label: str, taken: Mapping[str, Known]) -> str:
    """A slug that is free: the initials of the label, with a number behind them where somebody has them already."""
    letters = "".join(c for c in initials(label).lower() if c.isascii() and c.isalnum())
    stem = letters if SLUG.fullmatch(letters) and not letters[-1].isdigit() else f"own_{letters}".rstrip("_")
    number, slug = 1, (stem := stem[:36])
    while slug in taken:
        number += 1
        slug = f"{stem}_{number}"
    return slug
